import Foundation
import Server
import Testing

@Suite("The workspace")
struct WorkspaceTests {
  @Test(
    "What leads out of it or is hidden is no name",
    arguments: [
      "", "/", "/etc/passwd", "..", "../x", "scenarios/../../x", "scenarios/..", "scenarios//x", "scenarios/x/",
      ".stresslab/jobs.sqlite", "scenarios/.hidden", "a\\b", "a\u{0}b", "a\nb", "a\u{202E}b", "./a", "a/./b",
      String(repeating: "a/", count: 40) + "a", String(repeating: "x", count: 256),
    ])
  func names(text: String) { #expect(WorkspaceName(text) == nil) }

  @Test("Names of words are", arguments: ["a", "scenarios/a.json", "reports/what if 2", "scenarios/über.json", "a..b"])
  func good(text: String) { #expect(WorkspaceName(text)?.description == text) }

  @Test("A link is not followed, neither as a file nor on the way to one")
  func links() throws {
    let folder = try JobWorkspace()
    let outside = try JobWorkspace()
    try Data("secret".utf8).write(to: outside.url.appendingPathComponent("secret.json"))
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("scenarios"), withIntermediateDirectories: true)
    symlink(outside.path("secret.json"), folder.path("scenarios/link.json"))
    symlink(outside.url.path, folder.path("scenarios/folder"))
    let workspace = try Workspace(folder.url.path)
    for name in ["scenarios/link.json", "scenarios/folder/secret.json"] {
      let name = try #require(WorkspaceName(name))
      #expect(try workspace.read(name) == nil)
      #expect(throws: (any Error).self) { try workspace.write([1], to: name) }
    }
    #expect(workspace.files(in: "scenarios", endingIn: ".json").isEmpty)
    #expect(outside.text("secret.json") == "secret")
  }

  @Test("Documents read no file from outside")
  func reader() throws {
    let folder = try JobWorkspace()
    let outside = try JobWorkspace()
    try Data("secret".utf8).write(to: outside.url.appendingPathComponent("bars.csv"))
    let read = try Workspace(folder.url.path).reader()
    for path in [outside.path("bars.csv"), "../\(outside.url.lastPathComponent)/bars.csv", "/etc/passwd", "data:../x"] {
      #expect(try read(path) == nil)
    }
  }

  @Test(
    "Every address that leads out is refused, however it is written",
    arguments: [
      "..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "scenarios%2F..%2F..%2Fx", "%2e%2e%2fx", "scenarios%5C..%5Cx",
      "scenarios%2F%00.json", "%c0%ae%c0%ae%2fx", "scenarios%2F.%2Fx.json", ".stresslab%2Fjobs.sqlite",
      "scenarios%2F%E2%80%AEx.json",
    ])
  func addresses(name: String) async throws {
    let server = try TestServer()
    for path in ["/api/v1/documents/", "/api/v1/reports/", "/scenarios/", "/reports/"] {
      let answer = try await server.send(.get, path + name)
      #expect([400, 404].contains(answer.status))
      #expect(!answer.text.contains("root:"))
    }
  }
}
