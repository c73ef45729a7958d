import Foundation
import MarketData

/// What a server answered.
package struct HTTPReply: Sendable, Hashable {
  /// The status, 100…599.
  package let status: Int
  /// Values by names in small letters.
  package let headers: [String: String]
  /// The body.
  package let body: [UInt8]

  /// An answer of its parts.
  package init(status: Int, headers: [String: String], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// What the server's clock said, milliseconds since 1970; nil where it said nothing that can be read.
  package var date: Int64? { headers["date"].flatMap(Self.milliseconds) }

  /// After how many seconds the server wants to be asked again: `Retry-After`, in seconds or as a date, which counts from
  /// the server's own clock where it says one.
  package func retryAfter(now: Int64) -> Double? { Self.retryAfter(headers["retry-after"], from: date ?? now) }

  /// Seconds of the text of a `Retry-After`; nil of what is none.
  package static func retryAfter(_ text: String?, from now: Int64) -> Double? {
    guard let text = text?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
    if text.utf8.count <= 15, text.utf8.allSatisfy({ (48...57).contains($0) }), let seconds = Double(text) {
      return seconds
    }
    return milliseconds(text).map { Double(max(0, $0 - now)) / 1000 }
  }

  /// The moment of an HTTP date, `Sun, 06 Nov 1994 08:49:37 GMT`; nil of the forms that nobody writes any more.
  package static func milliseconds(_ text: String) -> Int64? {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].utf8.count == 4, parts[0].hasSuffix(","), parts[5] == "GMT",
      let month = months.firstIndex(of: String(parts[2])), parts[1].utf8.count == 2, parts[3].utf8.count == 4
    else { return nil }
    return Timestamp.milliseconds("\(parts[3])-\((month + 1).padded(2))-\(parts[1])T\(parts[4])Z")
  }
}
