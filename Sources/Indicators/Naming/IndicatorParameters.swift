/// The parameters of an indicator, checked against its form: as many as it has, each in its range.
package struct IndicatorParameters: Sendable, Hashable {
  /// The values in the order of the form; a choice is the number of its word.
  package let values: [Double]

  init(checked values: [Double]) { self.values = values }

  /// A parameter that is a number.
  package subscript(index: Int) -> Double { values[index] }

  /// A parameter that is a whole number, such as a period.
  package func whole(_ index: Int) -> Int { Int(values[index]) }
}
