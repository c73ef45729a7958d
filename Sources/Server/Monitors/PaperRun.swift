import Documents
import Foundation
import NIOPosix

/// Has the program live through the newest bars on paper: a run of one path and its inspection, both child processes. What came of
/// the same documents before is read again.
struct PaperRun: Sendable {
  private let store: MonitorStore
  private let workspace: Workspace
  private let helpers: HelperPrograms
  private let pool: NIOThreadPool

  /// What is made in a monitor's folder: the run, and what came of it.
  private static let (run, result) = ("run", "replay.json")

  init(_ store: MonitorStore, _ workspace: Workspace, _ helpers: HelperPrograms, _ pool: NIOThreadPool) {
    (self.store, self.workspace, self.helpers, self.pool) = (store, workspace, helpers, pool)
  }

  /// The replay of documents.
  ///
  /// - Throws: a `Failure` with what the program says of them.
  func replay(_ documents: PaperDocuments, of name: MonitorName, risk: String) async throws -> PaperReplay {
    let store = store
    let place = "\(store.place(of: name))/\(Self.result)"
    let agent = documents.agent
    let known = try await pool.runIfActive { () throws -> PaperReplay? in
      guard let bytes = try FileContents.read(place),
        let root = try? DocumentParser.parse(bytes, file: Self.result).root,
        root["digest"]?.string == documents.digest, let inspection = root["inspection"], let summary = root["summary"]
      else { return nil }
      return try PaperReplay(inspection.json, summary: summary.json, agent: agent, risk: risk)
    }
    if let known { return known }
    try await pool.runIfActive {
      try store.put(documents.bars, PaperDocuments.barsFile, for: name)
      try store.put(documents.market, PaperDocuments.marketFile, for: name)
      try store.put(documents.study, PaperDocuments.studyFile, for: name)
    }
    let folder = store.folder(of: name)
    let report = "\(folder)/\(Self.run)"
    try await helpers.run([
      "run", "\(folder)/\(PaperDocuments.marketFile)", "--study", "\(folder)/\(PaperDocuments.studyFile)", "--agents",
      agent, "--risk", risk, "--severity", "1", "--paths", "1", "--threads", "1", "--out", report, "--overwrite",
      "--tracking", "none", "--quiet",
    ]).check()
    let inspection = try await helpers.run(["inspect", report, "--path", "0", "--json"]).json()
    let workspace = workspace
    return try await pool.runIfActive {
      let bytes = try FileContents.read("\(workspace.path)/\(report)/summary.json") ?? []
      let root = try DocumentParser.parse(bytes, file: "summary.json").root
      let summary: JSONValue = [
        "agents": root["agents"]?.json ?? [], "riskProfiles": root["riskProfiles"]?.json ?? [],
      ]
      let replay = try PaperReplay(inspection, summary: summary, agent: agent, risk: risk)
      let kept: JSONValue = ["digest": .string(documents.digest), "inspection": inspection, "summary": summary]
      try store.put(JSONWriter.write(kept), Self.result, for: name)
      return replay
    }
  }
}
