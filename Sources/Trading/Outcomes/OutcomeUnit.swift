/// What a column of the outcome row is measured in.
package enum OutcomeUnit: Sendable, Hashable {
  case number, quoteCurrency
  /// A fraction of the running peak.
  case drawdown
  /// A step, counted from t = 0; −1 is never.
  case step
  /// A number of steps.
  case steps
  /// A number that stands for a name, from 0 on.
  case code([String])

  /// For the documentation of the store.
  package var text: String {
    switch self {
    case .number: "number"
    case .quoteCurrency: "quote currency"
    case .drawdown: "fraction of the running peak"
    case .step: "step, -1 is never"
    case .steps: "steps"
    case .code(let names): names.enumerated().map { "\($0) \($1)" }.joined(separator: ", ")
    }
  }
}
