import Lanes
import Markets
import Trading

/// Lives through some neighbouring paths again, to look at them: a path is the same bits in whatever tile it is made, and
/// eight of them cost what one does.
struct Replay: Sendable {
  let planned: PlannedMarket
  /// The first of them, a multiple of eight.
  let firstPath: Int64
  /// Lane groups, each of eight paths.
  var groups = 1

  /// Values of paths at the times of the clock's fans, for the quantities that keep them: by series number, then path.
  func samples(of paths: Range<Int64>) -> [Int: [[Double]]] {
    let panel = makePanel(planned.desks)
    let times = planned.fans.times
    let readings = planned.fans.series.map { FanReading($0, firstDesk: planned.deskNumbers.lowerBound) }
      .filter { $0.quantity.hasSamples && !$0.series.isInEventTime }
    let lanes = paths.map { Int($0 & 7) }
    var values: ContiguousArray<Lanes> = [.zero]
    var kept = readings.map { reading in
      lanes.map { _ in reading.quantity.start(planned).map { [$0 * reading.series.scale] } ?? [] }
    }
    live(panel) { tile in
      guard tile.step >= 0, times.clockPoint(afterStep: tile.step) != nil else { return }
      for (index, reading) in readings.enumerated() {
        reading.read(tile, panel.desks, into: &values)
        for (place, lane) in lanes.enumerated() { kept[index][place].append(values[0][lane] * reading.quantity.factor) }
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(readings.map(\.series.number), kept))
  }

  /// One path of each of some desks of the market, step by step.
  func traces(of paths: [(desk: Desk, path: Int64)]) -> [Trace] {
    let panel = makePanel(paths.map(\.desk))
    for desk in panel.desks { desk.recordFills() }
    var recorders = zip(panel.desks, paths).map { TraceRecorder(planned, $0, path: $1.path) }
    let tile = live(panel) { tile in
      for index in recorders.indices { recorders[index].record(tile) }
    }
    return recorders.map { $0.trace(tile) }
  }

  /// Some desks of the market, for the paths.
  func makePanel(_ desks: [Desk]) -> PanelTile {
    PanelTile(desks, market: planned.market.description, terms: planned.terms, groups: groups)
  }

  /// Lives through the paths.
  ///
  /// - Parameters:
  ///   - begin: called at the beginning, where agents of a market without warm-up have decided once.
  ///   - look: called after each step.
  /// - Returns: the tile after the last.
  @discardableResult
  func live(
    _ panel: PanelTile, begin: (MarketTile) -> Void = { _ in }, look: (MarketTile) -> Void
  ) -> MarketTile {
    let tile = planned.market.makeTile(groups: groups)
    let clock = planned.market.description.clock
    tile.reset(firstPath: UInt64(firstPath))
    panel.reset(tile)
    begin(tile)
    for _ in 0..<clock.warmupSteps + clock.steps {
      tile.advance()
      panel.advance(tile)
      look(tile)
    }
    return tile
  }
}
