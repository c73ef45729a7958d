import HTTPTypes
import Hummingbird

/// What every answer tells the browser: to load nothing from elsewhere, to run no script that is not a file of ours, not to guess
/// types, not to tell others where it was.
enum SafetyHeaders {
  /// Of our pages; whoever has another policy has put it already.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    + "form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"

  /// Puts them on an answer.
  static func put(on response: inout Response) {
    if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = policy }
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "no-referrer"
    response.headers[.crossOriginOpener] = "same-origin"
    response.headers[.crossOriginResource] = "same-origin"
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
  }
}

extension HTTPResponse.Status {
  /// 507: there is no room for it (RFC 4918, 11.5).
  static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}

extension HTTPField.Name {
  /// Asks a proxy not to hold an event stream back.
  static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
  static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
  static let crossOriginOpener = HTTPField.Name("Cross-Origin-Opener-Policy")!
  static let crossOriginResource = HTTPField.Name("Cross-Origin-Resource-Policy")!
}
