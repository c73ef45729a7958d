import Documents
import HTTPTypes
import Lab

/// The server itself: its health, its counts, its document, and the session of a browser.
enum ServerAPI {
  static let operations = [health, metrics, version, login, logout]

  private static let health = Operation(
    .get, "/healthz", id: "readHealth", .server, "Says whether the server is there.",
    answer: .text("text/plain", "It is.", example: "ok\n"), isOpen: true
  ) { _ in Reply(.bytes(Array("ok\n".utf8), type: "text/plain; charset=utf-8")) }

  private static let metrics = Operation(
    .get, "/metrics", id: "readMetrics", .server, "Reads what the server counts, for Prometheus.",
    answer: .text("text/plain", "The counts.", example: "stresslab_jobs{state=\"running\"} 1\n")
  ) { call in
    let context = call.context
    let counts = try await context.apart { try JobsAPI.refusing { try context.jobs.counts() } }
    let jobs = JobState.allCases.map { (state: $0.rawValue, count: counts[$0] ?? 0) }
    return Reply(
      .bytes(Array(context.metrics.text(jobs: jobs).utf8), type: "text/plain; version=0.0.4; charset=utf-8"))
  }

  private static let version = Operation(
    .get, "/api/v1", id: "readServer", .server, "Says which program this is.",
    answer: .json(
      Schemas.object([("program", Schemas.text), ("version", Schemas.text), ("openapi", Schemas.text)]), "The program.",
      example: ["program": "stresslab", "version": .string(Program.version), "openapi": "/openapi.json"])
  ) { _ in
    .json(["program": "stresslab", "version": .string(Program.version), "openapi": "/openapi.json"])
  }

  private static let login = Operation(
    .post, "/api/v1/session", id: "logIn", .server, "Gives a browser a cookie for the token.",
    body: TokenBody.form, example: ["token": "a-token-of-16-or-more"], answer: .nothing("The cookie is set."),
    isOpen: true
  ) { call, body in
    guard let token = call.context.settings.token else { return Reply(.nothing, status: .noContent) }
    guard token.isKnown(to: body.token) else {
      throw Failure(.unauthorized, "unauthorized", "that is not the server's token")
    }
    return Reply(.nothing, status: .noContent, headers: [(.setCookie, cookie(body.token, call.context.settings))])
  }

  private static let logout = Operation(
    .delete, "/api/v1/session", id: "logOut", .server, "Takes the cookie back.", answer: .nothing("It is gone."),
    isOpen: true
  ) { call in
    Reply(
      .nothing, status: .noContent, headers: [(.setCookie, cookie("", call.context.settings) + "; Max-Age=0")])
  }

  private static func cookie(_ value: String, _ settings: ServerSettings) -> String {
    let isSecure = settings.publicAddress?.lowercased().hasPrefix("https:") ?? false
    return "\(Visitor.cookie)=\(value); Path=/; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
  }
}

/// A body with a token.
struct TokenBody: Sendable {
  let token: String
  static let form = Form(
    Field("token", .string, "the server's token"), make: { token throws(FormViolation) in TokenBody(token: token) })
}
