import Documents
import Lab
import Statistics

/// How a training is judged while it goes on: on paths of their own, by a measure, the most likely action at every close.
package struct Validation: Sendable, Hashable {
  /// Which way the measure is better.
  package enum Aim: String, Sendable, Hashable, CaseIterable {
    case most, least
  }

  /// The mean of final log wealth, floored as the reward is.
  package static let growth = "growth"

  /// Paths of each scenario and severity; at least 8.
  package let paths: Int
  /// Updates from one validation to the next.
  package let every: Int
  /// `growth`, or a measure of `stresslab list measures` that is one number.
  package let measure: String
  /// Which way it is better.
  package let aim: Aim
  /// Validations without a better one after which the training ends; nil: it goes on to its last step.
  package let patience: Int?

  /// The fields in documents.
  package static let form = Form(
    Field("paths", .integer(in: 8...1_000_000), default: 256, "paths of each scenario and severity"),
    Field("every", .integer(in: 1...1_000_000), default: 10, "updates from one validation to the next"),
    Field(
      "measure", .choice([growth] + measures.map(\.name)), default: growth,
      "what counts: growth of log wealth, or a measure of a desk that is one number"),
    Field("aim", .word(Aim.self), default: .most, "whether most or least of it is best"),
    Field(
      "patience", .optional(.integer(in: 1...1_000_000)),
      "validations without a better one after which training ends; left out: never"),
    make: Validation.init)

  /// The standard one.
  package static let standard = Validation(paths: 256, every: 10, measure: growth, aim: .most, patience: nil)

  /// The measures of a desk that are one number of how its episodes ended.
  static let measures: [any Measure] = Measures.catalogue.filter { $0.isOneNumber && !$0.isOfPerformance }

  /// Whether the measure is of carrying out orders.
  var isOfExecution: Bool { Self.measures.contains { $0.name == measure && $0.isOfExecution } }

  /// Whether a figure is better than another.
  package func isBetter(_ a: Double, than b: Double) -> Bool { aim == .most ? a > b : a < b }
}

extension Measure {
  fileprivate var isOneNumber: Bool { Value.self == Estimate.self }
}
