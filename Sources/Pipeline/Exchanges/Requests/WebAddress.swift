import Foundation

/// Where an exchange is asked: `https://api.kraken.com`, with a path before those of requests where there is one.
package struct WebAddress: Sendable, Hashable, CustomStringConvertible {
  /// Without a slash at its end.
  package let description: String

  /// An address, or nil where the text is no http or https address of a host, or has a query, a fragment or a name and
  /// password in it.
  package init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: text),
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil, parts.query == nil,
      parts.fragment == nil, parts.port.map({ (1...65535).contains($0) }) ?? true
    else { return nil }
    description = text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// The address of a request.
  ///
  /// - Parameter query: names and values, which are escaped here.
  package func url(_ path: String, _ query: [(String, String)] = []) -> URL? {
    let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    let pairs = query.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }
    return URL(string: description + path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")))
  }

  /// A word as a part of a path.
  package static func pathPart(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
  }
}
