import Foundation

/// A request to a server.
package struct HTTPRequest: Sendable {
  /// `GET`, `POST`, `PUT`.
  package let method: String
  /// Where to.
  package let url: String
  /// What goes with it beside what every request has.
  package let headers: [String: String]
  /// Its body.
  package let body: Data?
  /// Seconds after which nobody waits any longer.
  package let patience: Double
}

/// What a server answered.
package struct HTTPReply: Sendable {
  /// The status, such as 200.
  package let status: Int
  /// The body.
  package let body: [UInt8]

  /// An answer.
  package init(status: Int, body: [UInt8]) { (self.status, self.body) = (status, body) }
}

/// That a server did not answer.
package struct HTTPFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// A part of a sentence, such as `nobody listens there`.
  package let description: String

  /// In words.
  package init(_ description: String) { self.description = description }
}

/// What takes requests to servers.
package protocol HTTPExchange: Sendable {
  /// Sends a request and waits for the answer.
  func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPReply
}
