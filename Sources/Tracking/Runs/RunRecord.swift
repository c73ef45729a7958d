import Documents

/// A run on record: a training of one seed, a stress run, a search; or a part of one, a desk or a trial.
package struct RunRecord: Sendable, Hashable {
  /// What ran.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// `stresslab train` with one seed.
    case training
    /// `stresslab run`.
    case stress
    /// A desk of a stress run, whose parent that run is.
    case desk
    /// `stresslab tune`.
    case search
    /// A trial of a search, whose parent that search is.
    case trial
  }

  /// 32 hexadecimal digits; the same in every store that hears of the run.
  package let id: String
  /// What ran.
  package let kind: Kind
  /// For people: the study's or training's name, of a desk what names it.
  package let name: String
  /// How it stands.
  package let status: RunStatus
  /// The run that it is a part of; nil for one that stands for itself.
  package let parent: String?
  /// What it is a run of: the folder and a fingerprint of everything that its results follow from. A run that is resumed has
  /// the same, and goes on in the same record.
  package let identity: String
  /// Under what MLflow keeps it.
  package let experiment: String
  /// When it began, in milliseconds since 1970.
  package let start: Int64
  /// When it came to an end or was last stopped; nil while it goes on.
  package let end: Int64?
}

/// A figure of a run at a step.
package struct MetricPoint: Sendable, Hashable {
  /// What it is, such as `survival.low` or `meanReward`.
  package let key: String
  /// The figure; NaN and infinities are kept as they are.
  package let value: Double
  /// Of a training, the update; else 0.
  package let step: Int
  /// When it was found, in milliseconds since 1970.
  package let time: Int64

  /// A figure.
  package init(_ key: String, _ value: Double, step: Int = 0, time: Int64) {
    (self.key, self.value, self.step, self.time) = (key, value, step, time)
  }
}

/// Data that a run rests on.
package struct Dataset: Sendable, Hashable {
  /// What people call it: a file's name.
  package let name: String
  /// SHA-256 of its bytes, in hexadecimal.
  package let digest: String
  /// Where it lies, as the document says it.
  package let source: String
  /// What it is to the run, such as `scenario`, `data` or `agent file`.
  package let context: String

  /// What people call the data of a path: a dataset by its whole name, a file by its name and its folder's.
  static func name(of path: String) -> String {
    if path.hasPrefix(FileContents.dataPrefix) { return String(path.dropFirst(FileContents.dataPrefix.count)) }
    return path.split(separator: "/").suffix(2).joined(separator: "/")
  }

  /// A data set.
  package init(name: String, digest: String, source: String, context: String) {
    (self.name, self.digest, self.source, self.context) = (name, digest, source, context)
  }
}

/// A file that a run has made. It stays where it is: the record has its hash, not its bytes.
package struct Artefact: Sendable, Hashable {
  /// Its name in the record, such as `report/index.html`.
  package let path: String
  /// Where it lies: an absolute path.
  package let file: String
  /// SHA-256 of its bytes, in hexadecimal.
  package let sha256: String
  /// Its size.
  package let bytes: Int

  /// A file with what its bytes come to.
  package init(path: String, file: String, sha256: String, bytes: Int) {
    (self.path, self.file, self.sha256, self.bytes) = (path, file, sha256, bytes)
  }
}

/// What is on record of a run beside what names it.
package struct RunDetails: Sendable, Hashable {
  /// What it was asked to do, by name.
  package var parameters: [String: String] = [:]
  /// What it is searched by.
  package var tags: [String: String] = [:]
  /// Of each figure the one of the last step.
  package var latest: [String: MetricPoint] = [:]
  /// What it rests on.
  package var datasets: [Dataset] = []
  /// What it has made.
  package var artefacts: [Artefact] = []

  /// Nothing.
  package init() {}
}
