import Foundation
import Statistics
import Testing

@Suite("What each path adds")
struct ContributionTests {
  @Test(
    "to an expected shortfall has it as its mean, also where the tail is no whole number of paths",
    arguments: [7, 100, 133])
  func shortfall(paths: Int) {
    var random = SplitMix64(seed: 27)
    let returns = (0..<paths).map { _ in 0.01 * random.normal() }
    let whole = LossSample(returns: returns).expectedShortfall(0.95).value
    #expect(agree(Moments(LossSample.contributions(returns, level: 0.95)).mean, whole ?? 0, to: 1e-12))
    #expect(LossSample.contributions([], level: 0.95).isEmpty)
  }

  @Test("to a ratio of sums has it as its mean, and its error as theirs")
  func ratio() throws {
    var random = SplitMix64(seed: 28)
    let traded = (0..<500).map { _ in random.exponential(mean: 100) }
    let costs = traded.map { $0 * 0.001 * (1 + random.normal() * random.normal()) }
    let ratio = RatioOfSums(costs, over: traded, usually: 0)
    let parts = Moments(try #require(ratio.contributions)).estimate()
    let whole = ratio.estimate()
    #expect(agree(parts.value, whole.value, to: 1e-12))
    #expect(agree(parts.low, whole.low, to: 1e-12) && agree(parts.high, whole.high, to: 1e-12))
    #expect(RatioOfSums([1, 2], over: [0, 0], usually: 0).contributions == nil)
  }

  private enum End: CaseIterable, Hashable, Sendable { case recovered, ruined }

  /// Recoveries of rate 1 and ruins of rate 1/2 from a moment on that lies up to 3 before the horizon; times in steps of
  /// `grain`, so that several end at once.
  private static func endings(
    _ count: Int, grain: Double, isCensored: Bool = true, _ random: inout SplitMix64
  ) -> [Ending<End>] {
    (0..<count).map { _ in
      let time = random.exponential(mean: 2 / 3.0)
      let end: End = random.uniform() < 2 / 3.0 ? .recovered : .ruined
      let watched = isCensored ? 3 * random.uniform() : .infinity
      let last = ((min(time, watched) / grain).rounded(.up) * grain)
      return Ending(at: last, by: time <= watched ? end : nil)
    }
  }

  @Test("to a probability of one of two ends has it as its mean, and is the share's where nobody's watch ended")
  func incidence() {
    var random = SplitMix64(seed: 29)
    let all = Self.endings(60, grain: 0.25, isCensored: false, &random)
    let curves = CumulativeIncidence(all)
    for time in [0.2, 0.5, 1, 40] {
      let parts = curves.contributions(of: .recovered, at: time, all)
      for (part, ending) in zip(parts, all) {
        #expect(abs(part - (ending.cause == .recovered && ending.time <= time ? 1 : 0)) < 1e-12, "\(time)")
      }
    }
    let cut = Self.endings(200, grain: 0.1, &random)
    let cutCurves = CumulativeIncidence(cut)
    for time in [0.05, 0.3, 1, 2] {
      let whole = cutCurves.estimate(of: .recovered, at: time).value ?? 0
      #expect(agree(Moments(cutCurves.contributions(of: .recovered, at: time, cut)).mean, whole, to: 1e-12))
    }
  }

  /// Each path counts 2,000 times, and one of them a few times more or less: the slope is the derivative but for 1/2,000².
  @Test("to a probability of one of two ends is its slope in the weight of the path", arguments: [0.4, 1.1, 2.6])
  func slope(time: Double) {
    var random = SplitMix64(seed: 30)
    let paths = Self.endings(24, grain: 0.2, &random)
    let parts = CumulativeIncidence(paths).contributions(of: .recovered, at: time, paths)
    let value = CumulativeIncidence(paths).estimate(of: .recovered, at: time).value ?? 0
    for one in paths.indices {
      func probability(_ weight: Int) -> Double {
        let many = paths.indices.flatMap { Array(repeating: paths[$0], count: $0 == one ? weight : 2000) }
        return CumulativeIncidence(many).estimate(of: .recovered, at: time).value ?? 0
      }
      let slope = (probability(2020) - probability(1980)) / 0.02
      #expect(abs(parts[one] - (value + 24 * slope)) < 1e-3, "\(one): \(parts[one]) \(value + 24 * slope)")
    }
  }

  /// F(2) = ⅔(1 − e^(−1.5·2)), of 400 samples of 300 paths with a fixed seed: 95 % intervals cover 365…392 of them but for three
  /// seeds in 1,000.
  @Test("to a probability of one of two ends makes an interval that covers as often as it says")
  func coverage() {
    var random = SplitMix64(seed: 31)
    let truth = 2 / 3.0 * -expm1(-3.0)
    let covered = (0..<400).count { _ in
      let paths = Self.endings(300, grain: 1e-9, &random)
      let estimate = Moments(CumulativeIncidence(paths).contributions(of: .recovered, at: 2, paths)).estimate()
      return (estimate.low ?? 1) <= truth && truth <= (estimate.high ?? 0)
    }
    #expect((365...392).contains(covered), "\(covered)")
  }
}
