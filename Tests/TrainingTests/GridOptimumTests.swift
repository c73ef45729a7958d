import Glibc
import Lanes
import Markets
import Testing

/// The optimum with costs that trained agents are held against.
@Suite("The optimum on a grid")
struct GridOptimumTests {
  private static let market = GateMarket(takerFee: 15, halfSpread: 5)

  @Test("its signal moves with the mean and the variance of an AR(1), and keeps its law", arguments: [3, 12, 41])
  func chain(_ points: Int) {
    let (deviation, kept) = (1.5, 0.8)
    let chain = RouwenhorstChain(points: points, deviation: deviation, kept: kept)
    var next = Array(repeating: 0.0, count: points)
    for (from, row) in chain.transition.enumerated() {
      func moment(_ power: Double) -> Double {
        zip(row, chain.points).reduce(0) { $0 + $1.0 * pow($1.1 - kept * chain.points[from], power) }
      }
      #expect(abs(moment(0) - 1) < 1e-12 && abs(moment(1)) < 1e-12)
      #expect(abs(moment(2) - deviation * deviation * (1 - kept * kept)) < 1e-12)
      for to in row.indices { next[to] += chain.law[from] * row[to] }
    }
    #expect(zip(next, chain.law).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  /// Of a growth of 0.15 the step in place of the continuum takes some σ²a, the binomial law of the chain in place of the normal
  /// the rest: it falls as the chain gets finer.
  @Test("without cost is the closed form, the nearer the finer the grid")
  func withoutCost() {
    let market = GateMarket()
    let years = Double(GateMarket.days) * GateMarket.day
    let expected = market.step.growth(years: GateMarket.day, leverage: market.leverage) * years
    func error(_ signals: Int, _ perLeverage: Int) -> Double {
      let best = GridOptimum(
        market.step, leverage: market.leverage, cost: 0, steps: GateMarket.days, drift: .takenBack,
        grid: .init(signals: signals, perLeverage: perLeverage))
      return abs(best.growth / expected - 1)
    }
    let errors = [error(5, 2), error(11, 6), error(41, 20)]
    #expect(errors[0] > 2 * errors[1] && errors[1] > 2 * errors[2] && errors[2] < 0.005, "\(errors)")
  }

  /// While a weight stands for a years the signal fades to 1 − κa/2 of it on average. That share of the growth is lost where
  /// the weight is at its bound, and twice that where it is not and is the smaller for it.
  @Test("comes to the continuum's closed form as its steps get shorter", arguments: [(1, 1.0), (4, 0.25)])
  func shorterSteps(_ perDay: Int, _ part: Double) {
    let market = GateMarket()
    let years = GateMarket.day * part
    let step = SignalStep(
      volatility: market.volatility, deviation: market.deviation, decay: market.decay, years: years)
    let best = GridOptimum(
      step, leverage: market.leverage, cost: 0, steps: 10 * perDay, drift: .takenBack,
      grid: .init(perLeverage: 20))
    let continuum = SignalOptimum(
      volatility: market.volatility, seen: market.deviation, leverage: market.leverage)
    let loss = 1 - best.growth / (continuum.growth * 10 * GateMarket.day)
    #expect(loss > market.decay * years / 2 && loss < market.decay * years, "\(loss)")
  }

  @Test("with a cost that nothing is worth does nothing")
  func enormousCost() {
    let best = GridOptimum(
      Self.market.step, leverage: Self.market.leverage, cost: 0.3, steps: 20, grid: .init(perLeverage: 10))
    #expect(best.growth == 0)
    for step in 0..<20 {
      for signal in [-2, -0.5, 0, 1.0] { #expect(best.weight(step: step, signal: signal, held: 0) == 0) }
    }
  }

  /// At the last close a weight w gives x·h·w − ½w²σ²a and costs c to take up and c to close out: from 0 nothing is traded
  /// while |x·h| ≤ 2c, and where x·h is more, up to (x·h − 2c)/σ²a; what is held and would be closed out anyway is kept up
  /// to x·h/σ²a. The drift of R is x·h to second order; 0.1 is the grid's spacing.
  @Test("at the last close trades up to where a step's growth pays the cost", arguments: [0.0001, 0.0003])
  func lastClose(_ cost: Double) {
    let market = GateMarket()
    let best = GridOptimum(market.step, leverage: market.leverage, cost: cost, steps: 1)
    let variance = market.step.noise
    for signal in [-0.4, 0, 0.25, 0.5] {
      let drift = signal * market.step.exposure
      let low = best.weight(step: 0, signal: signal, held: -3)
      let high = best.weight(step: 0, signal: signal, held: 3)
      #expect(abs(low - min(drift, max(0, drift - 2 * cost)) / variance) < 0.11, "\(low), \(signal)")
      #expect(abs(high - max(drift, min(0, drift + 2 * cost)) / variance) < 0.11, "\(high), \(signal)")
    }
  }

  @Test("leaves the more untraded, and earns the less, the more a trade costs")
  func wider() {
    let solved = [0.0005, 0.001, 0.002, 0.004].map { cost in
      GridOptimum(Self.market.step, leverage: Self.market.leverage, cost: cost, steps: GateMarket.days)
    }
    for (cheaper, dearer) in zip(solved, solved.dropFirst()) {
      #expect(dearer.growth < cheaper.growth)
      for signal in [0, 0.3] {
        func edges(_ one: GridOptimum) -> (low: Double, high: Double) {
          (one.weight(step: 30, signal: signal, held: -3), one.weight(step: 30, signal: signal, held: 3))
        }
        #expect(edges(dearer).low < edges(cheaper).low && edges(dearer).high > edges(cheaper).high)
      }
    }
  }

  /// Planted mistake: nothing is closed out in the end.
  ///
  /// At 4 standard errors a false alarm comes once in 16,000. The grid's own error is a fraction of one of them.
  @Test("earns at the desk what it says, and more than a rule that ignores the cost")
  func atTheDesk() throws {
    let best = Self.market.best
    let growth = try Self.market.growth([RuleAgent(best), Self.market.myopic], paths: 100_000)
    let (mean, error) = sampleMean(growth[0])
    #expect(abs(mean - best.growth) < 4 * error, "\(mean) ± \(error), not \(best.growth)")
    #expect(sampleMean(growth[1]).mean < 0.8 * mean)
    #expect(PairedGrowth(growth[0], against: growth[1]).lowerBound(share: 1) > 0)
  }
}
