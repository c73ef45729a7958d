import Documents
import Glibc
import Lab
import Tracking

/// Versions of models, for people and for programs.
struct ModelListing {
  private let models: ModelStore

  init(_ models: ModelStore) { self.models = models }

  /// A line for each version.
  func table(_ versions: [ModelVersion]) -> String {
    let rows = versions.map { version in
      [
        version.title, version.aliases.joined(separator: ", "), RunListing.date(version.time),
        String(version.sha256.prefix(12)), version.validation ?? "",
      ]
    }
    return Headline.aligned(rows, Ink(.never, on: STDOUT_FILENO)).joined(separator: "\n")
  }

  /// A version as JSON.
  func json(_ version: ModelVersion) -> JSONValue {
    [
      "name": .string(version.name), "version": .integer(version.version),
      "aliases": .array(version.aliases.map { .string($0) }), "sha256": .string(version.sha256),
      "weights": .string(version.weights), "folder": .string(models.place(of: version)),
      "added": .string(RunListing.date(version.time)), "run": version.run.map { .string($0) } ?? .null,
      "documents": version.documents.map { .string($0) } ?? .null,
      "validation": version.validation.map { .string($0) } ?? .null,
    ]
  }

  /// The same with all that is known of it.
  func wholeJSON(_ version: ModelVersion) throws -> JSONValue {
    guard case .object(let members) = json(version) else { return .null }
    let details = try details(version)
    let results = try models.results(of: version).map { result -> JSONValue in
      [
        "run": .string(result.run), "study": .string(result.study), "desk": .string(result.desk),
        "survival": .number(result.survival ?? .nan), "low": .number(result.low ?? .nan),
        "high": .number(result.high ?? .nan),
      ]
    }
    let decisions = try models.decisions(on: version.name).filter { $0.version == version.version }.map {
      decision -> JSONValue in
      [
        "alias": .string(decision.alias), "time": .string(RunListing.date(decision.time)),
        "isForced": .bool(decision.isForced), "reason": .string(decision.reason),
      ]
    }
    let checks = try checks(of: version).map { check -> JSONValue in
      [
        "study": .string(check.study), "champion": .integer(check.champion),
        "time": .string(RunListing.date(check.time)), "isWorse": .bool(check.isWorse),
        "verdict": .string(check.verdict),
      ]
    }
    return .object(
      members + [
        JSONMember(
          "trainedOn",
          .array(
            details.datasets.map {
              ["source": .string($0.source), "sha256": .string($0.digest), "context": .string($0.context)]
            })), JSONMember("results", .array(results)), JSONMember("checks", .array(checks)),
        JSONMember("decisions", .array(decisions)),
      ])
  }

  /// All that is known of a version.
  func text(_ version: ModelVersion) throws -> String {
    var lines = [
      "\(version.title)\(version.aliases.isEmpty ? "" : ", \(version.aliases.joined(separator: ", "))")",
      "  folder      \(models.place(of: version))", "  sha256      \(version.sha256)",
      "  added       \(RunListing.date(version.time))",
    ]
    if let run = version.run { lines.append("  made by run \(run)") }
    if let documents = version.documents { lines.append("  documents   \(documents)") }
    lines.append("  validation  \(version.validation ?? "not on record")")
    func block(_ title: String, _ rows: [[String]]) {
      guard !rows.isEmpty else { return }
      lines.append(title)
      lines += Headline.aligned(rows, Ink(.never, on: STDOUT_FILENO)).map { "  \($0)" }
    }
    block(
      "trained on", try details(version).datasets.map { [$0.context, $0.source, String($0.digest.prefix(12))] })
    func figure(_ value: Double?) -> String { value.map { RunListing.number($0, digits: 4) } ?? "–" }
    block(
      "stress results",
      try models.results(of: version).map { result in
        [
          result.study, result.desk,
          "survival \(figure(result.survival)) [\(figure(result.low)), \(figure(result.high))]",
          String(result.run.prefix(8)),
        ]
      })
    block(
      "checks",
      try checks(of: version).map { check in
        [
          RunListing.date(check.time), check.study, "against :\(check.champion)", check.isWorse ? "worse" : "not worse",
          check.verdict,
        ]
      })
    block(
      "decisions",
      try models.decisions(on: version.name).filter { $0.version == version.version }.map { decision in
        [
          RunListing.date(decision.time), "as \(decision.alias)", decision.isForced ? "by force" : "", decision.reason,
        ]
      })
    return lines.map { PrintableText.escaped($0) }.joined(separator: "\n")
  }

  private func checks(of version: ModelVersion) throws -> [ModelCheck] {
    try models.checks(of: version.name).filter { $0.version == version.version }
  }

  private func details(_ version: ModelVersion) throws -> RunDetails {
    guard let run = version.run, let store = try TrackingStore.read(models.folder) else { return RunDetails() }
    return try store.details(of: run)
  }
}
