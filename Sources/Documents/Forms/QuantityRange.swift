/// The legal values of a number, with open or closed ends.
package struct QuantityRange: Sendable, Hashable {
  /// The lower end, or nil when there is none.
  package let lower: Double?
  /// Whether the lower end itself is legal.
  package let includesLower: Bool
  /// The upper end, or nil when there is none.
  package let upper: Double?
  /// Whether the upper end itself is legal.
  package let includesUpper: Bool

  private init(_ lower: Double?, _ includesLower: Bool, _ upper: Double?, _ includesUpper: Bool) {
    self.lower = lower
    self.includesLower = includesLower
    self.upper = upper
    self.includesUpper = includesUpper
  }

  /// Every finite number.
  package static let any = QuantityRange(nil, false, nil, false)
  /// From `low` to `high`, both legal.
  package static func between(_ low: Double, _ high: Double) -> Self { Self(low, true, high, true) }
  /// More than `low`.
  package static func above(_ low: Double) -> Self { Self(low, false, nil, false) }
  /// More than `low`, up to `high`.
  package static func above(_ low: Double, atMost high: Double) -> Self { Self(low, false, high, true) }
  /// More than `low`, less than `high`.
  package static func above(_ low: Double, below high: Double) -> Self { Self(low, false, high, false) }
  /// `low` or more.
  package static func atLeast(_ low: Double) -> Self { Self(low, true, nil, false) }
  /// `low` or more, less than `high`.
  package static func atLeast(_ low: Double, below high: Double) -> Self { Self(low, true, high, false) }
  /// `high` or less.
  package static func atMost(_ high: Double) -> Self { Self(nil, false, high, true) }
  /// Less than `high`.
  package static func below(_ high: Double) -> Self { Self(nil, false, high, false) }
}

extension QuantityRange {
  /// The range cut at ±`most` where it has no end.
  func ending(by most: Double) -> QuantityRange {
    QuantityRange(lower ?? -most, lower == nil || includesLower, upper ?? most, upper == nil || includesUpper)
  }

  /// Whether it begins above 0, without it.
  var excludesZero: Bool { lower == 0 && !includesLower }

  /// Whether a number is legal; NaN and infinities never are.
  package func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    if let lower, !(includesLower ? value >= lower : value > lower) { return false }
    if let upper, !(includesUpper ? value <= upper : value < upper) { return false }
    return true
  }

  /// The range in words: `0…1`, `above 0`, `at least 0 and below 1`; empty when everything is legal.
  package func text(_ format: (Double) -> String = JSONWriter.number) -> String {
    if let lower, let upper, includesLower, includesUpper { return "\(format(lower))…\(format(upper))" }
    let low = lower.map { "\(includesLower ? "at least" : "above") \(format($0))" }
    let high = upper.map { "\(includesUpper ? "at most" : "below") \(format($0))" }
    return [low, high].compactMap(\.self).joined(separator: " and ")
  }

  /// `1.4 is outside 0…1 (fraction of price)`, `0 is not above 0`; nil when the value is legal.
  ///
  /// - Parameter found: the value as it was written.
  package func complaint(
    about value: Double, found: String, unit: QuantityUnit = .none, format: (Double) -> String = JSONWriter.number
  ) -> String? {
    if contains(value) { return nil }
    if !value.isFinite { return "\(found) is not a finite number" }
    let closed = includesLower && includesUpper
    let unitText = unit.text.isEmpty ? "" : " (\(unit.text))"
    return "\(found) is \(closed ? "outside" : "not") \(text(format))\(unitText)"
  }
}
