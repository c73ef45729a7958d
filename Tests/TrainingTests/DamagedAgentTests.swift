import Agents
import Digests
import Documents
import Foundation
import Learning
import Testing

/// A copy of a saved agent in a folder of its own, to be damaged.
private final class AgentCopy {
  let folder: String

  static let original =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/fixtures/agents/small"
  static let (document, policy, weights) = (
    SavedAgent.documentName, Policy.documentName, Policy.weightsName
  )
  static let names = [document, policy, weights]

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("agent-\(UUID().uuidString)").path
    try FileManager.default.copyItem(atPath: Self.original, toPath: folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }

  /// Puts a text in place of another, which has to be there.
  func replace(_ name: String, _ old: String, _ new: String) throws {
    let text = String(decoding: try bytes(name), as: UTF8.self)
    try #require(text.contains(old), "\(name) says no \(old)")
    try write(name, Array(text.replacing(old, with: new).utf8))
  }

  /// Other weights, with the SHA-256 that belongs to them.
  func reweigh(_ change: (inout [UInt8]) throws -> Void) throws {
    var weights = try bytes(Self.weights)
    let before = Digest.sha256(weights)
    try change(&weights)
    try write(Self.weights, weights)
    try replace(Self.policy, before, Digest.sha256(weights))
  }
}

/// What is wrong with the folder of a trained agent is told, at its place, before any of it is used.
@Suite("A trained agent's folder")
struct DamagedAgentTests {
  /// A damage: what it is, how it is done, and what each problem that is told says.
  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    fileprivate let make: @Sendable (AgentCopy) throws -> Void
    let told: [String]

