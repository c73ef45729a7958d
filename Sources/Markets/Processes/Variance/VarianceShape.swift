import Documents
import Lanes
import MarketData
import Randomness

/// What the processes with a variance of their own have in common: its fields, its stream, and its stationary law, whose shape
/// is 2κθ/ξ².
struct VarianceShape {
  /// The lowest shape that can be reckoned with.
  let lowest: Double

  /// Under it the variance is less than a ten-thousandth of its mean seven eighths of the time, and more.
  static let least = 0.01

  /// The shape at a mean θ of the variance and the slowest, most volatile of its returns.
  init(mean theta: Double, _ reversion: Draw, _ volatility: Draw) {
    let xi = volatility.plausible.upperBound
    lowest = 2 * reversion.plausible.lowerBound * theta / (xi * xi)
  }

  /// What is wrong with a variance that is 0 nearly always.
  var violation: FormViolation? {
    guard !(lowest >= Self.least) else { return nil }
    return FormViolation(
      "2κθ/ξ² (twice the reversion times the squared volatility over this one squared) can be as low as "
        + "\(JSONWriter.number((lowest * 1e4).rounded() / 1e4)); under \(JSONWriter.number(Self.least)) the variance is 0 nearly "
        + "always and enormous in between")
  }

  /// What a clock's steps take of a correlation with the price, for the report; nil where they bear the highest that is drawn.
  ///
  /// A sub-step and a night are steps of variance; events that multiply the volatility by m lower what they bear to an m-th.
  static func limit(_ clock: Clock, _ reversion: Draw, _ volatility: Draw, correlation: Draw) -> String? {
    let spans = clock.varianceSpans
    let years = (spans.intraday.map { $0 / Double(clock.substeps) } + spans.gaps).filter { $0 > 0 }
    let highest = correlation.upperBound
    // It grows with κ.
    let (kappa, xi) = (Lanes(reversion.plausible.lowerBound), Lanes(volatility.plausible.upperBound))
    let bearable = years.map {
      QuadraticExponential.bearableCorrelation(reversion: kappa, volatility: xi, years: $0)[0]
    }
    guard let least = bearable.min(), highest > least else { return nil }
    return "The correlation of variance and price is at most "
      + "\(JSONWriter.number(least.rounded(toDigits: 3))) on some of the clock's sub-steps and nights where the file has up to "
      + "\(JSONWriter.number(highest)): above it the sampled price would have no mean. More sub-steps bear more."
  }

  /// How many times its mean the variance comes to on fewer than one path in 10¹² at a time: the mean of a gamma law, eight of
  /// its deviations, and what its exponential tail has beyond them.
  var highest: Double { 1 + 8 / lowest.squareRoot() + 30 / lowest }

  /// Stream of the variance at its start.
  static let start = "variance/start"

  static let reversion = FieldKind<Draw>.draw(.perYear, in: .between(0.01, 10_000))
  static let reversionSummary = "speed at which the variance returns to its mean: half of the way in 0.69 years over it"
  static let volatility = FieldKind<Draw>.draw(.perYear, in: .between(0.001, 1000))
  static let volatilitySummary = "volatility of the variance"
  static let correlationSummary =
    "of the variance's innovations with those of the price; below 0 falls raise volatility"
  static let startSummary =
    "root of the variance at the first step of the warm-up; drawn from its stationary law when left out"
}
