import Documents
import Foundation
import Server
import Testing
import Training

@Suite("Pages")
struct PagesTests {
  private static let html = ["Accept": "text/html"]
  private static let places = ["/", "/scenarios", "/studies", "/agents", "/data", "/reports", "/comparisons"]

  @Test("Every place is there in an empty workspace, and loads nothing but files of ours", arguments: places)
  func everyPlace(path: String) async throws {
    let server = try TestServer()
    let answer = try await server.send(.get, path, headers: Self.html)
    #expect(answer.status == 200)
    #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
    let policy = try #require(answer.headers[.contentSecurityPolicy])
    #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
    for word in ["<script>", " style=", " onclick=", " onload=", "javascript:", "http://", "https://"] {
      #expect(!answer.text.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "").contains(word))
    }
    for match in answer.text.matches(of: #/(?:src|href)="(\/assets\/[^"]+)"/#) {
      #expect(try await server.send(.get, String(match.1)).status == 200)
    }
    #expect(answer.text.contains("<h1>"))
    #expect(answer.text.contains("lang=\"en\""))
  }

  @Test("What a script loads is there too")
  func modules() async throws {
    let server = try TestServer()
    var (open, seen) = (
      ["editor.js", "preview.js", "live.js", "jobs.js", "replay.js", "forms.js", "page.js"], Set<String>()
    )
    while let name = open.popLast() {
      guard seen.insert(name).inserted else { continue }
      let answer = try await server.send(.get, "/assets/\(name)")
      #expect(answer.status == 200)
      #expect(answer.headers[.contentType] == "text/javascript; charset=utf-8")
      open += answer.text.matches(of: #/from "\.\/([^"]+)"/#).map { String($0.1) }
    }
    #expect(seen.count > 10)
  }

  @Test("A title is text wherever it stands, whatever it says")
  func titles() async throws {
    let server = try TestServer()
    let evil = #"<script>alert(1)</script>" onx='"#
    let text = DocumentKind.scenario.template.replacing(
      #/"title": "[^"]*"/#, with: "\"title\": \(JSONWriter.write(.string(evil)))")
    try server.put(text, "scenarios/<img src=x>.json")
    for path in Self.places {
      let answer = try await server.send(.get, path, headers: Self.html)
      #expect(!answer.text.contains("<script>alert"))
      #expect(!answer.text.contains("<img"))
      #expect(!answer.text.contains("\" onx="))
    }
  }

  @Test("What is not there is told as a page to a browser, and as JSON to a program")
  func missing() async throws {
    let server = try TestServer()
    let page = try await server.send(.get, "/reports/none", headers: Self.html)
    #expect(page.status == 404)
    #expect(page.text.contains("there is no report"))
    let json = try await server.send(.get, "/api/v1/reports/none", headers: Self.html)
    #expect(json.status == 404)
    #expect(try json.json["error"]?["code"] == "notFound")
  }
}
