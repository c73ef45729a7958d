import Documents
import MarketData

extension DataEntry {
  /// The dataset with all that its manifests say, for programs.
  package var json: JSONValue {
    var members: [JSONMember] = [
      JSONMember("name", .string(name)), JSONMember("source", .string(source)),
      JSONMember("rawRows", rawRows.map { .integer($0) } ?? .null), JSONMember("rawBytes", .integer(rawBytes)),
      JSONMember("rawFiles", .array(rawFiles.map(\.json))), JSONMember("rawDigest", .string(rawDigest)),
      JSONMember("isCurrent", .bool(isCurrent)),
    ]
    if let processed { members.append(JSONMember("bars", processed.json)) }
    members.append(JSONMember("features", .array(features.map { $0.json(isCurrent: isCurrent($0)) })))
    return .object(members)
  }
}

extension ProcessedManifest {
  fileprivate var json: JSONValue {
    [
      "assets": .array(assets.map { .string($0) }), "rows": .integer(rows),
      "first": .string(Timestamp.text(milliseconds: first)), "last": .string(Timestamp.text(milliseconds: last)),
      "stepSeconds": step.map { .number(Double($0) / 1000) } ?? .null,
      "gaps": .array(gaps.map { .string($0) }), "splits": .array(splits.map { .string($0) }),
      "changes": .array(changes.map { .string($0) }), "findings": findings?.json ?? .null, "sha256": .string(sha256),
    ]
  }
}

extension FeatureVersion {
  fileprivate func json(isCurrent: Bool) -> JSONValue {
    [
      "set": .string(set), "version": .integer(number), "rows": .integer(rows),
      "columns": .array(columns.map { .string($0) }), "format": .string(format),
      "file": .string(file), "madeFrom": .string(madeFrom), "isCurrent": .bool(isCurrent), "sha256": .string(sha256),
    ]
  }
}
