/// What an indicator computes with: `Double` is one lane, `Lanes` eight.
///
/// The same operations in the same order on both, each rounded once: no fused multiply-add, no function of the C
/// library. So one lane and many lanes are equal bit for bit, on every machine.
package protocol IndicatorNumber: Sendable {
  /// What a comparison gives: `Bool` or `Mask`.
  associatedtype Truth: IndicatorTruth

  /// The same number in every lane.
  init(_ number: Double)

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static func + (a: Self, b: Double) -> Self
  static func - (a: Self, b: Double) -> Self
  static func * (a: Self, b: Double) -> Self
  static func / (a: Self, b: Double) -> Self
  static func * (a: Double, b: Self) -> Self
  static func - (a: Double, b: Self) -> Self
  static func / (a: Double, b: Self) -> Self
  static prefix func - (a: Self) -> Self
  static func += (a: inout Self, b: Self)
  static func -= (a: inout Self, b: Self)

  /// Whether a < b; no where either is NaN.
  static func .< (a: Self, b: Self) -> Truth
  /// Whether a ≤ b; no where either is NaN.
  static func .<= (a: Self, b: Self) -> Truth
  /// Whether a > b; no where either is NaN.
  static func .> (a: Self, b: Self) -> Truth
  /// Whether a ≥ b; no where either is NaN.
  static func .>= (a: Self, b: Self) -> Truth
  /// Whether a = b; no where either is NaN.
  static func .== (a: Self, b: Self) -> Truth

  /// `a` where the answer is yes, `b` where it is no.
  static func choose(_ truth: Truth, _ a: Self, _ b: Self) -> Self
  /// The smaller of the two; `b` where they are equal or either is NaN.
  static func smaller(_ a: Self, _ b: Self) -> Self
  /// The larger of the two; `b` where they are equal or either is NaN.
  static func larger(_ a: Self, _ b: Self) -> Self
  /// The absolute value.
  static func absolute(_ a: Self) -> Self
  /// The square root; NaN below zero.
  static func root(_ a: Self) -> Self
  /// The largest whole number that is not above.
  static func whole(_ a: Self) -> Self
  /// In each lane the number at an index of its own: a whole number that lies among the numbers.
  static func pick(_ numbers: UnsafeMutablePointer<Self>, _ index: Self) -> Self
}

/// A yes or no in each lane.
package protocol IndicatorTruth: Sendable {
  /// Yes where both say yes.
  static func both(_ a: Self, _ b: Self) -> Self
  /// Yes where one of them, or both, says yes.
  static func either(_ a: Self, _ b: Self) -> Self
  /// Yes where it says no.
  static func not(_ a: Self) -> Self
}

// The operations as they read in formulas.

/// `a` where the answer is yes, `b` where it is no.
@inline(__always)
func select<Number: IndicatorNumber>(_ truth: Number.Truth, _ a: Number, _ b: Number) -> Number {
  Number.choose(truth, a, b)
}

/// The smaller of the two; `b` where they are equal.
@inline(__always)
func min<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number { Number.smaller(a, b) }

/// The larger of the two; `b` where they are equal.
@inline(__always)
func max<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number { Number.larger(a, b) }

/// The absolute value.
@inline(__always)
func abs<Number: IndicatorNumber>(_ a: Number) -> Number { Number.absolute(a) }

/// The square root; NaN below zero.
@inline(__always)
func sqrt<Number: IndicatorNumber>(_ a: Number) -> Number { Number.root(a) }

extension IndicatorTruth {
  /// Yes where both say yes.
  @inline(__always)
  static func & (a: Self, b: Self) -> Self { both(a, b) }

  /// Yes where either says yes.
  @inline(__always)
  static func | (a: Self, b: Self) -> Self { either(a, b) }

  /// Yes where it says no.
  @inline(__always)
  static prefix func ! (a: Self) -> Self { not(a) }
}

extension IndicatorNumber {
  /// 0 in every lane.
  @inline(__always)
  static var zero: Self { Self(0) }

  /// Not a number in every lane.
  @inline(__always)
  static var nan: Self { Self(Double.nan) }

  /// Whether it is less than one number.
  @inline(__always)
  static func .< (a: Self, b: Double) -> Truth { a .< Self(b) }

  /// Whether it is greater than one number.
  @inline(__always)
  static func .> (a: Self, b: Double) -> Truth { a .> Self(b) }

  /// Whether it equals one number.
  @inline(__always)
  static func .== (a: Self, b: Double) -> Truth { a .== Self(b) }

  /// Whether it is at most one number.
  @inline(__always)
  static func .<= (a: Self, b: Double) -> Truth { a .<= Self(b) }

  /// Whether it is at least one number.
  @inline(__always)
  static func .>= (a: Self, b: Double) -> Truth { a .>= Self(b) }
}
