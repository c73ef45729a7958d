/// The quantile function of the standard normal law, to about 1e-15 relative; −∞ at 0, +∞ at 1, NaN outside.
///
/// All lanes take the same steps: both the central and the tail approximation are computed and one of them chosen;
/// the far tail (u < 1.4e-11) is computed only when some lane is there.
/// Source: M. J. Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37(3).
@inlinable @inline(__always)
package func normalQuantile(_ u: Lanes) -> Lanes {
  let q = u - 0.5
  let central = normalQuantileCentre(q)
  let nearest = select(q .< 0, u, 1 - u)
  let r = sqrt(-log(nearest))
  var tail = normalQuantileTail(r)
  let isFar = r .> 5
  if isFar.isAny { tail.replace(with: normalQuantileFarTail(r), where: isFar) }
  var result = select(abs(q) .<= 0.425, central, flipSign(of: tail, by: q))
  result.replace(with: -Double.infinity, where: u .== 0)
  result.replace(with: Double.infinity, where: u .== 1)
  return result
}

/// For |q| ≤ 0.425.
@inlinable @inline(__always)
func normalQuantileCentre(_ q: Lanes) -> Lanes {
  let r = 0.180625 - q * q
  let numerator = polynomial(
    r, 3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3)
  let denominator = polynomial(
    r, 1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
    3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3)
  return q * numerator / denominator
}

/// For r = √(−log u) in 0.88…5.
@inlinable @inline(__always)
func normalQuantileTail(_ root: Lanes) -> Lanes {
  let r = root - 1.6
  let numerator = polynomial(
    r, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4)
  let denominator = polynomial(
    r, 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
    1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9)
  return numerator / denominator
}

/// For r = √(−log u) above 5.
@inlinable @inline(__always)
func normalQuantileFarTail(_ root: Lanes) -> Lanes {
  let r = root - 5
  let numerator = polynomial(
    r, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)
  let denominator = polynomial(
    r, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
    1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15)
  return numerator / denominator
}
