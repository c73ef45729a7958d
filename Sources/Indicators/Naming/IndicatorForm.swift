import Documents

/// What an indicator is called and what it takes and gives.
package struct IndicatorForm: Sendable {
  /// A column of bars.
  package enum Input: String, Sendable, Hashable, CaseIterable {
    case open, high, low, close, volume
  }

  /// TA-Lib's name, such as `SMA`.
  package let name: String
  /// What it is, in one line.
  package let summary: String
  /// What it reads of a bar.
  package let inputs: [Input]
  /// Its parameters, in TA-Lib's order.
  package let parameters: [IndicatorParameter]
  /// The names of its output columns, such as `signal`; the empty name is the one that the indicator is called after.
  package let outputs: [String]
  private let bars: @Sendable (IndicatorParameters) -> Int

  /// A form.
  ///
  /// - Parameter lookBack: the bars before the first that has figures.
  init(
    _ name: String, _ summary: String, _ inputs: [Input], _ parameters: [IndicatorParameter] = [],
    outputs: [String] = [""], lookBack: @escaping @Sendable (IndicatorParameters) -> Int
  ) {
    self.name = name
    self.summary = summary
    self.inputs = inputs
    self.parameters = parameters
    self.outputs = outputs
    bars = lookBack
  }

  /// The bars before the first that has figures.
  package func lookBack(_ parameters: IndicatorParameters) -> Int { bars(parameters) }

  /// The words that parameters from one on may be written as.
  func words(from index: Int) -> [String] {
    parameters.dropFirst(index).flatMap { parameter in
      if case .word(let words) = parameter.kind { words } else { [] as [String] }
    }
  }

  /// The parameters that are taken when none are given.
  package var standard: IndicatorParameters { IndicatorParameters(checked: parameters.map(\.standard)) }

  /// Parameters from numbers: missing ones at the end take their defaults.
  ///
  /// - Throws: that there are too many, or that one is outside its range.
  package func parameters(_ values: [Double]) throws(IndicatorColumnError) -> IndicatorParameters {
    guard values.count <= parameters.count else {
      throw .tooManyParameters(name: name, found: values.count, known: parameters.map(\.name))
    }
    for (parameter, value) in zip(parameters, values) {
      let found = value.isFinite ? JSONWriter.number(value) : "\(value)"
      if let complaint = parameter.complaint(about: value, found: found) {
        throw .illegalParameter(name: name, parameter: parameter.name, complaint: complaint)
      }
    }
    return IndicatorParameters(checked: values + parameters.dropFirst(values.count).map(\.standard))
  }
}
