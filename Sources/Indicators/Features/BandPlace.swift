/// Bollinger's bands as shares: how wide they are, and where in them the close lies.
///
/// BB_width = (upper − lower) / middle; BB_position = (close − lower) / (upper − lower): 0 at the lower band, 1 at the
/// upper one, beyond them outside; ½ where the bands have no width because the price has not moved. Look-back n − 1.
/// Source: Bollinger (2001), Bollinger on Bollinger Bands, "BandWidth" and "%b".
struct BandPlace<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    let bands = BollingerBands<Number>.form
    return IndicatorForm(
      "BAND_PLACE", "width of Bollinger's bands, and the close's place in them", bands.inputs, bands.parameters,
      outputs: ["width", "position"]
    ) { bands.lookBack($0) }
  }

  private var bands: BollingerBands<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    bands = BollingerBands(parameters, &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Pair<Number> {
    let bands = bands.step(bar)
    guard bands.areKnown else { return nil }
    let (upper, middle, lower) = (bands.first, bands.second, bands.third)
    let width = upper - lower
    return Pair(width / middle, select(width .> 0, (bar.close - lower) / width, Number(0.5)))
  }
}
