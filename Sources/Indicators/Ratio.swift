/// a / b, and 0 where b is 0 (TA-Lib: closer to 0 than 10⁻¹⁴).
@inline(__always)
func ratio<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number {
  select(abs(b) .< 1e-14, .zero, a / b)
}
