import Foundation
import Lab

/// Where an MLflow server is, and who asks there.
///
/// What proves who asks stands in no message, no store and no record.
package struct MLflowAddress: Sendable, Hashable, CustomStringConvertible {
  /// The address without a slash at its end, and without a name or password.
  package let address: String
  /// What goes with every request; nil where nobody has to prove anything.
  let authorization: String?

  /// What names a server for a whole session.
  package static let variable = "MLFLOW_TRACKING_URI"

  /// The address, for people.
  package var description: String { address }

  /// A server by its address.
  ///
  /// - Parameters:
  ///   - text: such as `http://127.0.0.1:5000`.
  ///   - environment: `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, prove who asks.
  /// - Throws: an address that is none of http or https.
  package init(_ text: String, environment: [String: String]) throws(Refusal) {
    guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty, parts.query == nil,
      parts.fragment == nil
    else {
      throw Refusal("\(Self.shown(text)) is no address of an MLflow server: http://HOST:PORT or https://HOST is one")
    }
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    func basic(_ user: String, _ password: String) -> String {
      "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }
    if let token = variable("MLFLOW_TRACKING_TOKEN") {
      authorization = "Bearer \(token)"
    } else if let user = variable("MLFLOW_TRACKING_USERNAME") {
      authorization = basic(user, variable("MLFLOW_TRACKING_PASSWORD") ?? "")
    } else if let user = parts.user {
      authorization = basic(user, parts.password ?? "")
    } else {
      authorization = nil
    }
    (parts.user, parts.password) = (nil, nil)
    guard let bare = parts.string else { throw Refusal("\(Self.shown(text)) is no address of an MLflow server") }
    address = String(bare.reversed().drop { $0 == "/" }.reversed())
  }

  /// An address that may hold a password, for people.
  private static func shown(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return "\"\(text)\"" }
    return "\"…\(text[at...])\""
  }
}
