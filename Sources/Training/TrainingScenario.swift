import Documents
import Markets

/// A scenario among those that an agent is trained on: on each episode one is drawn by weight, and one of its severities.
package struct TrainingScenario: Sendable, Hashable {
  /// The file, relative to the training document.
  package let file: String
  /// How likely it is, relative to the others; above 0.
  package let weight: Double
  /// The severities, each as likely as the next.
  package let severities: [Double]

  /// The fields in documents.
  package static let form = Form(
    Field("file", .filePath, "the scenario, relative to this file"),
    Field("weight", .number(in: .above(0, atMost: 1e9)), default: 1, "how likely it is, relative to the others"),
    Field(
      "severities", .list(.number(.factor, in: .between(0, Market.largestSeverity)), count: 1...64), default: [1],
      "severities of its events, each as likely as the next; one that stands here twice is twice as likely"),
    make: TrainingScenario.init)
}
