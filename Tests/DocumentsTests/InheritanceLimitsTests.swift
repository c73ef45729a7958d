import Documents
import Synchronization
import Testing

/// Documents that extend more than anybody writes. Measured before: chains of siblings and of files, and depth over the
/// merge, overflowed the stack; files that name the next twice were read 2²⁵ times.
@Suite("What documents extend is bounded over the whole load")
struct InheritanceLimitsTests {
  /// The files read, by path.
  private final class Reads: Sendable {
    private let counts = Mutex<[String: Int]>([:])
    func add(_ path: String) { counts.withLock { $0[path, default: 0] += 1 } }
    var all: [String: Int] { counts.withLock { $0 } }
  }

  private func load(_ files: [String: String]) -> (document: Document?, problems: [Problem], reads: [String: Int]) {
    let reads = Reads()
    let loader = DocumentLoader { path in
      reads.add(path)
      return files[path].map { [UInt8]($0.utf8) }
    }
    do throws(Problems) {
      let document = try loader.load("a.json")
      return (document, document.problems, reads.all)
    } catch {
      return (nil, error.all, reads.all)
    }
  }

  private static let tooLong = "a chain of more than 64 that extend each other"

  @Test("a chain of 5,000 siblings is refused once, whatever their order", arguments: [false, true])
  func siblings(isReversed: Bool) {
    var members = ["\"e0\": {\"x\": 1}"] + (1..<5000).map { "\"e\($0)\": {\"extends\": \"e\($0 - 1)\"}" }
    if isReversed { members.reverse() }
    let loaded = load(["a.json": "{\(members.joined(separator: ","))}"])
    #expect(loaded.problems.map(\.message) == [Self.tooLong])
  }

  @Test("a chain of 64 siblings is taken, in both orders", arguments: [false, true])
  func longestChain(isReversed: Bool) {
    var members = ["\"e0\": {\"x\": 1}"] + (1...64).map { "\"e\($0)\": {\"extends\": \"e\($0 - 1)\"}" }
    if isReversed { members.reverse() }
    let loaded = load(["a.json": "{\(members.joined(separator: ","))}"])
    #expect(loaded.problems.isEmpty)
    #expect(loaded.document?.root["e64"]?["x"]?.number == 1)
  }

  @Test("5,000 siblings of one are taken")
  func manyOfOne() {
    let members =
      ["\"base\": {\"x\": 1, \"y\": {\"z\": 2}}"]
      + (0..<5000).map { "\"e\($0)\": {\"extends\": \"base\", \"x\": \($0)}" }
    let loaded = load(["a.json": "{\(members.joined(separator: ","))}"])
    #expect(loaded.problems.isEmpty)
    #expect(loaded.document?.root["e4999"]?["x"]?.number == 4999)
    #expect(loaded.document?.root["e4999"]?["y"]?["z"]?.number == 2)
  }

  @Test("a chain of 6,000 files is refused, and no more of them read than may be extended")
  func files() {
    var files = ["a.json": #"{"extends": "0.json"}"#]
    for number in 0..<6000 { files["\(number).json"] = "{\"extends\": \"\(number + 1).json\"}" }
    let loaded = load(files)
    #expect(loaded.problems.map(\.message) == [Self.tooLong])
    #expect(loaded.reads.count <= 66)
  }

  @Test("25 files that each name the next twice are refused, each read once")
  func doubling() {
    var files: [String: String] = [:]
    for number in 0..<25 {
      files[number == 0 ? "a.json" : "\(number).json"] =
        "{\"p\": {\"extends\": \"\(number + 1).json\"}, \"q\": {\"extends\": \"\(number + 1).json\"}}"
    }
    files["25.json"] = #"{"x": 1}"#
    let loaded = load(files)
    #expect(loaded.problems.map(\.message) == ["what is extended here grows beyond a million values"])
    #expect(loaded.reads.values.allSatisfy { $0 == 1 })
  }

  @Test("1,001 files are refused")
  func manyFiles() {
    var files: [String: String] = [:]
    for number in 0..<1001 { files["\(number).json"] = "{\"x\": \(number)}" }
    files["a.json"] = "{\((0..<1001).map { "\"m\($0)\": {\"extends\": \"\($0).json\"}" }.joined(separator: ","))}"
    #expect(load(files).problems.map(\.message) == ["more than 1000 files are extended here"])
  }

  @Test("nesting is bounded over the merge, also where a file extends itself further down")
  func depth() {
    let open = String(repeating: "{\"x\":", count: 100)
    let close = String(repeating: "}", count: 100)
    let message = "what is extended here is nested more than 128 levels deep"
    let nested = load(["a.json": "\(open){\"extends\": \"b.json\"}\(close)", "b.json": "\(open)1\(close)"])
    #expect(nested.problems.map(\.message) == [message])
    let recursive = load(["a.json": #"{"x": {"extends": "b.json"}}"#, "b.json": #"{"y": {"extends": "b.json"}}"#])
    #expect(recursive.problems.map(\.message) == [message])
  }

  @Test("thousands of unknown names get their answer at once: hints end after a hundred thousand comparisons")
  func hints() {
    let members = (0..<3000).map { "\"e\($0)\": {\"extends\": \"x\($0)\"}" }
    let problems = load(["a.json": "{\(members.joined(separator: ","))}"]).problems
    #expect(problems.count == 3000)
    let hinted = problems.count { $0.message.contains("did you mean") || $0.message.contains("known: ") }
    #expect(hinted > 0 && hinted <= 34)
  }
}
