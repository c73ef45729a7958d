import Documents
import Lab

extension ModelStore {
  /// A version for programs.
  package func json(of version: ModelVersion) -> JSONValue {
    [
      "name": .string(version.name), "version": .integer(version.version),
      "aliases": .array(version.aliases.map { .string($0) }), "sha256": .string(version.sha256),
      "weights": .string(version.weights), "folder": .string(place(of: version)),
      "added": .string(RecordTime.text(version.time)), "run": version.run.map { .string($0) } ?? .null,
      "documents": version.documents.map { .string($0) } ?? .null,
      "validation": version.validation.map { .string($0) } ?? .null,
    ]
  }

  /// The same with all that is known of it: what it was trained on, stress results, checks and decisions.
  package func wholeJSON(of version: ModelVersion) throws(StoreProblem) -> JSONValue {
    guard case .object(let members) = json(of: version) else { return .null }
    let details = try details(of: version)
    let results = try results(of: version).map { result -> JSONValue in
      [
        "run": .string(result.run), "study": .string(result.study), "desk": .string(result.desk),
        "survival": .number(result.survival ?? .nan), "low": .number(result.low ?? .nan),
        "high": .number(result.high ?? .nan),
      ]
    }
    let decisions = try decisions(on: version).map { decision -> JSONValue in
      [
        "alias": .string(decision.alias), "time": .string(RecordTime.text(decision.time)),
        "isForced": .bool(decision.isForced), "reason": .string(decision.reason),
      ]
    }
    let checks = try checks(of: version).map { check -> JSONValue in
      [
        "study": .string(check.study), "champion": .integer(check.champion),
        "time": .string(RecordTime.text(check.time)), "isWorse": .bool(check.isWorse),
        "verdict": .string(check.verdict),
      ]
    }
    let datasets = details.datasets.map { dataset -> JSONValue in
      ["source": .string(dataset.source), "sha256": .string(dataset.digest), "context": .string(dataset.context)]
    }
    return .object(
      members + [
        JSONMember("trainedOn", .array(datasets)), JSONMember("results", .array(results)),
        JSONMember("checks", .array(checks)), JSONMember("decisions", .array(decisions)),
      ])
  }

  /// Comparisons in which a version was judged.
  package func checks(of version: ModelVersion) throws(StoreProblem) -> [ModelCheck] {
    try checks(of: version.name).filter { $0.version == version.version }
  }

  /// Why a version got its aliases, the newest first.
  package func decisions(on version: ModelVersion) throws(StoreProblem) -> [ModelDecision] {
    try decisions(on: version.name).filter { $0.version == version.version }
  }

  /// What is on record of the run that made a version; nothing where none is.
  package func details(of version: ModelVersion) throws(StoreProblem) -> RunDetails {
    guard let run = version.run, let store = try TrackingStore.read(folder) else { return RunDetails() }
    let details = try store.details(of: run)
    try store.close()
    return details
  }
}
