import Digests
import Documents
import Foundation
import Server
import Testing
import Training

@Suite("Documents over HTTP")
struct DocumentsAPITests {
  private static let good = DocumentKind.scenario.template
  private static let address = "/api/v1/documents/scenarios%2Fmine.json"

  private static func body(_ text: String) -> String { JSONWriter.write(["text": .string(text)]) }

  @Test("What is saved is what is read, byte for byte, and its tag is the digest of the file")
  func saved() async throws {
    let server = try TestServer()
    let made = try await server.send(.put, Self.address, body: Self.body(Self.good))
    #expect(made.status == 201)
    #expect(server.workspace.text("scenarios/mine.json") == Self.good)
    let read = try await server.send(.get, Self.address)
    #expect(try read.json["text"] == .string(Self.good))
    let digest = Digest.sha256(Array(Self.good.utf8))
    #expect(read.headers[.eTag] == "\"\(digest)\"")
    #expect(try read.json["kind"] == "scenario")
    let known = try await server.send(.get, Self.address, headers: ["If-None-Match": "\"\(digest)\""])
    #expect(known.status == 304)
    #expect(known.text.isEmpty)
  }

  @Test("Nobody's work is written over: a save says what it replaces")
  func conditions() async throws {
    let server = try TestServer()
    let first = try await server.send(.put, Self.address, body: Self.body(Self.good))
    let tag = try #require(first.headers[.eTag])
    let changed = Self.good + "\n"
    #expect(try await server.send(.put, Self.address, body: Self.body(changed)).status == 428)
    #expect(
      try await server.send(.put, Self.address, headers: ["If-None-Match": "*"], body: Self.body(changed)).status == 412
    )
    let right = try await server.send(.put, Self.address, headers: ["If-Match": tag], body: Self.body(changed))
    #expect(right.status == 200)
    #expect(server.workspace.text("scenarios/mine.json") == changed)
    #expect(
      try await server.send(.put, Self.address, headers: ["If-Match": tag], body: Self.body(Self.good)).status == 412)
    #expect(server.workspace.text("scenarios/mine.json") == changed)
    #expect(right.headers[.eTag] != tag)
  }

  @Test("Every text that was there is a version, the one before the first save too")
  func versions() async throws {
    let server = try TestServer()
    try server.put(Self.good, "scenarios/mine.json")
    let texts = [Self.good, Self.good + "\n", Self.good + "\n\n", Self.good]
    for text in texts.dropFirst() {
      let tag = try #require(try await server.send(.get, Self.address).headers[.eTag])
      #expect(
        try await server.send(.put, Self.address, headers: ["If-Match": tag], body: Self.body(text)).status == 200)
    }
    let list = try await server.send(.get, "\(Self.address)/versions").json
    guard case .array(let items) = list["items"] else { throw CocoaError(.coderReadCorrupt) }
    #expect(items.map { $0["number"] } == [4.0, 3.0, 2.0, 1.0])
    for (number, text) in texts.enumerated() {
      #expect(
        try await server.send(.get, "\(Self.address)/versions/\(number + 1)").json["text"] == .string(text))
    }
    #expect(try await server.send(.get, "\(Self.address)/versions/5").status == 404)
  }

  @Test("What is wrong in a document is told with line and column, and nothing is saved but a draft that is JSON")
  func wrong() async throws {
    let server = try TestServer()
    let wrong = Self.good.replacingOccurrences(of: "\"clock\"", with: "\"clok\"")
    let line = try #require(
      Self.good.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("\"clock\"") })
    let refused = try await server.send(.put, Self.address, body: Self.body(wrong))
    #expect(refused.status == 422)
    let error = try refused.json["error"]
    guard case .array(let problems) = error?["problems"] else { throw CocoaError(.coderReadCorrupt) }
    #expect(
      problems.contains { problem in
        guard problem["line"] == .number(Double(line + 1)), case .string(let message) = problem["message"] else {
          return false
        }
        return message.contains("did you mean \"clock\"?")
      })
    #expect(!FileManager.default.fileExists(atPath: server.workspace.path("scenarios/mine.json")))
    #expect(try await server.send(.put, "\(Self.address)?draft=true", body: Self.body(wrong)).status == 201)
    #expect(server.workspace.text("scenarios/mine.json") == wrong)
    #expect(
      try await server.send(.put, "/api/v1/documents/scenarios%2Fother.json?draft=true", body: Self.body("{")).status
        == 422)
  }

  @Test("A check finds what validate finds, of every scenario and study that comes with the program")
  func checks() async throws {
    let server = try TestServer()
    for kind in DocumentKind.allCases where kind != .agent {
      let body = JSONWriter.write(["text": .string(kind.template), "name": "scenarios/templates/x.json"])
      let check = try await server.send(.post, "/api/v1/validations", body: body).json
      #expect(check["kind"] == .string(kind.rawValue))
    }
    let check = try await server.send(.post, "/api/v1/validations", body: Self.body(Self.good)).json
    #expect(check["good"] == true)
  }

  @Test("A document that names a file outside the workspace learns nothing of it")
  func outside() async throws {
    let server = try TestServer()
    let outside = try JobWorkspace()
    try Data("time,asset,open,high,low,close\nsecret,secret,1,1,1,1\n".utf8).write(
      to: outside.url.appendingPathComponent("bars.csv"))
    let text = """
      { "stresslab": "scenario/1", "title": "x", "extends": "\(outside.path("bars.csv"))" }
      """
    for text in [text, text.replacingOccurrences(of: "extends", with: "history")] {
      let answer = try await server.send(.post, "/api/v1/validations", body: Self.body(text))
      #expect(!answer.text.contains("secret"))
      #expect(try answer.json["good"] == false)
    }
  }

  @Test("A list comes in pages that leave nothing out")
  func pages() async throws {
    let server = try TestServer()
    let names = (0..<7).map { "scenarios/s\($0).json" }
    for name in names { try server.put(Self.good, name) }
    try server.put("{}", "scenarios/schema/apart.json")
    try server.put("{}", "scenarios/.hidden.json")
    var found: [String] = []
    var next: String? = ""
    while let after = next {
      let page = try await server.send(.get, "/api/v1/documents?limit=3\(after)").json
      guard case .array(let items) = page["items"] else { throw CocoaError(.coderReadCorrupt) }
      #expect(items.count <= 3)
      found += items.compactMap { $0["name"]?.plainText }
      next = page["next"]?.plainText.map { "&after=\($0.replacingOccurrences(of: "/", with: "%2F"))" }
    }
    #expect(found == names)
  }

  @Test("A page behind what has gone meanwhile is no empty page")
  func gone() async throws {
    let server = try TestServer()
    for number in 0..<3 { try server.put(Self.good, "scenarios/s\(number).json") }
    let last = try await server.send(.get, "/api/v1/documents?limit=3&after=scenarios%2Fs2.json").json
    #expect(last["items"] == [] && last["next"] == .null)
    let answer = try await server.send(.get, "/api/v1/documents?limit=3&after=scenarios%2Fs9.json")
    #expect(answer.status == 400 && answer.text.contains("scenarios/s9.json"))
  }

  @Test(
    "What is wrong with a request is told, all of it",
    arguments: [
      ("?limit=0", "limit"), ("?limit=x", "limit"), ("?limit=1e2", "limit"), ("?kind=scenaro", "did you mean"),
      ("?limt=3", "did you mean"), ("?limit=1&limit=2", "twice"), ("?kind=%ff", "UTF-8"), ("?after=", "after"),
    ])
  func parameters(query: String, word: String) async throws {
    let answer = try await TestServer().send(.get, "/api/v1/documents\(query)")
    #expect(answer.status == 400)
    #expect(answer.text.contains(word))
  }

  @Test(
    "A body that is none is refused in its words",
    arguments: [
      ("text/plain", #"{"text":""}"#, 415), ("application/json", "", 422), ("application/json", "{", 422),
      ("application/json", #"{"text":1}"#, 422), ("application/json", #"{"txt":"x"}"#, 422),
      ("application/json; charset=utf-8", #"{"text":"{}"}"#, 200),
      ("application/json", #"{"text":""# + String(repeating: "x", count: 3 << 20) + "\"}", 413),
    ])
  func bodies(type: String, body: String, status: Int) async throws {
    let answer = try await TestServer().send(
      .post, "/api/v1/validations", headers: ["Content-Type": type], body: body)
    #expect(answer.status == status)
    if status != 200 { #expect(try answer.json["error"]?["message"] != nil) }
  }

  @Test("Addresses that are none, and methods that an address does not know, are told apart")
  func addresses() async throws {
    let server = try TestServer()
    #expect(try await server.send(.get, "/api/v1/nothing").status == 404)
    let wrong = try await server.send(.delete, Self.address)
    #expect(wrong.status == 405)
    #expect(wrong.headers[.allow] == "GET, HEAD, PUT")
    let head = try await server.send(.head, "/api/v1")
    #expect(head.status == 200)
    #expect(head.text.isEmpty)
  }
}
