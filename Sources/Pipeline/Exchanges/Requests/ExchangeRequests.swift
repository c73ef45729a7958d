import Documents
import Foundation

/// Requests to one exchange: spaced, and with what every server says in the same way made of them.
struct ExchangeRequests: Sendable {
  let client: HTTPClient
  let address: WebAddress
  let pacer: Pacer
  let sleeper: any Sleeper

  init(_ address: WebAddress, spacing: Double, sleeper: any Sleeper, timeout: Double) {
    self.address = address
    self.sleeper = sleeper
    client = HTTPClient(sleeper: sleeper, timeout: timeout)
    pacer = Pacer(spacing: spacing, sleeper: sleeper)
  }

  /// The answer to a request, of a status that its exchange has to explain: 200 or 400…499.
  ///
  /// - Throws: `passing` for overload and faults of the server, `lasting` for other statuses, and what transport throws.
  func get(_ path: String, _ query: [(String, String)] = []) throws(ExchangeFault) -> HTTPReply {
    guard let url = address.url(path, query) else { throw .lasting("has an address that leads nowhere") }
    try pacer.wait()
    let reply = try client.get(url)
    let wait = reply.retryAfter(now: sleeper.now).map { ExchangeFault.Wait.said($0) }
    switch reply.status {
    case 200: return reply
    case 418: throw .passing("bans this address for asking too much (418)", wait: wait ?? .longer)
    case 429: throw .passing("is asked too often (429)", wait: wait ?? .longer)
    case 408, 500...599: throw .passing("has a fault of its own (\(reply.status))", wait: wait ?? .unsaid)
    case 451: throw .lasting("does not serve the place that this is asked from (451)")
    case 400..<500: return reply
    default: throw .lasting("answers with status \(reply.status), which says nothing of bars")
    }
  }

  /// The tree of an answer's body.
  ///
  /// - Throws: `passing` where it is no JSON: it may have been cut.
  static func json(_ reply: HTTPReply) throws(ExchangeFault) -> Node {
    do throws(Problems) {
      let (root, problems) = try DocumentParser.parse(reply.body, file: "")
      if problems.isEmpty { return root }
    } catch {}
    throw .passing("sends an answer that is no whole JSON")
  }

  /// What a refusal of the exchange says, for the end of a sentence: its own words, cut and printable.
  static func refusal(_ reply: HTTPReply, _ words: String?) -> ExchangeFault {
    let said = words.map { ": \(quoted($0))" } ?? ""
    return .lasting("refuses the request (\(reply.status))\(said)")
  }
}

extension Node {
  /// The text of a number or of a string.
  var decimal: String? {
    switch content {
    case .number(_, let text): text
    case .string(let text): text
    default: nil
    }
  }

  /// A whole number that fits.
  var integer: Int64? {
    if case .number(_, let text) = content { Int64(text) } else { nil }
  }
}
