import Documents

extension RunRecord {
  /// The run with all that is on record of it, for programs; what is not finite is null.
  ///
  /// - Parameter parts: its desks or trials, where they are wanted.
  package func json(_ details: RunDetails, parts: [(RunRecord, RunDetails)]? = nil) -> JSONValue {
    func texts(_ values: [String: String]) -> JSONValue { .sorted(values.mapValues { .string($0) }) }
    var members = [
      JSONMember("run", .string(id)), JSONMember("kind", .string(kind.rawValue)),
      JSONMember("name", .string(name)), JSONMember("status", .string(status.rawValue)),
      JSONMember("parent", parent.map { .string($0) } ?? .null), JSONMember("began", .string(RecordTime.text(start))),
      JSONMember("ended", end.map { .string(RecordTime.text($0)) } ?? .null),
      JSONMember("parameters", texts(details.parameters)), JSONMember("tags", texts(details.tags)),
      JSONMember("metrics", .sorted(details.latest.mapValues { .number($0.value) })),
      JSONMember("datasets", .array(details.datasets.map(\.json))),
      JSONMember("artefacts", .array(details.artefacts.map(\.json))),
    ]
    if let parts, !parts.isEmpty {
      let word = kind == .search ? "trials" : "desks"
      members.append(JSONMember(word, .array(parts.map { $0.json($1) })))
    }
    return .object(members)
  }
}

extension Dataset {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "source": .string(source), "sha256": .string(digest), "context": .string(context),
    ]
  }
}

extension Artefact {
  fileprivate var json: JSONValue {
    ["path": .string(path), "file": .string(file), "sha256": .string(sha256), "bytes": .integer(bytes)]
  }
}
