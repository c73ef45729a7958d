import Lanes
import Markets
import Statistics

/// How the assets of a market move together before, in and after the window of an event: correlations of their log returns, or changes where prices may be negative,
/// from open to close of steps, so that nights and gaps are not in them.
struct EventCorrelations: Sendable {
  /// The pairs of assets, by index.
  let pairs: [(first: Int, second: Int)]
  /// `[pair]`: before, in and after the window.
  private var sums: [[CorrelationSums]]
  private let event: Int

  /// Pairs that are measured at most.
  private static let most = 6

  init(_ market: MarketDescription, event: Int, assets: [String]) {
    self.event = event
    let touched = market.assets.indices.filter { assets.contains(market.assets[$0]) }
    let all = touched.flatMap { first in touched.filter { $0 > first }.map { (first: first, second: $0) } }
    pairs = Array(all.prefix(Self.most))
    sums = pairs.map { _ in Array(repeating: CorrelationSums(), count: 3) }
  }

  /// Takes up the step that a tile has just made.
  ///
  /// - Parameter paths: how many of its paths count.
  mutating func add(_ tile: MarketTile, paths: Int) {
    guard tile.step >= 0 else { return }
    let (starts, ends) = (tile.eventStart(event), tile.eventWindowEnd(event))
    let (open, close) = (Double(tile.step), Double(tile.step + 1))
    for group in 0..<tile.groups {
      let move = { (asset: Int) in
        let bar = tile.bars[asset * tile.groups + group]
        return tile.description.scales[asset].move(from: bar.open, to: bar.close)
      }
      for (index, pair) in pairs.enumerated() {
        let (first, second) = (move(pair.first), move(pair.second))
        for lane in 0..<Lanes.count where group * Lanes.count + lane < paths {
          let phase: Int
          if close <= starts[group][lane] {
            phase = 0
          } else if open >= ends[group][lane] {
            phase = 2
          } else if open >= starts[group][lane], close <= ends[group][lane] {
            phase = 1
          } else {
            continue
          }
          sums[index][phase].add(first[lane], second[lane])
        }
      }
    }
  }

  /// What was measured.
  func lines(_ market: MarketDescription) -> [PairCorrelation] {
    zip(pairs, sums).map { pair, sums in
      PairCorrelation(
        first: market.assets[pair.first], second: market.assets[pair.second], before: sums[0].estimate(),
        inWindow: sums[1].estimate(), after: sums[2].estimate())
    }
  }
}
