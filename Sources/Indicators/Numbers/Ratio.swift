/// a / b, and 0 where b is 0 or so small that its digits are lost: under 2⁻¹⁰⁰⁰, of prices on no scale that anybody uses.
///
/// TA-Lib gives 0 under 10⁻¹⁴, which is a move of prices near 10⁻⁸.
@inline(__always)
func ratio<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number {
  select(abs(b) .< 0x1p-1000, .zero, a / b)
}
