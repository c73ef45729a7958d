import Glibc
import Lanes
import Markets
import Randomness
import Testing

/// By how much an event moves the mean price, against the closed form of its own law, at every severity; base volatility 0.
struct EventMeanTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let event: any MarketEvent
    /// Factors of the price in the end at severity 1, with their probabilities: at θ each is taken to the power θ.
    let factors: [(probability: Double, factor: Double)]

    init(_ name: String, _ event: any MarketEvent, _ factors: [(probability: Double, factor: Double)]) {
      testDescription = name
      self.event = event
      self.factors = factors
    }
  }

  private static func mixed(_ a: Double, _ b: Double) -> Draw {
    Draw(Mixture([.init(weight: 3, .fixed(a)), .init(weight: 1, .fixed(b))])) ?? .fixed(a)
  }
  private static let upOrDown = Draw(Mixture([.init(.fixed(-0.2)), .init(.fixed(0.2))])) ?? .fixed(0)
  private static let start = EventStart.between(600, 1200)
  private static let half = FlashCrash.Recovery(fraction: .fixed(0.5), halfLife: .fixed(60))
  private static let quarter = FlashCrash.Recovery(fraction: mixed(0.25, 0.75), halfLife: .fixed(60))
  private static let way = FlashCrash.Fall(duration: .fixed(240))

  /// (1 − D)·Π(1 − Dρᵏ) over as many aftershocks as there are: Poisson with mean n, cut at 6.
  private static func clustered(_ drop: Double, _ ratio: Double, mean: Double) -> [(Double, Double)] {
    var probability = exp(-mean)
    var (left, factor, size) = (1.0, 1 - drop, drop)
    return (0...6).map { number in
      defer {
        left -= probability
        probability *= mean / Double(number + 1)
        size *= ratio
        factor *= 1 - size
      }
      return (number == 6 ? left : probability, factor)
    }
  }

  static let cases: [Case] = [
    Case(
      "a fall", FlashCrash(asset: "A", start: start, drop: mixed(0.1, 0.4), fall: way, recovery: quarter),
      [(0.5625, 0.925), (0.1875, 0.975), (0.1875, 0.7), (0.0625, 0.9)]),
    Case(
      "a rise", FlashCrash(asset: "A", start: start, rise: mixed(0.2, 1.5), climb: way, recovery: half),
      [(0.75, 1.1), (0.25, 1.75)]),
    Case(
      "a fall with aftershocks",
      FlashCrash(
        asset: "A", start: start, drop: .fixed(0.2), fall: way,
        recovery: .init(fraction: .fixed(0), halfLife: .fixed(60)),
        aftershocks: .init(meanNumber: .fixed(2.5), meanDelay: .fixed(300), ratio: .fixed(0.6))),
      clustered(0.2, 0.6, mean: 2.5)),
    Case(
      "a trend", Trend(asset: "A", start: start, change: mixed(-0.3, 0.9), duration: .fixed(3000)),
      [(0.75, 0.7), (0.25, 1.9)]),
    Case("a gap", Gap(asset: "A", start: start, change: mixed(-0.2, 0.6)), [(0.75, 0.8), (0.25, 1.6)]),
    Case(
      "a gap up or down, mean price 0", Gap(asset: "A", start: start, change: upOrDown),
      [(0.5, 0.8), (0.5, 1.2)]),
    Case(
      "a crash or a rally that half goes back, mean price 0",
      OneOf([
        "crash": .init(FlashCrash(asset: "A", start: start, drop: .fixed(0.3), fall: way, recovery: half)),
        "rally": .init(FlashCrash(asset: "A", start: start, rise: .fixed(0.3), climb: way, recovery: half)),
      ]), [(0.5, 0.85), (0.5, 1.15)]),
    Case(
      "a crash, a slump or nothing but a dry spell",
      OneOf([
        "crash": .init(weight: 1, FlashCrash(asset: "A", start: start, drop: .fixed(0.3), fall: way, recovery: half)),
        "slump": .init(weight: 2, Trend(asset: "A", start: start, change: .fixed(-0.5), duration: .fixed(600))),
        "dry": .init(
          weight: 5, Drought(start: start, window: .init(plateau: .fixed(600)), depth: .fixed(0.1))),
      ]), [(0.125, 0.85), (0.25, 0.5), (0.625, 1)]),
  ]

  @Test("mixtures of a rise and a fall have mean 1 at severity 1, as their names say")
  func meanZero() {
    for one in Self.cases where one.testDescription.contains("mean price 0") {
      #expect(abs(one.factors.reduce(0) { $0 + $1.probability * $1.factor } - 1) < 1e-15)
    }
  }

  /// 40 means within 4 standard errors: a false alarm in 400 runs of all.
  @Test("the mean of what it leaves of the price is its closed form", arguments: cases, [0, 0.5, 1, 2, 5])
  func mean(_ one: Case, _ theta: Double) throws {
    let clock = try SmallMarket.clock(step: 600, steps: 24)
    let scenario = SmallMarket.scenario(clock, [SmallMarket.gbm(0)], events: [NamedEvent("event", one.event)])
    var moments = SampleMoments()
    try Market(scenario: scenario, severity: theta, seed: 31).walk(paths: 8192, groups: 32) { tile in
      guard tile.step == 23 else { return }
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count { moments.add(tile.bars[group].close[lane] / 100) }
      }
    }
    let expected = one.factors.reduce(0) { $0 + $1.probability * pow($1.factor, theta) }
    #expect(abs(moments.mean - expected) <= 4 * moments.standardError + 1e-9, "\(moments.mean) and \(expected)")
  }

  /// G1: with a mixture of a rise and a fall on a market that moves, the mean stays the start.
  @Test("an event up or down with mean price 0 leaves the mean of a market without drift where it was")
  func martingale() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 26)
    let change = try #require(Draw(Mixture([.init(.fixed(-0.2)), .init(.fixed(0.2))])))
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(0.5), try SmallMarket.merton()], correlations: [AssetPair("A", "B"): 0.5],
      events: [NamedEvent("news", Gap(asset: "A", start: .between(3600, 7200), change: change))])
    var moments = SampleMoments()
    try Market(scenario: scenario, seed: 8).walk(paths: 16_384, groups: 32) { tile in
      guard tile.step == 25 else { return }
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count { moments.add(tile.bars[group].close[lane] / 100) }
      }
    }
    // 4 standard errors: a false alarm in 16,000.
    #expect(abs(moments.mean - 1) < 4 * moments.standardError, "\(moments.mean) ± \(moments.standardError)")
  }
}
