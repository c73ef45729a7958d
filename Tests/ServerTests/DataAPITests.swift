import Documents
import Foundation
import HTTPTypes
import Server
import Testing

@Suite("Market data over HTTP")
struct DataAPITests {
  private static let address = "/api/v1/data/made%2Fcoin"

  @Test("Datasets are what the command lists and shows")
  func list() async throws {
    let server = try TestServer()
    #expect(try await server.send(.get, "/api/v1/data").json == ["items": [], "next": nil])
    try server.addData("made/coin")
    try server.addData("other")
    let all = try await server.send(.get, "/api/v1/data").json
    #expect(all["items"] == (try BuiltProgram.json("data", "list", "--json", in: server.workspace)))
    let one = try await server.send(.get, Self.address).json
    #expect(one == (try BuiltProgram.json("data", "show", "made/coin", "--json", in: server.workspace)))
    #expect(one["bars"]?["gaps"]?.list.count == 1)
    let page = try await server.send(.get, "/api/v1/data?limit=1").json
    #expect(page["items"]?.list.count == 1 && page["next"] == "made/coin")
  }

  @Test("Findings are those of the command")
  func checks() async throws {
    let server = try TestServer()
    try server.addData("made/coin")
    let found = try await server.send(.get, "\(Self.address)/checks").json
    #expect(found["items"] == (try BuiltProgram.json("data", "check", "made/coin", "--json", in: server.workspace)))
    // One bar of its 700 is left out.
    let findings = try #require(found["items"]?.list.first?["findings"]?.list)
    #expect(found["items"]?.list.count == 1 && findings.map { $0["kind"] } == ["gaps"], "\(findings)")
    #expect(
      findings[0]["first"] == "2020-01-05T04:00:00Z" && findings[0]["last"] == "2020-01-05T05:00:00Z", "\(findings)")
  }

  @Test("Returns three times as wide have drifted, of the same dataset and against another; volumes have not")
  func drift() async throws {
    let server = try TestServer()
    try server.addData("made/coin", wilder: 640)
    try server.addData("trained", bars: 600)
    for query in ["?bars=60", "?bars=60&against=trained"] {
      let drift = try await server.send(.get, "\(Self.address)/drift\(query)").json
      let quantities = drift["items"]?.list.first?["quantities"]?.list ?? []
      #expect(quantities.map { $0["quantity"] } == ["logReturn", "absoluteLogReturn", "range", "volume"])
      #expect(quantities[0]["verdict"] == "drifted" && quantities[3]["verdict"] == "none", "\(drift)")
      #expect(quantities[0]["quantiles"]?.list.count == 7)
    }
    #expect(try await server.send(.get, "\(Self.address)/drift?bars=10").status == 400)
    #expect(try await server.send(.get, "\(Self.address)/drift?bars=690").status == 422)
    #expect(try await server.send(.get, "\(Self.address)/drift?against=none").status == 404)
  }

  @Test("A dataset that is not there is not found, and no name leads out of the folder")
  func unknown() async throws {
    let server = try TestServer()
    try server.addData("made/coin")
    let near = try await server.send(.get, "/api/v1/data/made%2Fcoim")
    #expect(near.status == 404 && near.text.contains("made/coin"))
    for name in ["..%2F..%2Fetc", "%2Fetc", "made%2F..%2Fcoin", ".hidden"] {
      for tail in ["", "/checks", "/drift"] {
        #expect([400, 404].contains(try await server.send(.get, "/api/v1/data/\(name)\(tail)").status), "\(name)")
      }
    }
  }

  @Test("A raw file that was changed is told as damage, and is no fault of the server")
  func damaged() async throws {
    let server = try TestServer()
    try server.addData("made/coin")
    let file = try #require(
      FileManager.default.contentsOfDirectory(atPath: server.workspace.path("data/raw/made/coin")).first {
        $0.hasSuffix(".csv")
      })
    try server.put("time,close\n", "data/raw/made/coin/\(file)")
    #expect(try await server.send(.get, "\(Self.address)/checks").status == 409)
    let page = try await server.send(.get, "/data/made%2Fcoin", headers: ["Accept": "text/html"])
    #expect(page.status == 200 && page.text.contains("is not what was written"))
  }
}
