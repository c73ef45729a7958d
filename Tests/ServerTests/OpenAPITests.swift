import Documents
import Server
import Testing

@Suite("The description of the API")
struct OpenAPITests {
  private static let document = LabServer.description

  private static func members(_ value: JSONValue?) -> [JSONMember] {
    guard case .object(let members) = value else { return [] }
    return members
  }

  private static func elements(_ value: JSONValue?) -> [JSONValue] {
    guard case .array(let elements) = value else { return [] }
    return elements
  }

  @Test("Every operation is described once, with an example of its body and of its answer")
  func operations() {
    var names: [String] = []
    for path in Self.members(Self.document["paths"]) {
      for operation in Self.members(path.value) {
        names.append(operation.value["operationId"]?.plainText ?? "")
        for parameter in Self.elements(operation.value["parameters"]) { #expect(parameter["example"] != nil) }
        if let body = operation.value["requestBody"] {
          #expect(body["content"]?["application/json"]?["example"] != nil)
        }
        let good = Self.members(operation.value["responses"]).first { $0.name.hasPrefix("2") }
        if good?.name != "204" { #expect(Self.members(good?.value["content"]).first?.value["example"] != nil) }
        // What stands in braces is described.
        let captured = path.name.matches(of: #/\{([^}]+)\}/#).map { String($0.1) }
        let described = Self.elements(operation.value["parameters"]).filter { $0["in"] == "path" }
        #expect(described.compactMap { $0["name"]?.plainText } == captured)
      }
    }
    #expect(Set(names).count == names.count)
    #expect(names.count > 25)
  }

  @Test("Every reference leads to a schema")
  func references() {
    let text = JSONWriter.write(Self.document)
    let known = Set(Self.members(Self.document["components"]?["schemas"]).map(\.name))
    let named = text.matches(of: #/"#\/components\/schemas\/([A-Za-z]+)"/#).map { String($0.1) }
    #expect(!named.isEmpty)
    #expect(named.allSatisfy(known.contains))
    #expect(!text.contains("#/$defs/"))
  }

  @Test("An example of a body is read by its own form")
  func bodies() async throws {
    let server = try TestServer(program: BuiltProgram.path)
    for path in Self.members(Self.document["paths"]) {
      for operation in Self.members(path.value) {
        guard let example = operation.value["requestBody"]?["content"]?["application/json"]?["example"] else {
          continue
        }
        let address = path.name.replacing("{name}", with: "scenarios%2Fx.json").replacing("{id}", with: "x")
        let answer = try await server.send(
          operation.name == "put" ? .put : .post, address, body: JSONWriter.write(example))
        // What the workspace does not hold may be missing, but no key is unknown, missing or of the wrong type.
        #expect(!answer.text.contains("unknown key") && !answer.text.contains("\\\"body\\\""))
        #expect(!answer.text.contains("\"file\":\"body\""))
        #expect(answer.status < 500 || answer.status == 503, "\(path.name): \(answer.text)")
      }
    }
  }
}
