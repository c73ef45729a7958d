import Documents
import Markets

/// The severities at which a study asks how many paths survive, beside those at which it looks at everything.
package struct SeverityLadder: Sendable, Hashable {
  /// From 0 upwards.
  package let severities: [Double]
  /// Paths of each rung, at most: the first of the run.
  package let paths: Int
}

extension SeverityLadder {
  static let form = Form(
    Field(
      "severities",
      .made(from: .list(.number(.factor, in: .between(0, Market.largestSeverity)), count: 2...64), ascending),
      "severities of the curve, from 0 upwards"),
    Field("paths", .integer(in: 1...1_000_000_000), default: 1_000, "paths at each: the first of the run, at most"),
    make: SeverityLadder.init)

  /// A curve needs a beginning that no event moves, and rungs in order.
  private static func ascending(_ severities: [Double]) throws(FormViolation) -> [Double] {
    guard severities.first == 0 else { throw FormViolation("a ladder begins at severity 0") }
    guard zip(severities, severities.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw FormViolation("a ladder goes upwards: each severity is above the one before")
    }
    return severities
  }
}
