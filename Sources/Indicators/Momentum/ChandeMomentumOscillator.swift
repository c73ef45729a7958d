/// Chande momentum oscillator: gains less losses as a share of both, in −100…100.
///
/// CMO = 100 (gain − loss) / (gain + loss); 0 where the close has not changed. Look-back n.
/// Variants sum over a window (Chande); gains and losses here are Wilder's averages, as in TA-Lib.
/// Source: Chande & Kroll (1994), The New Technical Trader; TA-Lib's CMO.
struct ChandeMomentumOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("CMO", "Chande momentum oscillator", [.close], [.period(default: 14, "changes in the averages")]) {
      $0.whole(0)
    }
  }

  private var gains: WilderGains<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    gains = WilderGains<Number>(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let found = gains.next(bar.close) else { return nil }
    return Single(ratio(found.gain - found.loss, found.gain + found.loss) * 100)
  }
}