    fileprivate init(_ what: String, _ told: String..., make: @escaping @Sendable (AgentCopy) throws -> Void) {
      testDescription = what
      self.told = told
      self.make = make
    }
  }

  /// The last four bytes of the weights are the value head's bias, a number of 32 bits, little-endian.
  private static let nan: [UInt8] = [0x00, 0x00, 0xC0, 0x7F]

  static let damages: [Damage] = [
    Damage("no folder", "agent.json: there is no such file") {
      for name in AgentCopy.names { try $0.remove(name) }
    },
    Damage("no agent.json", "agent.json: there is no such file") { try $0.remove("agent.json") },
    Damage("no policy.json", "policy.json: there is no such file") { try $0.remove("policy.json") },
    Damage("no weights", "policy.safetensors: there is no such file") { try $0.remove("policy.safetensors") },
    Damage("a folder in place of a file", "agent.json: there is no such file, or it can't be read") {
      try $0.remove("agent.json")
      try FileManager.default.createDirectory(atPath: "\($0.folder)/agent.json", withIntermediateDirectories: false)
    },
    Damage("agent.json is cut off", "agent.json:") {
      try $0.write("agent.json", Array(try $0.bytes("agent.json").prefix(100)))
    },
    Damage("policy.json is cut off", "policy.json:") {
      try $0.write("policy.json", Array(try $0.bytes("policy.json").prefix(100)))
    },
    Damage("agent.json is empty", "agent.json:1:1: ") { try $0.write("agent.json", []) },
    Damage(
      "another version of agent.json", #"/stresslab: expected "trainedAgent/1", found the string "trainedAgent/2""#
    ) {
      try $0.replace("agent.json", "trainedAgent/1", "trainedAgent/2")
    },
    Damage("another version of policy.json", #"/stresslab: expected "policy/1", found the string "policy/2""#) {
      try $0.replace("policy.json", "policy/1", "policy/2")
    },
    Damage("an observation that there is not", "/observations/2/model: ") {
      try $0.replace("agent.json", #""position""#, #""positoin""#)
    },
    Damage("a mandate without leverage", "/mandate/leverage: ") {
      try $0.replace("agent.json", #""leverage": 2"#, #""leverage": 0"#)
    },
    Damage("an asset twice", "/assets: an asset stands here twice") {
      try $0.replace("agent.json", #"["A"]"#, #"["A", "A"]"#)
    },
    Damage(
      "observations that are not the network's inputs",
      "these observations are 6 numbers, and the network in policy.json takes 3",
      "these actions are 2 numbers, and the network in policy.json decides one number"
    ) { try $0.replace("agent.json", #"["A"]"#, #"["A", "B"]"#) },
    Damage(
      "choices of a network that decides weights",
      "these actions are one of 2 choices, and the network in policy.json decides one number"
    ) {
      try $0.replace(
        "agent.json", #""model": "weights""#, #""model": "choices", "portfolios": [[0], [1]]"#)
    },
    Damage(
      "weights of another shape", #""policy.0.weight" has the shape [8, 3], expected [9, 3]"#,
      #""policy.0.bias" has the shape [8], expected [9]"#,
      #""policy.head.weight" has the shape [1, 8], expected [1, 9]"#
    ) { try $0.replace("policy.json", #""policy": [8]"#, #""policy": [9]"#) },
    Damage("another byte in the weights", "their SHA-256 differs") {
      var bytes = try $0.bytes("policy.safetensors")
      bytes[bytes.count - 1] ^= 1
      try $0.write("policy.safetensors", bytes)
    },
    Damage("another SHA-256", "their SHA-256 differs") { try $0.replace("policy.json", "ad87d690", "bd87d690") },
    Damage("weights that are cut off", "are not among the") {
      try $0.reweigh { $0.removeLast(4) }
    },
    Damage("weights with something behind them", "the tensors take") { try $0.reweigh { $0 += [0, 0, 0, 0] } },
    Damage("weights without a header", "too few for a safetensors file") { try $0.reweigh { $0 = [1, 2] } },
    Damage("a weight that is no number", #""value.head.bias" holds numbers that are not finite"#) {
      try $0.reweigh { bytes in bytes.replaceSubrange((bytes.count - 4)..., with: nan) }
    },
    Damage(
      "a tensor of another name", #"no tensor "value.haed.bias" in this architecture"#,
      #"the tensor "value.head.bias" is missing"#
    ) {
      try $0.reweigh { bytes in
        let name = Array("value.head.bias".utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes.replaceSubrange(place..<place + name.count, with: Array("value.haed.bias".utf8))
      }
    },
  ]

  /// Planted mistakes: weights taken before they are compared with their SHA-256; a weight of NaN let through.
  @Test(
    "that is damaged, foreign or of parts that were not made for each other is refused in words", arguments: damages)
  func isRefused(_ damage: Damage) throws {
    let copy = try AgentCopy()
    try damage.make(copy)
    do throws(Problems) {
      _ = try SavedAgent.read(copy.folder)
      Issue.record("it was taken")
    } catch {
      #expect(!error.areOfTheSystem)
      #expect(error.all.count == damage.told.count, "\(error)")
      for told in damage.told { #expect("\(error)".contains(told), "\(error)") }
      #expect(error.all.allSatisfy { $0.position.file.hasPrefix(copy.folder) })
    }
  }

  @Test("whose bytes the system cannot read is no wrong input", arguments: AgentCopy.names)
  func system(_ name: String) throws {
    let copy = try AgentCopy()
    do throws(Problems) {
      _ = try SavedAgent.read(copy.folder) { (path) throws(SystemFault) in
        if path.hasSuffix(name) { throw .readOrWriteFailed }
        return try FileContents.read(path)
      }
      Issue.record("it was taken")
    } catch {
      #expect(error.areOfTheSystem && error.all.count == 1)
    }
  }

  /// Bytes flipped, put in, taken out and cut off. A changed document may be another legal one: then it says what it says, and
  /// reads as what it writes.
  @Test("with random damage is refused, or is a whole agent with the weights that it had")
  func fuzz() throws {
    let whole = try SavedAgent.read(AgentCopy.original)
    var state: UInt64 = 20_261
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let copy = try AgentCopy()
    let originals = try AgentCopy.names.map { try copy.bytes($0) }
    var refused = 0
    for round in 0..<400 {
      let file = next(3)
      var bytes = originals[file]
      for _ in 0...next(3) where !bytes.isEmpty {
        let place = next(bytes.count)
        switch next(5) {
        case 0: bytes.removeSubrange(place...)
        case 1: bytes.insert(UInt8(next(256)), at: place)
        case 2: bytes.remove(at: place)
        // Another digit or letter, so that documents stay JSON now and then.
        case 3: bytes[place] = bytes[place] & 0xF0 | UInt8(next(10))
        default: bytes[place] ^= 1 << UInt8(next(8))
        }
      }
      try copy.write(AgentCopy.names[file], bytes)
      do throws(Problems) {
        let agent = try SavedAgent.read(copy.folder)
        #expect(agent.policy.weights.bytes == whole.policy.weights.bytes, "round \(round)")
        #expect(file != 2 || bytes == originals[2], "round \(round)")
        let document = try SavedAgent.read(copy.folder) { (path) throws(SystemFault) in
          path.hasSuffix(AgentCopy.document) ? agent.document : try FileContents.read(path)
        }
        #expect(document.document == agent.document, "round \(round)")
      } catch {
        refused += 1
        #expect(!error.all.isEmpty && !error.areOfTheSystem, "round \(round)")
      }
      try copy.write(AgentCopy.names[file], originals[file])
    }
    #expect(refused > 250 && refused < 400, "\(refused) of 400 were refused")
  }
}
