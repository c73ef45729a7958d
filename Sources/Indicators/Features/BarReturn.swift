/// The return of one bar: simple and logarithmic, as fractions.
///
/// returns = closeₜ / closeₜ₋₁ − 1; log_returns = ln(closeₜ / closeₜ₋₁). Look-back 1.
struct BarReturn<Number: LogarithmicNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("RETURN", "return of one bar", [.close], outputs: ["simple", "log"]) { _ in 1 }
  }

  private var last = LastClose<Number>()

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Pair<Number> {
    guard let before = last.next(bar.close) else { return nil }
    let ratio = bar.close / before
    return Pair(ratio - 1, Number.logarithm(ratio))
  }
}
