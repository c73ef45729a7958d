import Glibc
import Lab

/// A figure of one equity curve, by the definitions of the measures of a backtest.
package enum CurveFigure: String, Sendable, Hashable, CaseIterable {
  case totalReturn, annualReturn, annualVolatility, sharpe, sortino, calmar, maximumDrawdown, winRate, profitFactor

  /// As tables call it.
  package var title: String {
    switch self {
    case .totalReturn: "total return"
    case .annualReturn: Measures.AnnualReturn().title
    case .annualVolatility: Measures.AnnualVolatility().title
    case .sharpe: Measures.SharpeRatio().title
    case .sortino: Measures.SortinoRatio().title
    case .calmar: Measures.CalmarRatio().title
    case .maximumDrawdown: "largest drawdown at closes"
    case .winRate: Measures.WinRate().title
    case .profitFactor: Measures.ProfitFactor().title
    }
  }

  /// Whether it is a fraction, told in percent; else a pure number.
  package var isFraction: Bool {
    switch self {
    case .sharpe, .sortino, .calmar, .profitFactor: false
    default: true
    }
  }

  /// The figure of simple returns from close to close; nil where they have none.
  ///
  /// Annual figures are those of `stepsPerYear` steps a year, at a riskless rate of 0. Drawdowns are fractions of the highest
  /// close so far, the start counting as one: 0.3 is a fall of 30 %.
  package func value(_ returns: [Double], stepsPerYear: Double) -> Double? {
    let n = Double(returns.count)
    guard n > 0 else { return nil }
    let root = stepsPerYear.squareRoot()
    var mean: Double { returns.reduce(0, +) / n }
    var deviation: Double {
      let mean = mean
      return n > 1 ? (returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot() : 0
    }
    func ratio(_ value: Double, _ base: Double) -> Double? { base > 0 ? value / base : nil }
    var total: Double { returns.reduce(1) { $0 * (1 + $1) } - 1 }
    var annual: Double { total > -1 ? pow(1 + total, stepsPerYear / n) - 1 : -1 }
    var fall: Double {
      var (equity, peak, worst) = (1.0, 1.0, 0.0)
      for value in returns {
        equity *= 1 + value
        peak = max(peak, equity)
        worst = max(worst, 1 - equity / peak)
      }
      return worst
    }
    switch self {
    case .totalReturn: return total
    case .annualReturn: return annual
    case .annualVolatility: return deviation * root
    case .sharpe: return ratio(mean * root, deviation)
    case .sortino: return ratio(mean * root, (returns.reduce(0) { $0 + min($1, 0) * min($1, 0) } / n).squareRoot())
    case .calmar: return ratio(annual, fall)
    case .maximumDrawdown: return fall
    case .winRate: return ratio(Double(returns.count { $0 > 0 }), Double(returns.count { $0 != 0 }))
    case .profitFactor: return ratio(returns.reduce(0) { $0 + max($1, 0) }, returns.reduce(0) { $0 + max(-$1, 0) })
    }
  }
}
