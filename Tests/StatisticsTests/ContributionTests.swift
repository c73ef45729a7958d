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
}
