import Foundation

/// Round values for an axis: multiples of 1, 2, 2.5 or 5 times a power of ten.
package struct NiceTicks: Sendable, Hashable {
  /// The values, ascending, all inside the range that was asked for.
  package let values: [Double]
  /// How many decimals tell the values apart and show each in full.
  package let decimals: Int

  /// Between four and six round values inside `range` where it allows that many (three at least); `most` bounds them.
  ///
  /// The finest step that gives no more than `most` values is taken. A range of a single value gives that value.
  package static func linear(_ range: ClosedRange<Double>, most: Int = 6) -> NiceTicks {
    let width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite else { return NiceTicks(values: [range.lowerBound], decimals: 0) }
    var power = Int(floor(log10(max(width / Double(max(most, 1)), .leastNormalMagnitude)))) - 1
    while true {
      for (mantissa, extra) in [(1.0, 0), (2.0, 0), (2.5, 1), (5.0, 0)] {
        let first = ceil(range.lowerBound / (mantissa * pow(10, Double(power))) - 1e-9)
        let last = floor(range.upperBound / (mantissa * pow(10, Double(power))) + 1e-9)
        // Of extreme ranges the count is beyond any whole number, or none while a power is out of reach.
        if last - first + 1 <= Double(max(most, 1)) {
          let values = stride(from: first, through: last, by: 1).map { scaled($0 * mantissa, by: power) }
          return NiceTicks(values: values, decimals: max(0, extra - power))
        }
      }
      power += 1
    }
  }

  /// `number` times a power of ten, exact where the power is negative (a product with 0.1 would not be).
  private static func scaled(_ number: Double, by power: Int) -> Double {
    let value = power < 0 ? number / pow(10, Double(-power)) : number * pow(10, Double(power))
    return value == 0 ? 0 : value
  }

  /// Values 1, 2 and 5 times powers of ten (or powers of ten alone, when those are already enough) inside a positive
  /// range; where fewer than three fall inside, the linear ticks of the range.
  package static func logarithmic(_ range: ClosedRange<Double>, most: Int = 6) -> NiceTicks {
    guard range.lowerBound > 0, range.upperBound.isFinite else { return linear(range, most: most) }
    let first = Int(floor(log10(range.lowerBound))), last = Int(ceil(log10(range.upperBound)))
    let inside = { (value: Double) in
      value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9)
    }
    for mantissas in [[1.0, 2, 5], [1.0, 3], [1.0]] {
      let values = (first...last).flatMap { power in mantissas.map { scaled($0, by: power) } }.filter(inside)
      if values.count < 3 { break }
      if values.count <= most { return NiceTicks(values: values, decimals: max(0, -first)) }
    }
    let decades = stride(from: first, through: last, by: max(1, (last - first + most - 1) / most))
      .map { scaled(1, by: $0) }.filter(inside)
    if decades.count >= 3 { return NiceTicks(values: decades, decimals: max(0, -first)) }
    return linear(range, most: most)
  }
}
