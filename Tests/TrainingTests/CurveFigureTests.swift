import Foundation
import Testing
import Training

/// Figures of one curve, against empyrical and quantstats (`fixtures/backtests/performance.json`, which has their formulas).
@Suite("Figures of a curve")
struct CurveFigureTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures")

  /// IBM from close to close, 2005 to 2012.
  private static func returns() throws -> [Double] {
    let file = fixtures.appendingPathComponent("us_equities_5_daily_ohlcv_2000_2013_public_domain.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let header = lines[0].split(separator: ",").map(String.init)
    let (time, symbol, close) = (
      try #require(header.firstIndex(of: "timestamp")), try #require(header.firstIndex(of: "symbol")),
      try #require(header.firstIndex(of: "close"))
    )
    let closes = lines.dropFirst().compactMap { line -> Double? in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard cells[symbol] == "IBM", ("2005-01-01"..<"2013-01-01").contains(String(cells[time])) else { return nil }
      return Double(cells[close])
    }
    return zip(closes.dropFirst(), closes).map { $0 / $1 - 1 }
  }

  @Test(
    "are those of empyrical and quantstats, to 1e-9",
    arguments: [
      (CurveFigure.totalReturn, "total_return"), (.annualReturn, "cagr"), (.annualVolatility, "annual_volatility"),
      (.sharpe, "sharpe"), (.sortino, "sortino"), (.calmar, "calmar"), (.maximumDrawdown, "max_drawdown"),
      (.winRate, "win_rate"), (.profitFactor, "profit_factor"),
    ])
  func reference(_ figure: CurveFigure, _ name: String) throws {
    let data = try Data(contentsOf: Self.fixtures.appendingPathComponent("backtests/performance.json"))
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let metrics = try #require(document["metrics"] as? [String: Any])
    let values = try #require((metrics[name] as? [String: Any])?["values"] as? [String: Any])
    let returns = try Self.returns()
    #expect(returns.count == 2012)
    let ours = try #require(figure.value(returns, stepsPerYear: 252))
    var compared = 0
    for (software, value) in values {
      guard let theirs = value as? Double else { continue }
      // Theirs is a fall, with its sign.
      #expect(abs(ours / abs(theirs) - 1) < 1e-9, "\(software): \(theirs), not \(ours)")
      compared += 1
    }
    #expect(compared > 0)
  }

  @Test("a curve that never moves has no ratio, and one that ends at nothing loses all a year")
  func degenerate() {
    for figure in [CurveFigure.sharpe, .sortino, .calmar, .winRate, .profitFactor] {
      #expect(figure.value([0, 0, 0], stepsPerYear: 252) == nil)
    }
    #expect(CurveFigure.annualReturn.value([0.5, -1, 0], stepsPerYear: 252) == -1)
    #expect(CurveFigure.maximumDrawdown.value([0.5, -1, 0], stepsPerYear: 252) == 1)
    #expect(CurveFigure.sharpe.value([], stepsPerYear: 252) == nil)
  }

  /// Of independent returns, at a mean block of one bar: the mean's interval is ±1.96·s/√n, of the Sharpe ratio by the delta
  /// method ±1.96·√((1 + S²/2)/n) a step. 2,000 resamples know a 2.5 % quantile to 0.08 standard errors.
  @Test("the interval of the Sharpe ratio of independent returns is that of the delta method, within a tenth")
  func interval() throws {
    // Normal quantiles in an order without memory.
    let n = 999
    let returns = (0..<n).map { index -> Double in
      let u = (Double((index * 611) % n) + 0.5) / Double(n)
      return 0.0004 + 0.01 * 2.0.squareRoot() * Self.inverseErrorFunction(2 * u - 1)
    }
    let holding = returns.map { $0 + 0.001 }
    let figures = CurveFigures(returns, holding: holding, stepsPerYear: 252, meanBlock: 1, seed: 1)
    let sharpe = try #require(figures.lines.first { $0.figure == .sharpe }).estimate
    let step = try #require(sharpe.value) / 252.0.squareRoot()
    let half = 1.96 * ((1 + step * step / 2) / Double(n)).squareRoot() * 252.0.squareRoot()
    let (low, high) = (try #require(sharpe.low), try #require(sharpe.high))
    #expect(abs((high - low) / 2 / half - 1) < 0.1 && abs((high + low) / 2 - step * 252.0.squareRoot()) < 0.15 * half)
    #expect(sharpe.n == n && figures.meanBlock == 1)
    #expect(CurveFigures(returns, holding: holding, stepsPerYear: 252, meanBlock: 1, seed: 1) == figures)
    // Who gets 0.1 % more a step on the same bars has as much more of mean over deviation: the same in every resample, but for
    // the deviation.
    let line = try #require(figures.lines.first { $0.figure == .sharpe })
    let more = 0.001 / 0.01 * 252.0.squareRoot()
    #expect(abs(try #require(line.difference.value) / -more - 1) < 0.02)
    let (worst, best) = (try #require(line.difference.low), try #require(line.difference.high))
    #expect(worst < best && best - worst < 0.2 * more && abs((worst + best) / 2 / -more - 1) < 0.05)
  }

  /// By Newton's method on the C library's error function.
  private static func inverseErrorFunction(_ y: Double) -> Double {
    var x = 0.0
    for _ in 0..<60 { x -= (erf(x) - y) / (2 / Double.pi.squareRoot() * exp(-x * x)) }
    return x
  }
}
