import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Half-spreads that follow unexpected variance.
@Suite("Half-spreads and unexpected variance")
struct UnexpectedVarianceTests {
  /// A process whose variance moves of its own.
  enum Kind: CaseIterable {
    case heston, hestonFromAStart, bates, garch, regimes

    func process() throws -> any PriceProcess {
      switch self {
      case .heston, .hestonFromAStart:
        try Heston(
          annualVolatility: .fixed(0.3), reversion: .fixed(40), volatilityOfVariance: .fixed(2),
          correlation: .fixed(-0.6),
          startVolatility: self == .heston ? nil : .fixed(0.8))
      case .bates:
        try Bates(
          annualVolatility: .fixed(0.4), reversion: .fixed(40), volatilityOfVariance: .fixed(2),
          correlation: .fixed(-0.6),
          jumpsPerYear: .fixed(10), meanJump: .fixed(0), jumpVolatility: .fixed(0.05))
      case .garch:
        try Garch(
          annualVolatility: .fixed(0.3), halfLife: .fixed(10 * 86_400), reaction: .fixed(0.08), asymmetry: .fixed(0.06))
      case .regimes:
        try Regimes(states: [
          "calm": .init(annualVolatility: .fixed(0.15), meanDuration: .fixed(20 * 86_400)),
          "stress": .init(annualVolatility: .fixed(0.8), meanDuration: .fixed(4 * 86_400)),
        ])
      }
    }
  }

  /// A day a step, without noise of volume: half-spreads move with variance alone.
  private static func scenario(_ process: any PriceProcess, share: Double) throws -> Scenario {
    let clock = try SmallMarket.clock(step: 86_400, steps: 30, warmup: 5, substeps: 1)
    let liquidity = Liquidity(
      halfSpreadBps: 2, volumePerDay: 1_000_000, depthTo1Percent: 10_000, refillHalfLifeSeconds: 20,
      volumeVolatility: 0,
      spreadVarianceShare: share)
    return Scenario(
      title: "small", clock: clock, assets: [AssetTerms(name: "A", price: 100, liquidity: liquidity)],
      movement: .processes([process], GaussianDependence([:])), venue: VenueTerms(latencySeconds: 0), events: [])
  }

  private static func market(_ process: any PriceProcess, share: Double) throws -> Market {
    try Market(scenario: scenario(process, share: share), seed: 12)
  }

  /// 5 kinds × 3 steps at |z| < 4: a false alarm in a thousand seeds.
  @Test("have the file's mean in every step, whatever the law of the variance is", arguments: Kind.allCases)
  func mean(kind: Kind) throws {
    let market = try Self.market(kind.process(), share: 0.8)
    var moments: [Int: SampleMoments] = [:]
    market.walk(paths: 8192) { tile in
      guard [0, 4, 29].contains(tile.step) else { return }
      for bar in tile.bars {
        for lane in 0..<Lanes.count { moments[tile.step, default: SampleMoments()].add(bar.halfSpread[lane]) }
      }
    }
    #expect(moments.count == 3)
    for (step, sample) in moments {
      #expect(
        abs(sample.mean - 2e-4) < 4 * sample.standardError, "step \(step): \(sample.mean) ± \(sample.standardError)")
      // And they do move.
      #expect(sample.variance.squareRoot() > 0.1 * 2e-4, "step \(step)")
    }
  }

  /// Without Student's mixing the diffusion of a step has the variance that GARCH knew at the close before: what is drawn over a year of
  /// 365 days says it.
  @Test("follow the variance of the step that comes next, over its mean, by their share", arguments: [0.25, 1])
  func ratio(share: Double) throws {
    let bars = try Self.market(Kind.garch.process(), share: share).bars(paths: 64, groups: 8)
    let mean = 0.3 * 0.3 / 365
    var (least, most) = (Double.infinity, 0.0)
    for path in bars {
      for (now, next) in zip(path, path.dropFirst()) {
        let deviation = next[0].numbers[12]
        let expected = 2e-4 * (1 - share + share * deviation * deviation / mean)
        #expect(abs(now[0].halfSpread / expected - 1) < 1e-9)
        (least, most) = (min(least, now[0].halfSpread), max(most, now[0].halfSpread))
      }
    }
    #expect(most > 1.2 * least)
  }

  @Test(
    "stand still without a share, and leave prices, volume and depth as they are with one", arguments: Kind.allCases)
  func apart(kind: Kind) throws {
    let (without, with) = (
      try Self.market(kind.process(), share: 0).bars(paths: 16, groups: 2),
      try Self.market(kind.process(), share: 0.5).bars(paths: 16, groups: 2)
    )
    for (first, second) in zip(without.joined(), with.joined()) {
      #expect(first[0].halfSpread == 2e-4)
      for place in first[0].numbers.indices where place != 10 {
        #expect(first[0].numbers[place] == second[0].numbers[place])
      }
    }
  }

  @Test("are refused a share where no variance moves of its own, and told to follow in the limits where one does")
  func refused() throws {
    let plain = try Self.scenario(SmallMarket.gbm(), share: 0.5)
    let found = plain.movement.violations(for: plain.assets, plain.clock)
    #expect(
      found.map(\.description) == [
        "assets/A/liquidity/spreadVarianceShare: of this process no variance is unexpected: it does not move of its own, or hangs on "
          + "its start for good"
      ])
    let moving = try Self.scenario(Kind.heston.process(), share: 0.5)
    #expect(moving.movement.violations(for: moving.assets, moving.clock).isEmpty)
    let text = moving.limits.joined(separator: " ")
    #expect(text.contains("half-spreads follow what of it is unexpected"))
    #expect(!text.contains("spreads react to volume and events alone"))
  }
}
