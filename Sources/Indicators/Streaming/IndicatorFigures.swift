/// What an indicator gives a step: one number for each of its output columns; `nil`, in which all are NaN, in the look-back.
///
/// Not an `Optional` of the numbers: Swift 6.3 hands on what is in one as integers of 64 bits, for three vectors 24 of
/// them, through memory.
package protocol IndicatorFigures: ExpressibleByNilLiteral {
  /// What a figure is: `Double` for one lane, `Lanes` for eight.
  associatedtype Number: IndicatorNumber
  /// The number of output columns.
  static var count: Int { get }
  /// Whether there are figures: not so in the look-back.
  var areKnown: Bool { get }
  /// The figure of an output column.
  subscript(output: Int) -> Number { get }
}

/// One output column.
struct Single<Number: IndicatorNumber>: IndicatorFigures {
  let value: Number
  let areKnown: Bool

  @inline(__always)
  init(_ value: Number) {
    self.value = value
    areKnown = true
  }

  @inline(__always)
  init(nilLiteral: ()) {
    value = .nan
    areKnown = false
  }

  static var count: Int { 1 }
  @inline(__always)
  subscript(output: Int) -> Number { value }
}

/// Two output columns.
struct Pair<Number: IndicatorNumber>: IndicatorFigures {
  let first, second: Number
  let areKnown: Bool

  @inline(__always)
  init(_ first: Number, _ second: Number) {
    self.first = first
    self.second = second
    areKnown = true
  }

  @inline(__always)
  init(nilLiteral: ()) {
    first = .nan
    second = .nan
    areKnown = false
  }

  static var count: Int { 2 }
  @inline(__always)
  subscript(output: Int) -> Number { output == 0 ? first : second }
}

/// Three output columns.
struct Triple<Number: IndicatorNumber>: IndicatorFigures {
  let first, second, third: Number
  let areKnown: Bool

  @inline(__always)
  init(_ first: Number, _ second: Number, _ third: Number) {
    self.first = first
    self.second = second
    self.third = third
    areKnown = true
  }

  @inline(__always)
  init(nilLiteral: ()) {
    first = .nan
    second = .nan
    third = .nan
    areKnown = false
  }

  static var count: Int { 3 }
  @inline(__always)
  subscript(output: Int) -> Number { output == 0 ? first : output == 1 ? second : third }
}
