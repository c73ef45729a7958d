import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Rises, aftershocks, networks and legs against their closed forms; base volatility 0.
struct FlashCrashVariantsTests {
  private static let way = FlashCrash.Fall(duration: .fixed(300), shape: .fixed(1.5))
  private static let lasting = FlashCrash.Recovery(fraction: .fixed(0), halfLife: .fixed(60))

  private func market(
    _ events: [NamedEvent], assets: Int = 1, steps: Int = 120, step: Double = 60, severity: Double = 1
  ) throws -> Market {
    let scenario = SmallMarket.scenario(
      try SmallMarket.clock(step: step, steps: steps), (0..<assets).map { _ in SmallMarket.gbm(0) }, events: events)
    return try Market(scenario: scenario, severity: severity, seed: 1)
  }

  @Test("a rise peaks at 1 + U, ends at 1 + U(1 − R), and half of the way back is gone after a half-life")
  func rise() throws {
    let (rise, fraction) = (0.8, 0.6)
    let event = NamedEvent(
      "squeeze",
      FlashCrash(
        asset: "A", start: .fixed(600), rise: .fixed(rise), climb: Self.way,
        recovery: .init(fraction: .fixed(fraction), halfLife: .fixed(600))))
    let bars = try market([event], steps: 600).bars(paths: 1, groups: 1)[0].map { $0[0] }
    let end = log(1 + rise * (1 - fraction))
    #expect(abs(bars[14].close / 100 - (1 + rise)) < 1e-14)
    #expect(abs(log(bars[11].close / 100) - log(1 + rise) * pow(2.0 / 5, 1.5)) < 1e-14)
    #expect(abs(log(bars[24].close / 100) - 0.5 * (log(1 + rise) + end)) < 1e-14)
    #expect(abs(log(bars[599].close / 100) - end) < 1e-13)
  }

  /// Planted mistake: no knot at the peak of a rise.
  @Test("a rise much shorter than a step still reaches its high")
  func shortRise() throws {
    let event = NamedEvent(
      "spike",
      FlashCrash(
        asset: "A", start: .fixed(605), rise: .fixed(0.3), climb: .init(duration: .fixed(6)),
        recovery: .init(fraction: .fixed(1), halfLife: .fixed(6))))
    let bars = try market([event]).bars(paths: 1, groups: 1)[0].map { $0[0] }
    #expect(abs(bars[10].high / 130 - 1) < 1e-13)
    #expect(bars[10].close < 102 && bars[10].open == 100)
  }

  // MARK: Aftershocks

