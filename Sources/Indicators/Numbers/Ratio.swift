/// a / b, and 0 where b is closer to 0 than 10⁻¹⁴, as in TA-Lib.
@inline(__always)
func ratio<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number {
  select(abs(b) .< 1e-14, .zero, a / b)
}
