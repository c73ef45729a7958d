import Glibc
import MarketData
import Markets

/// Markets with a correlation event, for the tests of these.
enum CorrelationMarket {
  /// An event from a time on, for a time, both in seconds.
  static func event(
    _ name: String = "break", to goal: CorrelationGoal = .one, blend: Double = 1, from start: Double = 0,
    for plateau: Double = 1e9, assets: [String] = [], against: [String] = []
  ) throws -> NamedEvent {
    NamedEvent(
      name,
      try CorrelationEvent(
        assets: assets, start: .fixed(start), window: EventWindow(plateau: .fixed(plateau)), blend: .fixed(blend),
        to: goal, against: against))
  }

  static func scenario(
    _ correlations: [AssetPair: Double], assets: Int = 2, clock: Clock, latency: Double = 0, events: [NamedEvent]
  ) -> Scenario {
    SmallMarket.scenario(
      clock, (0..<assets).map { SmallMarket.gbm(0.3 + 0.1 * Double($0)) }, correlations: correlations,
      latency: latency, events: events)
  }
}

/// Pairs of numbers, of which the correlation is wanted.
struct ReturnPairs {
  private var sums = [0.0, 0, 0, 0, 0]
  private(set) var count = 0.0

  mutating func add(_ x: Double, _ y: Double) {
    count += 1
    for (index, term) in [x, y, x * x, y * y, x * y].enumerated() { sums[index] += term }
  }

  var correlation: Double {
    let (x, y) = (sums[0] / count, sums[1] / count)
    return (sums[4] / count - x * y)
      / ((sums[2] / count - x * x) * (sums[3] / count - y * y)).squareRoot()
  }

  /// Fisher's z of the correlation against another: standard normal where that is right.
  func z(against rho: Double) -> Double { (atanh(correlation) - atanh(rho)) * (count - 3).squareRoot() }
}
