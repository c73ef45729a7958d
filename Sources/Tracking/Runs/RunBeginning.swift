import Digests
import Documents
import Foundation

/// What is known of a run when it begins.
package struct RunBeginning: Sendable {
  /// What runs.
  package let kind: RunRecord.Kind
  /// For people.
  package let name: String
  /// As `RunRecord.identity` has it.
  package let identity: String
  /// Under what MLflow keeps it.
  package let experiment: String
  /// What it was asked to do.
  package let parameters: [String: String]
  /// What it is searched by.
  package let tags: [String: String]
  /// What it rests on; asked for on the thread that keeps the record, since files are hashed for it.
  package let datasets: @Sendable () -> [Dataset]
  /// Whether it goes on where an earlier one of the same identity stopped, in that one's record.
  package let isResumed: Bool
  /// When it begins, in milliseconds since 1970.
  package let start: Int64

  /// A run that begins.
  package init(
    _ kind: RunRecord.Kind, name: String, identity: String, experiment: String, parameters: [String: String],
    tags: [String: String], datasets: @escaping @Sendable () -> [Dataset] = { [] }, isResumed: Bool, start: Int64
  ) {
    (self.kind, self.name, self.identity, self.experiment) = (kind, name, identity, experiment)
    (self.parameters, self.tags, self.datasets) = (parameters, tags, datasets)
    (self.isResumed, self.start) = (isResumed, start)
  }

  /// The identity of what is made in a folder: where it lies as seen from the record, so that both may be moved together, and
  /// what it follows from.
  package static func identity(folder: String, from tracking: TrackingFolder, fingerprint: String) -> String {
    func parts(_ path: String) -> ArraySlice<String> {
      URL(fileURLWithPath: path).standardizedFileURL.pathComponents[...]
    }
    var (from, to) = (parts(tracking.path), parts(folder))
    while let first = from.first, first == to.first { (from, to) = (from.dropFirst(), to.dropFirst()) }
    let place = (from.map { _ in ".." } + to).joined(separator: "/")
    return Digest.sha256(Array("\(place)\n\(fingerprint)".utf8))
  }
}

/// How a run came to its end.
package struct RunEnding: Sendable {
  /// How it stands.
  package var status: RunStatus
  /// When, in milliseconds since 1970.
  package var time: Int64
  /// All of its figures, also those that were told while it went on.
  package var metrics: [MetricPoint]
  /// Tags that its end adds, such as a verdict.
  package var tags: [String: String]
  /// What it has made, where its record names it and where it lies.
  package var files: [(path: String, file: String)]
  /// Its parts, of which each is a run of its own.
  package var parts: [Part]
  /// What it rests on, as far as its beginning did not say.
  package var datasets: [Dataset]

  /// A part of a run: a desk or a trial.
  package struct Part: Sendable {
    package let kind: RunRecord.Kind
    package let name: String
    package let parameters: [String: String]
    package let tags: [String: String]
    package let metrics: [MetricPoint]

    /// A part with its figures.
    package init(
      _ kind: RunRecord.Kind = .desk, name: String, parameters: [String: String], tags: [String: String],
      metrics: [MetricPoint]
    ) {
      self.kind = kind
      (self.name, self.parameters, self.tags, self.metrics) = (name, parameters, tags, metrics)
    }
  }

  /// An end.
  package init(
    _ status: RunStatus, time: Int64, metrics: [MetricPoint] = [], tags: [String: String] = [:],
    files: [(path: String, file: String)] = [], parts: [Part] = [], datasets: [Dataset] = []
  ) {
    (self.status, self.time, self.metrics, self.tags) = (status, time, metrics, tags)
    (self.files, self.parts, self.datasets) = (files, parts, datasets)
  }
}
