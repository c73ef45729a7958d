/// Mean and sample standard deviation of the last n simple returns, as fractions per bar; nothing is annualised.
///
/// See `SampleWindow` for the denominator n − 1. Look-back n.
struct ReturnWindow<Number: LogarithmicNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "RETURN_WINDOW", "mean and sample standard deviation of simple returns", [.close], [.period(default: 20)],
      outputs: ["mean", "deviation"]
    ) { $0.whole(0) }
  }

  private var returns: BarReturn<Number>
  private var window: SampleWindow<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    returns = BarReturn(parameters, &memory)
    window = SampleWindow(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Pair<Number> {
    let change = returns.step(bar)
    guard change.areKnown else { return nil }
    return window.next(change.first)
  }
}
