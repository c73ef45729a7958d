/// What an indicator gives a step: one number for each of its output columns.
package protocol IndicatorFigures {
  associatedtype Number: IndicatorNumber
  /// The number of output columns.
  static var count: Int { get }
  /// The figure of an output column.
  subscript(output: Int) -> Number { get }
}

/// One output column.
struct Single<Number: IndicatorNumber>: IndicatorFigures {
  let value: Number

  @inline(__always)
  init(_ value: Number) { self.value = value }

  static var count: Int { 1 }
  @inline(__always)
  subscript(output: Int) -> Number { value }
}

/// Two output columns.
struct Pair<Number: IndicatorNumber>: IndicatorFigures {
  let first, second: Number

  @inline(__always)
  init(_ first: Number, _ second: Number) {
    self.first = first
    self.second = second
  }

  static var count: Int { 2 }
  @inline(__always)
  subscript(output: Int) -> Number { output == 0 ? first : second }
}

/// Three output columns.
struct Triple<Number: IndicatorNumber>: IndicatorFigures {
  let first, second, third: Number

  @inline(__always)
  init(_ first: Number, _ second: Number, _ third: Number) {
    self.first = first
    self.second = second
    self.third = third
  }

  static var count: Int { 3 }
  @inline(__always)
  subscript(output: Int) -> Number { output == 0 ? first : output == 1 ? second : third }
}
