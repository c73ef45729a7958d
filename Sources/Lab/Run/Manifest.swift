import Digests
import Documents
import Foundation

/// What `manifest.json` says: what the results were made from, by what, and how to make them again.
struct Manifest {
  let summary: Summary
  /// The bytes of `summary.json`.
  let summaryBytes: Data

  /// The manifest as JSON; the same run gives the same bytes.
  var json: Data {
    let run = summary.run
    let files = run.files.map { file -> JSONValue in
      ["role": .string(file.role.rawValue), "name": .string(file.name), "sha256": .string(file.sha256)]
    }
    let value: JSONValue = .object([
      JSONMember("manifest", "manifest/1"),
      JSONMember("command", .string(run.command)),
      JSONMember(
        "program",
        [
          "version": .string(run.programVersion), "gitRevision": run.gitRevision.map { .string($0) } ?? .null,
          "cpuLevel": .string(run.cpuLevel), "streamVersion": .integer(run.streamVersion),
        ]),
      JSONMember("seed", .string("\(run.seed)")),
      JSONMember("firstPath", .integer(Int(run.firstPath))),
      JSONMember("paths", .integer(Int(run.paths))),
      JSONMember("inputs", .array(files)),
      JSONMember(
        "results",
        ["digest": .string(run.digest), "summarySHA256": .string(Digest.sha256(summaryBytes))]),
    ])
    return Data(JSONWriter.write(value, indented: true).utf8)
  }
}
