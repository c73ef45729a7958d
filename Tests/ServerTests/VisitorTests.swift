import HTTPTypes
import Server
import Testing

@Suite("Who may come in")
struct VisitorTests {
  private static let token = "a-token-of-sixteen-or-more"

  @Test(
    "A host is ours or refused",
    arguments: [
      ("localhost", 200), ("localhost:8420", 200), ("127.0.0.1:8420", 200), ("[::1]:8420", 200), ("LOCALHOST", 200),
      ("lab.example", 200), ("lab.example:443", 200), ("evil.example", 421), ("localhost.evil.example", 421),
      ("evil.example:8420", 421), ("user@localhost", 421), ("localhost/..", 421), ("127.0.0.1.evil.example", 421),
      ("127.1", 421), ("lab.example.", 421), ("", 400),
    ])
  func hosts(host: String, status: Int) async throws {
    let server = try TestServer { $0.allowedHosts = ["lab.example"] }
    #expect(try await server.send(.get, "/healthz", host: host).status == status)
  }

  @Test("A request without a host is refused")
  func noHost() async throws {
    #expect(try await TestServer().send(.get, "/healthz", host: nil).status == 400)
  }

  @Test(
    "Where there is a token it must be known, in a header or a cookie",
    arguments: [
      ([:], 401), (["Authorization": "Bearer \(token)"], 200), (["authorization": "bearer \(token)"], 200),
      (["Authorization": "Bearer \(token)x"], 401), (["Authorization": "Bearer "], 401),
      (["Authorization": token], 401), (["Authorization": "Basic \(token)"], 401),
      (["Cookie": "stresslab-token=\(token)"], 200), (["Cookie": "a=b; stresslab-token=\(token)"], 200),
      (["Cookie": "stresslab-token=\(token.dropLast())"], 401), (["Cookie": "other=\(token)"], 401),
    ] as [([String: String], Int)])
  func tokens(headers: [String: String], status: Int) async throws {
    let server = try TestServer(token: Self.token)
    #expect(try await server.send(.get, "/api/v1/documents", headers: headers).status == status)
    #expect(try await server.send(.get, "/no/such/address", headers: headers).status == (status == 200 ? 404 : 401))
    #expect(try await server.send(.get, "/healthz", headers: headers).status == 200)
  }

  @Test("A browser without the token is led to where it can give it")
  func login() async throws {
    let server = try TestServer(token: Self.token)
    let answer = try await server.send(.get, "/", headers: ["Accept": "text/html"])
    #expect(answer.status == 303)
    #expect(answer.headers[.location] == "/login")
    #expect(try await server.send(.get, "/login", headers: ["Accept": "text/html"]).status == 200)
    let wrong = try await server.send(.post, "/api/v1/session", headers: Self.ours, body: #"{"token":"wrong"}"#)
    #expect(wrong.status == 401)
    let right = try await server.send(
      .post, "/api/v1/session", headers: Self.ours, body: #"{"token":"\#(Self.token)"}"#)
    #expect(right.status == 204)
    let cookie = try #require(right.headers[.setCookie])
    #expect(cookie == "stresslab-token=\(Self.token); Path=/; HttpOnly; SameSite=Strict")
  }

  @Test("Behind TLS the cookie is sent by TLS alone")
  func secureCookie() async throws {
    let server = try TestServer(token: Self.token) { $0.publicAddress = "https://lab.example" }
    let right = try await server.send(
      .post, "/api/v1/session", headers: Self.ours, body: #"{"token":"\#(Self.token)"}"#)
    #expect(right.headers[.setCookie]?.hasSuffix("; Secure") ?? false)
  }

  private static let ours = ["X-StressLab-Request": "1"]

  @Test(
    "What changes something comes from our own pages or from a program",
    arguments: [
      ([:], 422), (["Origin": "http://localhost:8420"], 422), (["Sec-Fetch-Site": "same-origin"], 422),
      (["Sec-Fetch-Site": "none"], 422), (["Origin": "http://evil.example"], 403), (["Origin": "null"], 403),
      (["Origin": "http://localhost:9999"], 403), (["Sec-Fetch-Site": "cross-site"], 403),
      (["Sec-Fetch-Site": "same-site"], 403),
      (["Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"], 403),
    ] as [([String: String], Int)])
  func origins(headers: [String: String], status: Int) async throws {
    // What is let in is told that its body is wrong.
    #expect(try await TestServer().send(.post, "/api/v1/runs", headers: headers, body: "{}").status == status)
  }

  @Test("With a cookie alone nothing is changed, since a form of another site could carry it")
  func cookieAlone() async throws {
    let server = try TestServer(token: Self.token)
    let cookie = ["Cookie": "stresslab-token=\(Self.token)"]
    #expect(try await server.send(.post, "/api/v1/runs", headers: cookie, body: "{}").status == 403)
    let marked = cookie.merging(Self.ours) { $1 }
    #expect(try await server.send(.post, "/api/v1/runs", headers: marked, body: "{}").status == 422)
  }

  @Test("Elsewhere than on the loopback it does not start without a token", arguments: ["0.0.0.0", "::", "192.0.2.1"])
  func open(host: String) throws {
    #expect(throws: (any Error).self) { try ServerSettings(host: host) }
    _ = try ServerSettings(host: host, token: AccessToken(Self.token))
  }

  @Test(
    "A token that could be guessed is none", arguments: ["", "short", "fifteen-letters", "sixteen letters and blanks"])
  func weak(token: String) {
    #expect(throws: (any Error).self) { try AccessToken(token) }
  }
}
