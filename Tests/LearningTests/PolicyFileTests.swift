import Documents
import Foundation
import Learning
import Randomness
import Testing

@Suite("Saved policies")
struct PolicyFileTests {
  static let policy: Policy = {
    let training = TrainingTests.training(threads: 1, shared: [6], updates: 2)
    do { try training.finish() } catch { preconditionFailure("Invariant: the example does not diverge") }
    return training.policy(origin: "stresslab test")
  }()

  static func read(_ files: (document: [UInt8], weights: [UInt8])) throws(Problems) -> Policy {
    try Policy.read("p") { $0 == "p/policy.json" ? files.document : $0 == "p/policy.safetensors" ? files.weights : nil }
  }

  @Test("what is read is what was written, to the last bit")
  func roundTrip() throws {
    let read = try Self.read(Self.policy.files)
    #expect(read == Self.policy)
    #expect(read.files.document == Self.policy.files.document)
    #expect(read.files.weights == Self.policy.files.weights)
  }

  static let spaces: [ActionSpace] = [
    .categorical(choices: 2), .gaussian(low: [-1], high: [1]), .gaussian(low: [-.infinity], high: [.infinity]),
    .gaussian(low: [-.infinity], high: [3]), .gaussian(low: [-1, -.infinity, 0], high: [.infinity, 2, 5]),
  ]

  @Test("bounds of actions survive, where there are some, none, or some of each", arguments: spaces)
  func bounds(_ space: ActionSpace) throws {
    let head = Array(repeating: Float(0), count: space.outputs)
    let policy = ActionLawTests.policy(space, head: head, logDeviation: Array(repeating: 0, count: space.size))
    #expect(try Self.read(policy.files).architecture.actions == space)
  }

  struct Damage: CustomTestStringConvertible {
    let name: String
    let message: String
    let make: @Sendable (inout (document: [UInt8], weights: [UInt8])) -> Void
    var testDescription: String { name }
  }

  static func replace(_ old: String, _ new: String) -> @Sendable (inout (document: [UInt8], weights: [UInt8])) -> Void {
    { files in
      let text = String(decoding: files.document, as: UTF8.self)
      precondition(text.contains(old), "Invariant: the document has what is replaced")
      files.document = Array(text.replacingOccurrences(of: old, with: new).utf8)
    }
  }

  static let damages: [Damage] = [
    Damage(name: "no weights", message: "too few", make: { $0.weights = [] }),
    Damage(name: "cut off weights", message: "are not among the", make: { $0.weights.removeLast(5) }),
    Damage(name: "more weights", message: "and the file has", make: { $0.weights += [0, 0, 0, 0] }),
    Damage(name: "another weight", message: "SHA-256 differs", make: { $0.weights[$0.weights.count - 2] ^= 1 }),
    Damage(
      name: "no number", message: "not finite",
      make: { files in
        files.weights.replaceSubrange((files.weights.count - 4)..., with: [0, 0, 0xC0, 0x7F])
      }),
    Damage(
      name: "wider layers", message: "has the shape", make: replace("\"policy\": [24, 24]", "\"policy\": [24, 25]")),
    Damage(name: "a layer less", message: "is missing", make: replace("\"value\": [20]", "\"value\": [20, 20]")),
    Damage(name: "an unknown key", message: "unknown key", make: replace("\"origin\"", "\"orgin\"")),
    Damage(name: "another version", message: "policy/1", make: replace("policy/1", "policy/9")),
    Damage(name: "no such activation", message: "tanh", make: replace("\"tanh\"", "\"tahn\"")),
    Damage(name: "no room for actions", message: "no room", make: replace("\"low\": [-5]", "\"low\": [5]")),
    Damage(
      name: "other statistics", message: "of 2 observations for 3",
      make: replace("\"observations\": 2", "\"observations\": 3")),
    Damage(
      name: "copies out of step", message: "multiple of 8",
      make: replace("\"environments\": 16", "\"environments\": 17")),
  ]

  @Test("each damage gets a clear error", arguments: damages)
  func damaged(_ damage: Damage) {
    var files = Self.policy.files
    damage.make(&files)
    let error = #expect(throws: Problems.self) { try Self.read(files) }
    #expect(error?.description.contains(damage.message) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix("p/policy.") == true)
  }

  @Test("a missing file is said to be missing")
  func missing() {
    for name in ["p/policy.json", "p/policy.safetensors"] {
      let files = Self.policy.files
      let error = #expect(throws: Problems.self) {
        try Policy.read("p") { $0 == name ? nil : $0.hasSuffix("json") ? files.document : files.weights }
      }
      #expect(error?.description.hasPrefix("\(name): there is no such file") == true)
    }
  }

  @Test("a file that the system fails to read is no mistake in it")
  func unread() {
    for name in ["p/policy.json", "p/policy.safetensors"] {
      let files = Self.policy.files
      let error = #expect(throws: Problems.self) {
        try Policy.read("p") { (path) throws(SystemFault) in
          if path == name { throw .readOrWriteFailed }
          return path.hasSuffix("json") ? files.document : files.weights
        }
      }
      #expect(error?.description.hasPrefix("\(name): it can't be read: the disk failed") == true)
      #expect(error?.areOfTheSystem == true)
    }
  }

  @Test("of 20,000 files with random damage none is read as if nothing were, and none ends the program")
  func fuzzed() {
    let good = Self.policy.files
    var stream = SparseStream(RandomStreams(seed: 11, namespace: .test).key("damage"), path: 0)
    func below(_ n: Int) -> Int { Int(stream.uniform() * Double(n)) }
    // Most bytes of the weights are numbers, where damage is only seen by the checksum: the header gets its share.
    let header = 8 + Int(good.weights[0]) + 256 * Int(good.weights[1])
    var readings = 0
    for round in 0..<20_000 {
      var files = good
      let damagesWeights = round % 2 == 0
      var bytes = damagesWeights ? files.weights : files.document
      for _ in 0...below(3) where !bytes.isEmpty {
        let place = damagesWeights && round % 4 == 0 ? below(min(header, bytes.count)) : below(bytes.count)
        switch below(4) {
        case 0: bytes[place] = UInt8(below(256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8(below(256)), at: place)
        default: bytes = Array(bytes[..<place])
        }
      }
      if damagesWeights { files.weights = bytes } else { files.document = bytes }
      let unchanged = files.weights == good.weights && files.document == good.document
      do {
        let policy = try Self.read(files)
        // The document may have lost a blank, or a hyper-parameter may have another legal value.
        #expect(unchanged || !damagesWeights, "round \(round)")
        #expect(policy.weights == Self.policy.weights)
        readings += 1
      } catch {
        #expect(!error.all.isEmpty)
      }
    }
    #expect(readings < 4_000)
  }
}
