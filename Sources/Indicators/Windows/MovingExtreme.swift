/// Which of two values is kept: the larger or the smaller.
protocol Extreme {
  /// What every number is beyond.
  static var least: Double { get }
  /// The one that is kept.
  static func of<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number
  /// Whether `a` is strictly beyond `b`.
  static func isBeyond<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number.Truth
}

/// The larger.
enum Highest: Extreme {
  static var least: Double { -.infinity }
  @inline(__always)
  static func of<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number { max(a, b) }
  @inline(__always)
  static func isBeyond<Number: IndicatorNumber>(_ a: Number, _ b: Number) -> Number.Truth { a .> b }
}

/// The smaller.
enum Lowest: Extreme {
  static var least: Double { .infinity }
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
struct MovingExtreme<Number: IndicatorNumber, Kind: Extreme> {
  private var block = Number(Kind.least)
  /// Values of this block before `position`; from there on, extremes of the last block from that value to its end.
  private let ring: Ring<Number>
  private let period: Int
  private var position = 0
  private var waiting: Int

  /// A window of n ≥ 1 values, all still to come.
  init(_ period: Int, _ memory: inout IndicatorMemory<Number>) {
    self.period = period
    waiting = period
    // One slot more: the empty end of a block.
    ring = memory.ring(period + 1)
    ring[period] = Number(Kind.least)
  }

  /// Takes a value.
  ///
  /// - Returns: the extreme of the last n; nil before there are n.
  @inline(__always)
  mutating func next(_ value: Number) -> Number? {
    ring[position] = value
    position &+= 1
    block = Kind.of(value, block)
    let extreme = Kind.of(block, ring[position])
    if position == period { endBlock() }
    if waiting > 1 {
      waiting &-= 1
      return nil
    }
    return extreme
  }

  @inline(__always)
  private mutating func endBlock() {
    var extreme = Number(Kind.least)
    var index = period &- 1
    while index > 0 {
      extreme = Kind.of(ring[index], extreme)
      ring[index] = extreme
      index &-= 1
    }
    position = 0
    block = Number(Kind.least)
  }
}