  /// A crash of 10 % within a second, and as many aftershocks of the same size: the log price counts them.
  private func counts(mean: Double, delay: Double, severity: Double = 1) throws -> [[Double]] {
    let event = NamedEvent(
      "crash",
      FlashCrash(
        asset: "A", start: .fixed(59), drop: .fixed(0.1), fall: .init(duration: .fixed(1)), recovery: Self.lasting,
        aftershocks: .init(meanNumber: .fixed(mean), meanDelay: .fixed(delay), ratio: .fixed(1))))
    let market = try market([event], steps: 60, severity: severity)
    var counts: [[Double]] = Array(repeating: [], count: 60)
    market.walk(paths: 16_384, groups: 32) { tile in
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count {
          counts[tile.step].append(log(tile.bars[group].close[lane] / 100) / (severity * log(0.9)) - 1)
        }
      }
    }
    return counts
  }

  /// Falls take a second of a minute, so that a close catches one on its way on one path in thousands.
  ///
  /// Planted mistake: delays that add up from one to the next.
  @Test("aftershocks come as a Poisson cluster does: n(1 − e^{−t/m}) by t, spread as Poisson")
  func aftershockLaw() throws {
    let (mean, delay) = (0.4, 900.0)
    let counts = try counts(mean: mean, delay: delay)
    for step in [5, 15, 30, 59] {
      var moments = SampleMoments()
      for count in counts[step] { moments.add(count) }
      let expected = mean * (1 - exp(-Double(step) * 60 / delay))
      // 4 standard errors: a false alarm in 16,000. The cut at 6 leaves out 1 path in a million.
      #expect(abs(moments.mean - expected) < 4 * moments.standardError + 4e-4, "step \(step): \(moments.mean)")
      #expect(abs(moments.variance / expected - 1) < 0.1)
    }
  }

  @Test("there are six at most, and their number and moments do not depend on severity")
  func aftershockLimits() throws {
    let counts = try counts(mean: 3, delay: 300)
    let last = counts[59].map { $0.rounded() }
    #expect(last.allSatisfy { $0 >= 0 && $0 <= 6 })
    // P(N ≥ 6) for mean 3, scipy 1.17.1: poisson.sf(5, 3).
    let share = Double(last.count { $0 == 6 }) / Double(last.count)
    #expect(abs(share - 0.08391794203130346) < 4 * (0.084 * 0.916 / Double(last.count)).squareRoot(), "\(share)")
    let scaled = try self.counts(mean: 3, delay: 300, severity: 2)
    for (one, two) in zip(counts.joined(), scaled.joined()) { #expect(abs(one - two) < 1e-9) }
  }

  @Test("each is smaller than the one before it by the ratio, and has knots of its own")
  func aftershockSizes() throws {
    let event = NamedEvent(
      "crash",
      FlashCrash(
        asset: "A", start: .fixed(60), drop: .fixed(0.2), fall: .init(duration: .fixed(1)),
        recovery: .init(fraction: .fixed(1), halfLife: .fixed(1)),
        aftershocks: .init(meanNumber: .fixed(2), meanDelay: .fixed(1800), ratio: .fixed(0.5))))
    let bars = try market([event], steps: 240).bars(paths: 64, groups: 8)
    var seen = 0
    for path in bars {
      let lows = path.map { $0[0].low / 100 }.filter { $0 < 0.99 }
      #expect(abs((lows.first ?? 0) - 0.8) < 1e-12)
      // Two in one minute add up: then there are fewer lows than aftershocks, and none is as told.
      guard lows.count == Set(lows.map { Int(($0 * 1e6).rounded()) }).count else { continue }
      for (index, low) in lows.enumerated() where abs(low - (1 - 0.2 * pow(0.5, Double(index)))) < 1e-6 { seen += 1 }
    }
    // 64 crashes, and 128 aftershocks on average, of which those from 0.01 on are seen: the first four.
    #expect(seen > 150, "\(seen)")
  }

  // MARK: Networks

  @Test("the spectral radius is that of the eigenvalues, complex and nilpotent ones too")
  func spectralRadius() {
    typealias Weights = Named<Named<Double>>
    let swapped: Weights = ["A": ["B": 0.5], "B": ["A": 0.5]]
    let turning: Weights = ["A": ["B": -0.9], "B": ["A": 0.9]]
    let nilpotent: Weights = ["A": ["B": 4], "B": ["C": 5]]
    let mean: Weights = ["A": ["A": 0.5, "B": 0.5], "B": ["A": 0.25, "B": 0.25]]
    // Of four: max(abs(numpy.linalg.eigvals(W))), NumPy 2.4.6.
    let radii: [Double] = [0.5, 0.9, 0, 0.75, 0.6890008412485721]
    for (weights, radius) in zip([swapped, turning, nilpotent, mean, Self.four], radii) {
      let found = FlashCrash.Network(weights: weights, lag: .fixed(60)).spectralRadius
      #expect(abs(found - radius) < 1e-7, "\(found) and \(radius)")
    }
  }

  private static let four: Named<Named<Double>> = [
    "A": ["A": 0.01, "B": 0.54, "C": -0.43, "D": 0.54], "B": ["A": -0.23, "B": -0.09, "C": 0.39, "D": -0.11],
    "C": ["A": 0.06, "B": -0.57, "C": 0.3, "D": 0.05], "D": ["A": -0.2, "B": 0.35, "C": -0.24, "D": -0.06],
  ]
  /// numpy.linalg.solve(I − W, e) for a move of A, NumPy 2.4.6.
  private static let response = [0.7852102785984485, -0.09739539118271184, 0.13160364315619877, -0.2101087896142704]

  @Test(
    "the whole response is (I − W)⁻¹e, which is what stays of the log prices at every severity", arguments: [1, 2.0])
  func networkResponse(_ theta: Double) throws {
    let network = FlashCrash.Network(weights: Self.four, lag: .fixed(120))
    for (found, expected) in zip(network.response(to: "A"), Self.response) {
      #expect(abs(found.share - expected) < 1e-14)
    }
    let event = NamedEvent(
      "crash",
      FlashCrash(
        asset: "A", start: .fixed(600), drop: .fixed(0.1), fall: Self.way, recovery: Self.lasting, network: network))
    let last = try market([event], assets: 4, severity: theta).bars(paths: 1, groups: 1)[0][119]
    for (bar, expected) in zip(last, Self.response) {
      #expect(abs(log(bar.close / 100) / (theta * log(0.9)) - expected) < 1e-13)
    }
  }

  @Test("it goes hop by hop: after k lags the sum of k powers of W, and what comes back counts")
  func networkHops() throws {
    let network = FlashCrash.Network(weights: ["A": ["B": 0.4], "B": ["A": 0.5]], lag: .fixed(600))
    let event = NamedEvent(
      "crash",
      FlashCrash(
        asset: "A", start: .fixed(0), drop: .fixed(0.1), fall: .init(duration: .fixed(60)), recovery: Self.lasting,
        network: network))
    let bars = try market([event], assets: 2).bars(paths: 1, groups: 1)[0]
    // A: 1, then 0.2 by two hops, 0.04 by four, and 0.01 of all that follows with the sixth.
    let a: [Double] = [1, 1, 1.2, 1.2, 1.24, 1.24, 1.25]
    let b: [Double] = [0, 0.5, 0.5, 0.6, 0.6]
    for (hop, share) in a.enumerated() {
      #expect(abs(log(bars[10 * hop + 2][0].close / 100) / log(0.9) - share) < 1e-13, "hop \(hop)")
    }
    for (hop, share) in b.enumerated() {
      #expect(abs(log(bars[10 * hop + 2][1].close / 100) / log(0.9) - share) < 1e-13, "hop \(hop)")
    }
    #expect(abs(log(bars[119][1].close / 100) / log(0.9) - 0.625) < 1e-13)
  }

  /// Planted mistake: multipliers with each hop.
  @Test("multipliers come to an asset once, with the first hop that reaches it")
  func networkMultipliers() throws {
    let depths = { (network: FlashCrash.Network?) in
      let event = NamedEvent(
        "crash",
        FlashCrash(
          asset: "A", start: .fixed(600), drop: .fixed(0.1), fall: Self.way, recovery: Self.lasting, network: network,
          multipliers: .init(depth: .fixed(0.1), halfLife: .fixed(900))))
      return try self.market([event], assets: 2).bars(paths: 1, groups: 1)[0].map { $0.map(\.depth) }
    }
    let alone = try depths(nil)
    let network = try depths(.init(weights: ["A": ["B": 0.4], "B": ["A": 0.5]], lag: .fixed(300)))
    #expect(network.map { $0[0] } == alone.map { $0[0] })
    for step in 5..<120 { #expect(abs(network[step][1] / alone[step - 5][0] - 1) < 1e-12) }
  }

  // MARK: Legs

  /// What a list of legs would say is said by events that wait for each other.
  @Test("legs follow one another: each starts some time after the trough of another, wherever that is on a path")
  func legs() throws {
    let first = NamedEvent(
      "first",
      FlashCrash(
        asset: "A", start: .between(600, 1200), drop: .fixed(0.05), fall: .init(duration: .between(60, 300)),
        recovery: Self.lasting))
    let second = NamedEvent(
      "second",
      FlashCrash(
        asset: "A", start: .triggered(AfterTrigger(event: "first", moment: .worst, delay: .fixed(1200))),
        drop: .fixed(0.1), fall: .init(duration: .fixed(120)), recovery: Self.lasting))
    let third = NamedEvent(
      "third",
      FlashCrash(
        asset: "A", start: .triggered(AfterTrigger(event: "second", moment: .worst, delay: .fixed(60))),
        rise: .fixed(0.2), climb: .init(duration: .fixed(120)), recovery: Self.lasting))
    let tile = try market([third, second, first]).makeTile(groups: 2)
    tile.reset(firstPath: 0)
    for _ in 0..<120 {
      tile.advance()
      for group in 0..<2 {
        for lane in 0..<Lanes.count {
          let close = Double(tile.step + 1)
          let troughs = (0..<3).map { tile.eventTrough($0)[group][lane] }
          let starts = (0..<3).map { tile.eventStart($0)[group][lane] }
          #expect(abs(starts[1] - troughs[0] - 20) < 1e-12 && abs(starts[2] - troughs[1] - 1) < 1e-12)
          var expected = 0.0
          for (index, size) in [log(0.95), log(0.9), log(1.2)].enumerated() {
            let length = troughs[index] - starts[index]
            expected += size * min(1, max(0, (close - starts[index]) / length))
          }
          #expect(abs(log(tile.bars[group].close[lane] / 100) - expected) < 1e-12)
        }
      }
    }
  }
}
