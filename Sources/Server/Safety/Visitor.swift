import Documents
import Foundation
import HTTPTypes
import Hummingbird

/// Whether a request may come in: its host is ours, its token is right, and no other site's page has sent it.
struct Visitor {
  private let settings: ServerSettings
  private let request: Request

  /// The cookie with the token, for browsers.
  static let cookie = "stresslab-token"

  init(_ request: Request, _ settings: ServerSettings) { (self.request, self.settings) = (request, settings) }

  /// Looks at the host: a name that somebody else's DNS leads here is not ours.
  func checkHost() throws(Failure) {
    guard let authority = request.head.authority, !authority.isEmpty else {
      throw Failure(.badRequest, "badRequest", "the request names no host")
    }
    guard isOurs(authority) else {
      throw Failure(.misdirectedRequest, "wrongHost", "this server is not called \(quoted(authority)): --allow-host")
    }
  }

  /// Looks at the token, where one is needed.
  func checkToken() throws(Failure) {
    guard let token = settings.token else { return }
    guard let known = bearer ?? cookie, token.isKnown(to: known) else {
      throw Failure(
        .unauthorized, "unauthorized", "the server's token is needed: Authorization: Bearer TOKEN, or log in",
        headers: [(.wwwAuthenticate, "Bearer realm=\"StressLab\"")])
    }
  }

  /// Looks who has sent what changes something: other sites' pages can send requests, but cannot lie about where they come from.
  func checkOrigin() throws(Failure) {
    guard ![.get, .head, .options].contains(request.method) else { return }
    if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { throw fromElsewhere }
    if let origin = request.headers[.origin] {
      guard let host = URLComponents(string: origin), isSameOrigin(host) else { throw fromElsewhere }
    } else if bearer == nil, settings.token != nil, request.headers[.stressLabRequest] == nil {
      throw Failure(
        .forbidden, "forbidden", "with a cookie, what changes something carries the header X-StressLab-Request: 1")
    }
  }

  private var fromElsewhere: Failure {
    Failure(.forbidden, "forbidden", "the request comes from another site's page")
  }

  private func isSameOrigin(_ origin: URLComponents) -> Bool {
    guard let host = origin.host else { return false }
    let port = origin.port.map { ":\($0)" } ?? ""
    let name = "\(host)\(port)"
    return name.lowercased() == request.head.authority?.lowercased()
      || settings.publicAddress?.lowercased() == "\(origin.scheme ?? "")://\(name)".lowercased()
  }

  private func isOurs(_ authority: String) -> Bool {
    guard let parts = URLComponents(string: "http://\(authority)"), let host = parts.host?.lowercased(),
      parts.user == nil, parts.path.isEmpty, parts.query == nil, parts.fragment == nil
    else { return false }
    let names = ["localhost", "127.0.0.1", "[::1]", "::1", settings.host.lowercased()]
    let known = settings.publicAddress.flatMap { URLComponents(string: $0)?.host?.lowercased() }
    return names.contains(host) || host == known
      || settings.allowedHosts.contains { $0.lowercased() == host || $0.lowercased() == authority.lowercased() }
  }

  private var bearer: String? {
    guard let field = request.headers[.authorization], field.lowercased().hasPrefix("bearer ") else { return nil }
    return field.dropFirst(7).trimmingCharacters(in: .whitespaces)
  }

  private var cookie: String? {
    for field in request.headers[values: .cookie] {
      for part in field.split(separator: ";") {
        let halves = part.trimmingCharacters(in: .whitespaces).split(separator: "=", maxSplits: 1)
        if halves.count == 2, halves[0] == Self.cookie { return String(halves[1]) }
      }
    }
    return nil
  }
}

extension HTTPField.Name {
  /// Who sent a request, as browsers say.
  static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
  /// That a script of ours, or a program, has sent a request.
  static let stressLabRequest = HTTPField.Name("X-StressLab-Request")!
}
