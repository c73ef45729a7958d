/// The hyperbolic tangent to about 2 ulp; odd to the last bit, ±1 beyond ±20.
///
/// tanh |x| = E/(E + 2) with E = exp(2|x|) − 1, which loses nothing near 0.
@inlinable @inline(__always)
package func tanh(_ x: Lanes) -> Lanes {
  // NaN passes through `min` as its second operand.
  let e = expm1(min(Lanes(40), 2 * abs(x)))
  return copySign(of: x, to: e / (e + 2))
}
