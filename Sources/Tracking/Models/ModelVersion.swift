/// A version of a model in the store.
package struct ModelVersion: Sendable, Hashable {
  /// The model.
  package let name: String
  /// Its number, from 1; that of one that was removed is not given again.
  package let version: Int
  /// As `AgentFiles.sha256` has it.
  package let sha256: String
  /// SHA-256 of the network's weights.
  package let weights: String
  /// The run that made it; nil where that is not on record.
  package let run: String?
  /// SHA-256 of the documents that it was trained by; nil likewise.
  package let documents: String?
  /// What it came to on validation paths, in words; nil likewise.
  package let validation: String?
  /// When it was put here, in milliseconds since 1970.
  package let time: Int64
  /// What it is called beside its number.
  package let aliases: [String]

  /// As people name it.
  package var title: String { "\(name):\(version)" }
}

/// Why a version got an alias.
package struct ModelDecision: Sendable, Hashable {
  /// The version.
  package let version: Int
  /// The alias.
  package let alias: String
  /// When, in milliseconds since 1970.
  package let time: Int64
  /// Whether it was given against the gate.
  package let isForced: Bool
  /// In words.
  package let reason: String
}

/// What became of a version in a tracked run.
package struct ModelResult: Sendable, Hashable {
  /// The run.
  package let run: String
  /// The study.
  package let study: String
  /// The desk: scenario, severity, agent, risk profile.
  package let desk: String
  /// The share of paths that it survived; nil where that is not known.
  package let survival: Double?
  /// Lower and upper end of its interval; nil likewise.
  package let low: Double?
  package let high: Double?
}
