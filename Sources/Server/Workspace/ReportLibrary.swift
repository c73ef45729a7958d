import Documents
import Drawing
import Foundation
import Lab
import Statistics
import Threads

/// The reports of the workspace: `reports/NAME`, one level deep.
package final class ReportLibrary: Sendable {
  /// A report in a list.
  package struct Entry: Sendable {
    /// Its folder beneath `reports`.
    package let name: String
    /// What a list tells of it; nil for one that is not finished.
    package let facts: ReportList.Facts?
    /// When its summary was written, in seconds since 1970; 0 where there is none.
    package let time: Int
  }

  private let workspace: Workspace
  private let known = Locked<[String: (stamp: FileStamp, entry: Entry)]>([:])
  private let reading = Locked(())

  /// Files of a report that are served beside its page and its charts.
  private static let files: Set<String> = ["summary.json", "manifest.json"]

  /// What the pages and charts of reports may do: show themselves, with the one script that they carry.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(PageScript.sha256)'; img-src 'self' data:; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

  /// The reports of a workspace.
  package init(_ workspace: Workspace) { self.workspace = workspace }

  /// All reports, in the order of their names.
  package func entries() throws -> [Entry] {
    let entries = try workspace.folders(in: Workspace.reports).compactMap { folder -> Entry? in
      guard workspace.stamp(of: try beneath(folder, "results.sqlite")) != nil else { return nil }
      return try entry(folder: folder)
    }
    let names = Set(entries.map(\.name))
    known.withLock { known in known = known.filter { names.contains($0.key) } }
    return entries
  }

  /// A report.
  ///
  /// - Throws: a `Failure` where there is none.
  package func entry(_ name: WorkspaceName) throws -> Entry {
    guard let folder = WorkspaceName("\(Workspace.reports)/\(name)"),
      workspace.stamp(of: try beneath(folder, "results.sqlite")) != nil
    else {
      let names = workspace.folders(in: Workspace.reports).map(\.last)
      throw Failure.notFound("there is no report \(quoted("\(name)"))\(Suggestion.hint(for: "\(name)", among: names))")
    }
    return try entry(folder: folder)
  }

  private func entry(folder: WorkspaceName) throws -> Entry {
    let name = folder.words.dropFirst().joined(separator: "/")
    let file = try beneath(folder, "summary.json")
    guard let stamp = workspace.stamp(of: file) else { return Entry(name: name, facts: nil, time: 0) }
    if let entry = keptEntry(name, stamp) { return entry }
    // Summaries are large: many who ask for a new one at once wait for the first.
    return try reading.withLock { _ in
      if let entry = keptEntry(name, stamp) { return entry }
      let bytes = try workspace.read(file) ?? []
      let summary = try? JSONDecoder().decode(Summary.self, from: Data(bytes))
      let entry = Entry(name: name, facts: summary.map { ReportList.Facts($0) }, time: stamp.time)
      known.withLock { $0[name] = (stamp, entry) }
      return entry
    }
  }

  private func keptEntry(_ name: String, _ stamp: FileStamp) -> Entry? {
    known.withLock { $0[name].flatMap { $0.stamp == stamp ? $0.entry : nil } }
  }

  /// A file of a report: its summary, its manifest, its page or a chart.
  ///
  /// - Throws: a `Failure` where there is none.
  package func file(_ file: String, of name: WorkspaceName) throws -> [UInt8] {
    _ = try entry(name)
    let isServed =
      Self.files.contains(file) || file.hasSuffix(".html") || (file.hasPrefix("charts/") && file.hasSuffix(".svg"))
    guard isServed, let folder = WorkspaceName("\(Workspace.reports)/\(name)"), let place = folder.appending(file),
      let bytes = try workspace.read(place)
    else { throw Failure.notFound("\(name) has no \(file)") }
    return bytes
  }

  /// The files of a report's charts.
  package func charts(of name: WorkspaceName) throws -> [String] {
    _ = try entry(name)
    return workspace.files(in: "\(Workspace.reports)/\(name)/charts", endingIn: ".svg").map(\.last)
  }

  private func beneath(_ folder: WorkspaceName, _ file: String) throws(Failure) -> WorkspaceName {
    guard let name = folder.appending(file) else { throw Failure.notFound("there is no \(file)") }
    return name
  }
}

extension ReportLibrary.Entry {
  /// In a list.
  var json: JSONValue {
    [
      "name": .string(name), "title": facts.map { .string($0.title) } ?? .null,
      "scenarios": .array((facts?.scenarios ?? []).map { .string($0) }),
      "severities": .array((facts?.severities ?? []).map { .number($0) }),
      "paths": facts.map { .integer(Int($0.paths)) } ?? .null,
      "seed": facts.map { .string("\($0.seed)") } ?? .null, "desks": facts.map { .integer($0.desks) } ?? .null,
      "weakest": facts?.weakest.map { weakest in
        [
          "scenario": .string(weakest.scenario), "desk": .string(weakest.desk),
          "value": weakest.figure.value.map { .number($0) } ?? .null,
          "low": weakest.figure.low.map { .number($0) } ?? .null,
          "high": weakest.figure.high.map { .number($0) } ?? .null,
        ]
      } ?? .null,
      "verdicts": facts?.verdicts.map { .array($0.map { .string($0.rawValue) }) } ?? .null,
      "finished": .bool(facts != nil),
    ]
  }

  /// One, for the OpenAPI document.
  static let example: JSONValue = [
    "name": "flash-crash", "title": "Flash crash with partial recovery", "scenarios": ["flash-crash"],
    "severities": [0, 1], "paths": 2000, "seed": "1", "desks": 12,
    "weakest": ["scenario": "flash-crash", "desk": "hold/none", "value": 0.91, "low": 0.89, "high": 0.92],
    "verdicts": ["met"], "finished": true,
  ]
}
