import Foundation
import Lanes

#if arch(x86_64)
  /// What references are computed in: 64 bits of mantissa, so that our own last bit can be judged.
  typealias Wide = Float80
#else
  typealias Wide = Double
#endif

/// The distance of `found` from `expected` in units of the last place of a `Double` near `expected`; 0 for equal
/// infinities and two NaNs, infinite where only one is finite.
func ulps(_ found: Double, from expected: Wide) -> Double {
  let rounded = Double(expected)
  if found.isNaN && rounded.isNaN { return 0 }
  if found == rounded { return Double(abs(Wide(found) - expected) / Wide(rounded.ulp)).isNaN ? 0 : error() }
  guard found.isFinite && rounded.isFinite else { return .infinity }
  return error()

  func error() -> Double { Double(abs(Wide(found) - expected) / Wide(rounded.ulp)) }
}

/// Calls `body` with eight points at a time, `count` points evenly from `low` to `high`.
func sweep(_ low: Double, _ high: Double, count: Int = 200_000, _ body: (Lanes) -> Void) {
  let step = (high - low) / Double(count - 1)
  for first in stride(from: 0, to: count, by: Lanes.count) {
    body(Lanes { lane in Swift.min(high, low + Double(first + lane) * step) })
  }
}

/// Calls `body` with eight points at a time, `count` points evenly in their logarithms from `low` to `high`.
func logarithmicSweep(_ low: Double, _ high: Double, count: Int = 200_000, _ body: (Lanes) -> Void) {
  sweep(Foundation.log(low), Foundation.log(high), count: count) { x in
    body(Lanes { lane in Swift.min(high, Swift.max(low, Foundation.exp(x[lane]))) })
  }
}

/// The largest error, in ulps, of a function of lanes against a scalar reference, over points given eight at a time.
func largestError(
  of function: @escaping (Lanes) -> Lanes, against reference: @escaping (Wide) -> Wide,
  over points: (@escaping (Lanes) -> Void) -> Void
) -> (ulps: Double, at: Double) {
  var largest = (ulps: 0.0, at: Double.nan)
  points { x in
    let y = function(x)
    for lane in 0..<Lanes.count {
      let error = ulps(y[lane], from: reference(Wide(x[lane])))
      if !(error <= largest.ulps) { largest = (error, x[lane]) }
    }
  }
  return largest
}
