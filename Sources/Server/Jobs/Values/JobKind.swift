/// What a job does.
package enum JobKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// `stresslab run`.
  case run
  /// `stresslab train`.
  case training
  /// `stresslab tune`.
  case search
  /// `stresslab collect`.
  case collection
  /// `stresslab features`.
  case features
  /// `stresslab agents compare`.
  case comparison
  /// `stresslab agents promote`.
  case promotion

  /// Whether its command tells what it does as it goes, in a file of events.
  package var tellsEvents: Bool {
    switch self {
    case .run, .training, .search, .collection: true
    case .features, .comparison, .promotion: false
    }
  }
}
