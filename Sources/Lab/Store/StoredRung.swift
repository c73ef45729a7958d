/// A row of the table `rungs`: how many paths a desk lost at one severity of the ladder.
struct StoredRung: Sendable, Hashable {
  let scenario: String
  let agent: String
  let risk: String
  let severity: Double
  /// The first of the paths that were lived through.
  let firstPath: Int64
  let paths: Int
  let ruined: Int
}
