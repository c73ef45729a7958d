import Documents
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Server
import Testing

@Suite("Addresses and connections")
struct AddressTests {
  @Test(
    "What an address does not know is refused in the one form, with the methods that it knows",
    arguments: [
      ("/api/v1/documents", "DELETE", "GET, HEAD"), ("/api/v1/documents", "TRACE", "GET, HEAD"),
      ("/api/v1/runs", "GET", "POST"), ("/api/v1/documents/scenarios%2Fa.json", "POST", "GET, HEAD, PUT"),
      ("/healthz", "PROPFIND", "GET, HEAD"),
    ])
  func methods(path: String, method: String, allowed: String) async throws {
    let answer = try await TestServer().send(try #require(HTTPRequest.Method(method)), path)
    #expect(answer.status == 405)
    #expect(answer.headers[.allow] == allowed)
    #expect(try answer.json.text("error", "code") == "methodNotAllowed")
  }

  @Test(
    "An address with nothing at it is refused in the one form", arguments: ["/no", "/api/v1/no", "/api/v2/documents"])
  func nothing(path: String) async throws {
    let answer = try await TestServer().send(.get, path)
    #expect(answer.status == 404)
    #expect(try answer.json.text("error", "code") == "notFound")
  }

  @Test(
    "A connection is ended after an answer that says so, and kept after others",
    arguments: [("close", true), ("Close", true), ("keep-alive", false), (nil, false)] as [(String?, Bool)])
  func closing(connection: String?, ends: Bool) throws {
    let loop = EmbeddedEventLoop()
    let channel = EmbeddedChannel(handler: ClosingHandler(), loop: loop)
    try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait()
    var fields = HTTPFields()
    if let connection { fields[.connection] = connection }
    try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .contentTooLarge, headerFields: fields)))
    try channel.writeOutbound(HTTPResponsePart.end(nil))
    loop.advanceTime(by: .seconds(3))
    #expect(channel.isActive == !ends)
    _ = try? channel.finish(acceptAlreadyClosed: true)
  }
}

extension JSONValue {
  /// The text at the end of some keys.
  fileprivate func text(_ keys: String...) -> String? {
    var value = self
    for key in keys {
      guard case .object(let members) = value, let member = members.first(where: { $0.name == key }) else { return nil }
      value = member.value
    }
    guard case .string(let text) = value else { return nil }
    return text
  }
}
