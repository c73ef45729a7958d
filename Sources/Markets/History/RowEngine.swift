import Lanes
import MarketData

/// Steps from recorded rows.
///
/// The log returns of a row are those that were recorded; the events' volatility multiplier scales their deviations
/// from the rows' means and the distances of high and low beyond open and close. Nothing is known between open and close:
/// orders arrive at the open, and offsets act on open and close. The half-spread has no noise, and the volume is that of
/// the row, or without one the asset's mean, both times the events' multipliers.
final class RowEngine: BarEngine {
  private let record: RecordedHistory
  private let state: any RowState
  private let terms: [BarTerms]
  private let means: [(gap: Double, move: Double)]
  private var rows: ContiguousArray<Int32>

  init(_ site: EngineSite, _ model: any RowModel, _ record: RecordedHistory) {
    let groups = site.groups
    self.record = record
    state = model.makeState(
      RowSite(time: record.time, groups: groups, clock: site.market.clock, streams: site.streams))
    terms = site.assets.enumerated().map { BarTerms($1, site.market, offset: $0 * groups) }
    let count = Double(record.count)
    means = record.columns.map { ($0.gap.reduce(0, +) / count, $0.intraday.reduce(0, +) / count) }
    rows = ContiguousArray(repeating: 0, count: groups * Lanes.count)
  }

  var parameters: [PathParameter] { [] }

  func reset(_ paths: TilePaths) { state.reset(paths) }

  func restart() { state.restart() }

  func draw(_ time: VarianceTime, _ effects: MarketEffects, _ moves: inout [ContiguousArray<LogMove>]) {
    state.advance(time.substep, &rows)
    for asset in moves.indices {
      Self.draw(record.columns[asset], means[asset], rows, effects.assets[asset].values, &moves[asset])
    }
  }

  @inline(never)
  private static func draw(
    _ columns: RecordedHistory.Columns, _ means: (gap: Double, move: Double), _ rows: ContiguousArray<Int32>,
    _ effects: ContiguousArray<EventEffect>, _ moves: inout ContiguousArray<LogMove>
  ) {
    for group in moves.indices {
      let row = { (lane: Int) in Int(rows[group * Lanes.count + lane]) }
      let gap = Lanes { columns.gap[row($0)] }
      let move = Lanes { columns.intraday[row($0)] }
      let beyond = Lanes { columns.highBeyond[row($0)] + columns.lowBeyond[row($0)] }
      moves[group] = .recorded(gap: gap, move: move, beyond: beyond, means: means, effects[group])
    }
  }

  func makeBars(
    _ time: VarianceTime, arrival: Double, drawsOpen: Bool, _ moves: [ContiguousArray<LogMove>],
    _ effects: MarketEffects, _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    for asset in moves.indices {
      Self.makeBars(
        record.columns[asset], rows, terms[asset], moves[asset], effects.assets[asset].values, &logPrices, &bars,
        &interiors)
    }
  }

  @inline(never)
  private static func makeBars(
    _ columns: RecordedHistory.Columns, _ rows: ContiguousArray<Int32>, _ terms: BarTerms,
    _ moves: ContiguousArray<LogMove>, _ effects: ContiguousArray<EventEffect>,
    _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    for group in moves.indices {
      let place = terms.offset + group
      let row = { (lane: Int) in Int(rows[group * Lanes.count + lane]) }
      let effect = effects[group]
      let baseOpen = logPrices[place] + moves[group].gap
      let baseClose = baseOpen + moves[group].move
      logPrices[place] = baseClose
      var bar = AssetStep(unmoved: terms.price * exp(baseOpen + effect.openOffset))
      bar.close = terms.price * exp(baseClose + effect.closeOffset)
      bar.high = max(bar.open, bar.close) * exp(Lanes { columns.highBeyond[row($0)] } * effect.volatility)
      bar.low = min(bar.open, bar.close) * exp(Lanes { -columns.lowBeyond[row($0)] } * effect.volatility)
      bars[place] = bar
      var interior = BarInterior(unmoved: bar.open)
      interior.highAfter = bar.high
      interior.lowAfter = bar.low
      interior.deviation = moves[group].deviation
      interiors[place] = interior
    }
  }

  func makeLiquidity(_ step: Int, _ effects: [AssetEffects], _ bars: inout ContiguousArray<AssetStep>) {
    for asset in effects.indices {
      let volume = record.columns[asset].volume
      for (group, effect) in effects[asset].values.enumerated() {
        let place = terms[asset].offset + group
        let traded =
          record.hasVolume
          ? Lanes { volume[Int(rows[group * Lanes.count + $0])] } : Lanes(terms[asset].volumePerStep)
        bars[place].volume = traded * effect.volume
        bars[place].halfSpread = terms[asset].halfSpread * effect.halfSpread
        bars[place].depth = terms[asset].depth * effect.depth
      }
    }
  }
}
