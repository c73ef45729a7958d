import Foundation
import HTTPTypes
import Server
import Testing

@Suite("The pages of documents")
struct DocumentPageTests {
  private static let hostile = "</textarea><script src=\"/x\"></script><b title='\"'>&amp; \u{202E}x</b>"

  @Test("The library has scenarios by their folders, and documents of other kinds under headings of their own")
  func library() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea", description: "Nothing happens."), "scenarios/calm.json")
    try server.put(TestServer.scenario(title: "October"), "scenarios/post-mortems/october.json")
    try server.put(TestServer.study(title: "Who survives", scenarios: ["../calm.json"]), "scenarios/studies/who.json")
    try server.put("{", "scenarios/broken.json")
    let text = try await server.page("/scenarios").text
    let headings = text.matches(of: /<h2>([^<]*)<\/h2>/).map { String($0.1) }
    #expect(headings == ["Scenarios", "Post mortems", "Studies", "What cannot be told what it is"])
    let scenarios = try #require(text.between("<h2>Scenarios</h2>", "<h2>"))
    #expect(scenarios.contains(#"<a href="/scenarios/scenarios%2Fcalm.json">Calm sea</a>"#))
    #expect(scenarios.contains("Nothing happens."))
    #expect(scenarios.contains(#"<a href="/studies?scenario=scenarios%2Fcalm.json">Run it</a>"#))
    #expect(!scenarios.contains("October"))
    #expect(text.contains(#"<a href="/studies?study=scenarios%2Fstudies%2Fwho.json">Run it</a>"#))
    for kind in ["scenario", "study", "training", "tuning"] { #expect(text.contains("href=\"/new/\(kind)\"")) }
  }

  @Test("An empty workspace says how to begin")
  func empty() async throws {
    #expect(try await TestServer().page("/scenarios").text.contains("There is no document yet"))
  }

  @Test("The editor has the text as it is, byte for byte", arguments: ["", "\n", "\n\n  ", "x"])
  func text(start: String) async throws {
    let server = try TestServer()
    let text = start + TestServer.scenario(title: Self.hostile, description: Self.hostile) + "\n"
    try server.put(text, "scenarios/a.json")
    let page = try await server.page("/scenarios/scenarios%2Fa.json").text
    #expect(page.area?.unescaped == text)
  }

  @Test(
    "What a document calls itself is never markup",
    arguments: ["/scenarios", "/scenarios/scenarios%2Fa.json", "/studies"])
  func markup(path: String) async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: Self.hostile, description: Self.hostile), "scenarios/a.json")
    let answer = try await server.page(path)
    #expect(answer.status == 200)
    #expect(!answer.text.contains("<script src=\"/x\">"))
    #expect(!answer.text.contains("<b "))
    #expect(answer.text.contains("&lt;b title="))
  }

  @Test("A page's entity tag saves the document")
  func tag() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "One"), "scenarios/a.json")
    let page = try await server.page("/scenarios/scenarios%2Fa.json").text
    let tag = try #require(page.between("data-etag=\"", "\"")).unescaped
    let body = #"{"text": "{\"stresslab\": \"scenario/1\", \"extends\": \"b.json\"}"}"#
    let headers = ["If-Match": tag, "X-StressLab-Request": "1"]
    try server.put(TestServer.scenario(title: "Two"), "scenarios/b.json")
    let path = "/api/v1/documents/scenarios%2Fa.json"
    #expect(page.contains("data-api=\"\(path)\""))
    #expect(try await server.send(.put, path, headers: headers, body: body).status == 200)
    #expect(try await server.send(.put, path, headers: headers, body: body).status == 412)
  }

  @Test("Earlier versions are listed, newest first, and come back into the editor")
  func versions() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "First"), "scenarios/a.json")
    let path = "/api/v1/documents/scenarios%2Fa.json"
    let tag = try #require(try await server.send(.get, path).headers[.eTag])
    let second = try JSONEncoder().encode(["text": TestServer.scenario(title: "Second")])
    let saved = try await server.send(
      .put, path, headers: ["If-Match": tag], body: String(decoding: second, as: UTF8.self))
    #expect(saved.status == 200)
    let page = try await server.page("/scenarios/scenarios%2Fa.json").text
    #expect(page.area?.contains("Second") == true)
    let links = page.matches(of: /\?version=(\d+)"/).map { String($0.1) }
    #expect(links == ["2", "1"])
    let earlier = try await server.page("/scenarios/scenarios%2Fa.json?version=1").text
    #expect(earlier.area?.contains("First") == true)
    #expect(earlier.contains("This is version 1"))
    #expect(try await server.page("/scenarios/scenarios%2Fa.json?version=99").status == 404)
  }

  @Test(
    "What is not there has no page", arguments: ["scenarios%2Fno.json", "scenarios%2F..%2Fa.json", "reports%2Fa.json"])
  func missing(name: String) async throws {
    let answer = try await TestServer().page("/scenarios/\(name)")
    #expect([400, 404].contains(answer.status))
  }

  @Test("A new document begins with the template of its kind", arguments: ["scenario", "study", "training", "tuning"])
  func new(kind: String) async throws {
    let server = try TestServer()
    let page = try await server.page("/new/\(kind)").text
    let template = try await server.send(.get, "/api/v1/templates/\(kind)").json["text"]?.plainText
    #expect(page.area?.unescaped == template)
    #expect(page.contains("data-new=\"\""))
    #expect(page.contains("data-api=\"/api/v1/documents/{name}\""))
    #expect(page.contains("data-preview") == (kind == "scenario"))
  }

  @Test(
    "Nothing stands in a page that its policy forbids, and all that it loads is there",
    arguments: ["/scenarios", "/scenarios/scenarios%2Fa.json", "/new/scenario", "/studies"])
  func policy(path: String) async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "One"), "scenarios/a.json")
    let text = try await server.page(path).text
    #expect(!text.contains(/\sstyle="/))
    #expect(!text.contains(/\son[a-z]+="/))
    #expect(!text.contains(/<script(?![^>]* src=")/))
    let loaded = text.matches(of: /(?:src|href)="(\/assets\/[^"]*)"/).map { String($0.1) }
    #expect(loaded.count >= 4)
    for file in loaded { #expect(try await server.send(.get, file).status == 200, "\(file)") }
  }

  @Test("Every script that a script imports is served, and every file of ours is")
  func imports() async throws {
    let server = try TestServer()
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../../Sources/Server/Assets")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.count > 20)
    for file in files {
      let answer = try await server.send(.get, "/assets/\(file)")
      #expect(answer.status == 200, "\(file)")
      #expect(try answer.text == String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8))
      for found in answer.text.matches(of: /from "\.\/([^"]+)"/) {
        #expect(files.contains(String(found.1)), "\(file) imports \(found.1)")
      }
    }
  }
}

extension String {
  /// What stands in the page's text area, as its markup has it, without the line break behind the tag.
  fileprivate var area: String? {
    guard let start = firstMatch(of: /<textarea[^>]*>\n/),
      let end = range(of: "</textarea>", range: start.range.upperBound..<endIndex)
    else { return nil }
    return String(self[start.range.upperBound..<end.lowerBound])
  }
}
