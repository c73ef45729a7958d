/// −2 ln Φ(z) of the standard normal law, to 1e-8, for z in −9 … 9: what a uniform Φ(z) asks of a bridge's extreme.
///
/// Below 0 it is z² + g(|z|) with g smooth; g is a polynomial in 1/(1 + |z|/5), interpolated at Chebyshev nodes. Above 0
/// it follows from the other side.
package func minusTwoLogNormalProbability(_ z: Lanes) -> Lanes {
  let x = abs(z)
  let t = 1 / fma(x, 0.2, Lanes.one)
  let high = polynomial(
    t, -3486.821913303437, 5288.375203161583, -5991.207733079588, 4994.178317444088, -2973.0323787181005,
    1196.4481414050865, -291.8414510731723, 32.60688948683933)
  let low = fma(
    fma(fma(fma(t, 1725.58793195568, Lanes(-640.974298140579)), t, 177.4747458288728), t, -41.68794714107975), t,
    12.28078653797326)
  let square = t * t
  let g = fma(high, square * square * t, low)
  let below = fma(x, x, g)
  return select(z .<= 0, below, -2.0 * log1p(-exp(below * -0.5)))
}
