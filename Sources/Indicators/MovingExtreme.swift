/// Which of two values is kept: the larger or the smaller.
protocol Extreme {
  static func of<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number
  /// Whether `a` is strictly beyond `b`.
  static func isBeyond<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number.Truth
}

/// The larger.
enum Highest: Extreme {
  @inline(__always)
  static func of<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number { max(a, b) }
  @inline(__always)
  static func isBeyond<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number.Truth { a .> b }
}

/// The smaller.
enum Lowest: Extreme {
  @inline(__always)
  static func of<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number { min(a, b) }
  @inline(__always)
  static func isBeyond<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number.Truth { a .< b }
}

/// The largest or smallest of the last n values.
///
/// Time is cut into blocks of n. A window is the end of one block and the beginning of the next: its extreme is that of
/// the end, made for all ends at once when the block is full, and that of the block so far. Three comparisons a step on
/// average, whatever the values are: the same in one lane and in many, where a queue of candidates would branch.
///
/// Source: van Herk (1992), Pattern Recognition Letters 13(7); Gil & Werman (1993), IEEE TPAMI 15(5).
struct MovingExtreme<Number: IndicatorNumber, Kind: Extreme>: ~Copyable {
  /// Values of this block before `position`; from there on, extremes of the last block from that value to its end.
  private let ring: Ring<Number>
  private let period: Int
  private var position = 0
  private var block = Number.zero
  private var isFull = false

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int) {
    self.period = period
    ring = Ring(period)
  }

  /// Takes a value.
  ///
  /// - Returns: the extreme of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    ring[position] = value
    block = position == 0 ? value : Kind.of(value, block)
    position &+= 1
    if position == period { return endBlock() }
    return isFull ? Kind.of(block, ring[position]) : nil
  }

  @inline(__always)
  private mutating func endBlock() -> Number {
    var index = period &- 1
    var extreme = ring[index]
    while index > 1 {
      index &-= 1
      extreme = Kind.of(extreme, ring[index])
      ring[index] = extreme
    }
    position = 0
    isFull = true
    return block
  }
}
