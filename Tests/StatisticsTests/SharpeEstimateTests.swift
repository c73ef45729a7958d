import Foundation
import Statistics
import Testing

/// `fixtures/statistics/sharpe.json`: what scipy says.
private struct SharpeFigures: Decodable {
  struct Sample: Decodable {
    let returns: [Double]
    let ratio, skewness, kurtosis, standardError: Double
    let above: [String: Double]
  }
  struct Maximum: Decodable {
    let count: Int
    let approximation, exact: Double
  }
  struct Deflated: Decodable {
    let trials: [Double]
    let expectedBest, deflated: Double
  }
  let samples: [Sample]
  let maxima: [Maximum]
  let deflated: Deflated
}

@Suite("The Sharpe ratio after a search")
struct SharpeEstimateTests {
  private let figures: SharpeFigures

  init() throws { figures = try Fixture.load("sharpe", as: SharpeFigures.self) }

  @Test("ratio, moments, standard error and probabilities are scipy's")
  func scipy() throws {
    for sample in figures.samples {
      let ours = try #require(SharpeEstimate(sample.returns))
      #expect(ours.count == sample.returns.count)
      #expect(agree(ours.ratio, sample.ratio) && agree(ours.standardError, sample.standardError))
      #expect(agree(ours.skewness, sample.skewness, to: 1e-9) && agree(ours.kurtosis, sample.kurtosis))
      for (benchmark, probability) in sample.above {
        let level = try #require(Double(benchmark))
        #expect(agree(ours.probability(above: level), probability, to: 1e-9), "above \(benchmark)")
      }
    }
  }

  /// Worked examples with their source. Of the deflated ratio: 2.5 a year over 1,250 days, 100 trials whose yearly ratios have
  /// a variance of ½.
  ///
  /// Source: D. H. Bailey & M. López de Prado (2012), J. Risk 15(2), section 4 (a fund's monthly ratio of 0.458 over two years);
  /// (2014), J. Portfolio Management 40(5), "A numerical example". Planted mistakes: excess in place of raw kurtosis; √V
  /// dropped.
  @Test("worked examples of Bailey and López de Prado")
  func published() {
    let fund = SharpeEstimate(ratio: 0.458, skewness: -2.448, kurtosis: 10.164, count: 24)
    #expect(abs(fund.probability(above: 0) - 0.913) < 0.0006)
    let normal = SharpeEstimate(ratio: 0.458, skewness: 0, kurtosis: 3, count: 24)
    #expect(abs(normal.probability(above: 0) - 0.982) < 0.0006)

    let strategy = SharpeEstimate(ratio: 2.5 / 250.0.squareRoot(), skewness: -3, kurtosis: 10, count: 1250)
    let deviation = (0.5 / 250).squareRoot()
    let hundred = SharpeTrials(count: 100, deviation: deviation)
    #expect(abs(hundred.expectedBest - 0.1132) < 5e-5)
    #expect(abs(hundred.deflated(strategy) - 0.9004) < 5e-5)
    #expect(abs(SharpeTrials(count: 46, deviation: deviation).deflated(strategy) - 0.9505) < 5e-5)
    let plain = SharpeEstimate(ratio: strategy.ratio, skewness: 0, kurtosis: 3, count: 1250)
    #expect(abs(SharpeTrials(count: 88, deviation: deviation).deflated(plain) - 0.9505) < 5e-5)
  }

  @Test("the largest of some normal draws is what scipy has by the formula, and near its exact mean")
  func maxima() {
    for (count, value) in [(10, 1.575), (100, 2.531), (1000, 3.255)] {
      #expect(abs(SharpeTrials.expectedMaximum(of: count) - value) < 6e-4)
    }
    for maximum in figures.maxima {
      let ours = SharpeTrials.expectedMaximum(of: maximum.count)
      #expect(agree(ours, maximum.approximation, to: 1e-9) && abs(ours - maximum.exact) < 0.05, "\(maximum.count)")
    }
    #expect(SharpeTrials.expectedMaximum(of: 1) == 0)
  }

  /// Planted mistakes: √V dropped; the deviation with n in place of n − 1.
  @Test("what is deflated by a list of trials is scipy's, and those without a ratio count")
  func deflated() throws {
    let best = try #require(SharpeEstimate(figures.samples[1].returns))
    let trials = SharpeTrials(figures.deflated.trials)
    #expect(agree(trials.expectedBest, figures.deflated.expectedBest, to: 1e-9))
    #expect(agree(trials.deflated(best), figures.deflated.deflated, to: 1e-9))
    let more = SharpeTrials(figures.deflated.trials + [nil, nil])
    #expect(more.count == trials.count + 2 && more.deviation == trials.deviation)
    #expect(more.deflated(best) < trials.deflated(best))
  }

  @Test("it falls with the number of trials, and is the probabilistic ratio above 0 for one trial")
  func falls() {
    let best = SharpeEstimate(ratio: 0.3, skewness: -0.5, kurtosis: 4, count: 256)
    #expect(SharpeTrials([0.3]).deflated(best) == best.probability(above: 0))
    #expect(SharpeTrials(count: 1, deviation: 0.4).deflated(best) == best.probability(above: 0))
    let values = [1, 2, 5, 10, 100, 1000].map { SharpeTrials(count: $0, deviation: 0.1).deflated(best) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 }, "\(values)")
  }

  /// Doubling a group changes nothing but the weight; T stays that of one group.
  @Test("a mixture of groups has the moments of the pooled returns, and T of one group")
  func mixture() throws {
    let (a, b) = (Array(figures.samples[0].returns.prefix(25)), figures.samples[3].returns)
    let mixed = try #require(SharpeEstimate(mixing: [(a, 0.75), (b, 0.25)]))
    let pooled = try #require(SharpeEstimate(a + a + a + b))
    #expect(mixed.count == 25)
    #expect(agree(mixed.skewness, pooled.skewness, to: 1e-9) && agree(mixed.kurtosis, pooled.kurtosis, to: 1e-9))
    // (n − 1) is of one group here, and of the pool there.
    #expect(agree(mixed.ratio * (25.0 / 24).squareRoot(), pooled.ratio * (100.0 / 99).squareRoot(), to: 1e-9))
  }

  @Test("returns that do not differ, or are too few, have none", arguments: [[], [0.1], [0.1, 0.2], [0.1, 0.1, 0.1]])
  func none(_ returns: [Double]) { #expect(SharpeEstimate(returns) == nil) }

  /// Mertens' error against the spread of the ratio over samples of a skew law: 4,000 samples of 300, so that the spread is
  /// known to 1.1 % (one standard error); the bound of 6 % is of five.
  @Test("the standard error is the spread of the ratio over samples")
  func spread() {
    var random = SplitMix64(seed: 5)
    var ratios = Moments()
    var errors = Moments()
    for _ in 0..<4000 {
      let sample = (0..<300).map { _ in 1.2 - random.exponential(mean: 1) }
      guard let estimate = SharpeEstimate(sample) else { continue }
      ratios.add(estimate.ratio)
      errors.add(estimate.standardError)
    }
    let spread = (ratios.variance ?? 0).squareRoot()
    #expect(abs(errors.mean / spread - 1) < 0.06, "\(errors.mean) and \(spread)")
  }
}
