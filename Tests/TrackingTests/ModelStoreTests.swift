import Agents
import Documents
import Foundation
import Lab
import Learning
import Testing
import Tracking

/// Names, versions and aliases of agents.
@Suite("Model store")
struct ModelStoreTests {
  /// A shipped agent whose document ends with so many empty lines: other bytes for each number.
  private func agent(_ folder: TrackedFolder, _ number: Int) throws -> AgentFiles {
    let place = folder.path("made-\(number)")
    let source = ShippedAgents.folders[0]
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for name in AgentFiles.names {
      var bytes = try #require(try ShippedAgents.contents("\(source)/\(name)"))
      if name == SavedAgent.documentName { bytes += Array(repeating: UInt8(ascii: "\n"), count: number) }
      try Data(bytes).write(to: URL(fileURLWithPath: "\(place)/\(name)"))
    }
    return try AgentFiles(place)
  }

  private func register(_ models: ModelStore, _ files: AgentFiles) throws -> Int {
    try models.register(files, as: "calm", run: nil, documents: nil, validation: "growth 1").version
  }

  @Test("gives the same bytes the same version, and other bytes the next")
  func versions() throws {
    let folder = try TrackedFolder()
    let models = ModelStore(folder.folder)
    #expect(try register(models, agent(folder, 1)) == 1)
    #expect(try register(models, agent(folder, 2)) == 2)
    #expect(try register(models, agent(folder, 1)) == 1)
    let versions = try models.versions()
    #expect(versions.map(\.title) == ["calm:1", "calm:2"])
    #expect(versions.map(\.aliases) == [["candidate"], []])
    #expect(try AgentFiles(models.place(of: versions[1])).sha256 == agent(folder, 2).sha256)
    try models.remove(versions[1])
    #expect(!FileManager.default.fileExists(atPath: models.place(of: versions[1])))
    #expect(try register(models, agent(folder, 2)) == 3)
  }

  @Test("names versions in documents: by number, by alias, as the champion, and as another that stands for it")
  func shelf() throws {
    let folder = try TrackedFolder()
    let models = ModelStore(folder.folder)
    for number in 1...3 { _ = try register(models, agent(folder, number)) }
    let versions = try models.versions()
    try models.promote(versions[1], as: "champion", isForced: false, reason: "first")
    func sha(_ name: String, pinned: [String: Int] = [:]) throws -> String {
      let shelf = AgentShelf(folder: folder.folder.models, pinned: pinned)
      return try AgentShelf.$current.withValue(shelf) { try AgentFiles(name).sha256 }
    }
    #expect(try folder.folder.asShelf { try AgentFiles("agents:calm:1").sha256 } == versions[0].sha256)
    #expect(try sha("agents:calm:1") == versions[0].sha256)
    #expect(try sha("agents:calm@candidate") == versions[2].sha256)
    #expect(try sha("agents:calm") == versions[1].sha256)
    #expect(try sha("agents:calm@champion") == versions[1].sha256)
    for wrong in ["agents:calm:9", "agents:none", "agents:calm@../1", "agents:../calm:1", "agents:calm:0", "agents:"] {
      #expect(throws: Problems.self, "\(wrong)") { try sha(wrong) }
    }
    let pinned = ["calm@champion": 3]
    #expect(try sha("agents:calm@champion", pinned: pinned) == versions[2].sha256)
    #expect(try sha("agents:calm", pinned: pinned) == versions[2].sha256)
    #expect(try sha("agents:calm:1", pinned: pinned) == versions[0].sha256)
    try models.promote(versions[0], as: "champion", isForced: true, reason: "worse in crash")
    #expect(try sha("agents:calm") == versions[0].sha256)
    #expect(try models.decisions(on: "calm").map(\.isForced) == [true, false])
    try models.remove(versions[0])
    #expect(throws: Problems.self) { try sha("agents:calm") }
  }

  @Test("says which versions there are where one is named that is not there")
  func unknown() throws {
    let folder = try TrackedFolder()
    let models = ModelStore(folder.folder)
    _ = try register(models, agent(folder, 1))
    func message(_ text: String) throws -> String {
      let reference = try ModelReference(text)
      return #expect(throws: StoreProblem.self) { try models.version(reference, or: "candidate") }?.description ?? ""
    }
    #expect(try message("clam").contains("did you mean \"calm\"?"))
    #expect(try message("calm:7") == "there is no calm:7; known: calm:1@candidate")
    #expect(try message("calm@champion") == "there is no calm@champion; known: calm:1@candidate")
    for wrong in ["", "a/b", "calm:", "calm:x", "calm@", "calm@v2", "calm@1", "@champion", "calm:1:2"] {
      #expect(throws: Refusal.self, "\(wrong)") { try ModelReference(wrong) }
    }
  }

  @Test("puts what a process has left that was killed in between aside")
  func killedInBetween() throws {
    let folder = try TrackedFolder()
    let models = ModelStore(folder.folder)
    let left = "\(folder.folder.models)/calm/1"
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: URL(fileURLWithPath: "\(left)/agent.json"))
    let files = try agent(folder, 5)
    #expect(try register(models, files) == 1)
    #expect(try AgentFiles(left).sha256 == files.sha256)
  }

  @Test("read margins, and refuse what is none")
  func margins() throws {
    let margins = try Margins(["0.02", "executionCostBps=3"])
    #expect(margins.survival == 0.02 && margins.others == ["executionCostBps": 3, "finalReturnMean": 0])
    #expect(try Margins(["finalReturnMean=0.1"]).others == ["finalReturnMean": 0.1])
    for wrong in [["x"], ["-1"], ["2"], ["survival=0.1", "0.2"], ["executionCost=1"], ["nan"], ["recovery=inf"]] {
      #expect(throws: Refusal.self, "\(wrong)") { try Margins(wrong) }
    }
  }
}
