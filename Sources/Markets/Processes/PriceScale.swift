import Lanes

/// How the price of an asset follows from the number that its process, and the events that move it, make of it: S₀·eˣ, or
/// S₀·(1 + x) where it may come to be negative.
///
/// Of a price that may be 0 no fraction means anything: what is counted in such elsewhere, from spreads to weights, counts on
/// the starting price then (docs/definitions.md).
@frozen @usableFromInline
package struct PriceScale: Sendable, Hashable {
  /// In what moves count.
  package enum Kind: Sendable, Hashable {
    /// Log price over that at t = 0: factors of price, which stays above 0.
    case logarithmic
    /// Starting prices over that at t = 0: amounts of money, and any price.
    case arithmetic
  }

  /// The price at t = 0, above 0.
  @usableFromInline package let start: Double
  /// Whether the price may come to be negative.
  @usableFromInline package let isArithmetic: Bool

  /// The scale of an asset that starts at a price.
  package init(_ kind: Kind, start: Double) {
    self.start = start
    isArithmetic = kind == .arithmetic
  }

  /// The price that a unit counts as in spread, impact, fees, margin and weights: the starting price; nil where it is the price
  /// itself.
  @inlinable @inline(__always)
  package var reference: Double? { isArithmetic ? start : nil }

  /// The price at x.
  func price(at place: Lanes) -> Lanes { isArithmetic ? fma(place, start, start) : start * exp(place) }

  /// The x of a price.
  func place(of price: Lanes) -> Lanes { isArithmetic ? price / start - 1 : log(price / start) }

  /// A price after a move from it.
  func price(_ price: Lanes, movedBy move: Lanes) -> Lanes {
    isArithmetic ? fma(move, start, price) : price * exp(move)
  }

  /// The move from one price to another: ln(b/a), or (b − a)/S₀.
  package func move(from first: Lanes, to second: Lanes) -> Lanes {
    isArithmetic ? (second - first) * (1 / start) : log(second / first)
  }

  /// The same of one path.
  package func move(from first: Double, to second: Double) -> Double { move(from: Lanes(first), to: Lanes(second))[0] }
}
