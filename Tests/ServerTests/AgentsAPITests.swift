import Documents
import Foundation
import HTTPTypes
import Server
import Testing

@Suite("Agents and trainings over HTTP")
struct AgentsAPITests {
  @Test("Versions are those that the command lists, page by page, and of one model where it is named")
  func list() async throws {
    let server = try TestServer()
    try server.addAgent("calm")
    try server.addAgent("bold")
    let all = try await server.send(.get, "/api/v1/agents").json
    #expect(all["items"]?.list.count == 4 && all["next"] == .null)
    #expect(
      try all["items"] == BuiltProgram.json("agents", "list", "--json", in: server.workspace))
    let first = try await server.send(.get, "/api/v1/agents?limit=3").json
    #expect(first["next"] == "calm:1")
    let rest = try await server.send(.get, "/api/v1/agents?limit=3&after=calm:1").json
    #expect(rest["items"]?.list.map { $0["version"] } == [.number(2)])
    let calm = try await server.send(.get, "/api/v1/agents?name=bold").json
    #expect(calm["items"]?.list.map { $0["name"] } == ["bold", "bold"])
  }

  @Test(
    "A version by number, alias or name alone is what the command shows of it",
    arguments: ["calm:1", "calm@champion", "calm"])
  func show(_ reference: String) async throws {
    let server = try TestServer()
    try server.addAgent()
    let answer = try await server.send(.get, "/api/v1/agents/\(reference)")
    #expect(answer.status == 200)
    #expect(
      try answer.json == BuiltProgram.json("agents", "show", reference, "--json", in: server.workspace))
    #expect(try answer.json["version"] == .number(reference == "calm:1" ? 1 : 2))
    let isJudged = reference != "calm:1"
    #expect(try answer.json["checks"]?.list.count == (isJudged ? 1 : 0))
    #expect(try answer.json["decisions"]?.list.first?["reason"] == (isJudged ? "not worse & tested" : nil))
    #expect(try answer.json["trainedOn"]?.list.map { $0["source"] } == ["fixtures/<bars>.csv"])
  }

  @Test("What is not there is not found, with the nearest name; what cannot be a name likewise")
  func unknown() async throws {
    let server = try TestServer()
    #expect(try await server.send(.get, "/api/v1/agents/calm").status == 404)
    try server.addAgent()
    let answer = try await server.send(.get, "/api/v1/agents/clam")
    #expect(answer.status == 404 && answer.text.contains("did you mean"))
    for word in ["calm:9", "calm@none", "calm:0", "%2e%2e%2fcalm:1", "%00"] {
      #expect([400, 404].contains(try await server.send(.get, "/api/v1/agents/\(word)").status), "\(word)")
    }
  }

  @Test("Trainings on record are what the command lists and shows, and a figure has its history")
  func trainings() async throws {
    let server = try TestServer()
    #expect(try await server.send(.get, "/api/v1/records").json["items"] == [])
    #expect(try await server.send(.get, "/api/v1/records/abcd").status == 404)
    let run = try server.addAgent()
    let all = try await server.send(.get, "/api/v1/records").json
    #expect(all["items"] == (try BuiltProgram.json("track", "list", "--json", in: server.workspace)))
    #expect(try await server.send(.get, "/api/v1/records?kind=search").json["items"] == [])
    for word in [run, String(run.prefix(8)), "calm%2Fseed-1"] {
      let one = try await server.send(.get, "/api/v1/records/\(word)")
      #expect(one.status == 200)
      #expect(try one.json == BuiltProgram.json("track", "show", run, "--json", in: server.workspace))
    }
    let history = try await server.send(.get, "/api/v1/records/\(run)/metrics/validation").json
    #expect(
      history["points"] == [
        ["step": 5.0, "value": 0.05], ["step": 10.0, "value": 0.1], ["step": 15.0, "value": 0.15],
      ])
    let wrong = try await server.send(.get, "/api/v1/records/\(run)/metrics/valdation")
    #expect(wrong.status == 404 && wrong.text.contains("validation"))
  }

  @Test("A server that keeps no record has empty lists")
  func none() async throws {
    let server = try TestServer { $0.trackingFolder = "none" }
    for path in ["/api/v1/agents", "/api/v1/records"] {
      #expect(try await server.send(.get, path).json["items"] == [])
    }
    #expect(try await server.send(.get, "/api/v1/agents/calm").status == 404)
    for path in ["/agents", "/trainings"] {
      #expect(try await server.send(.get, path, headers: ["Accept": "text/html"]).status == 200)
    }
  }
}

extension JSONValue {
  /// The elements of an array; none of another value.
  var list: [JSONValue] {
    guard case .array(let values) = self else { return [] }
    return values
  }
}
