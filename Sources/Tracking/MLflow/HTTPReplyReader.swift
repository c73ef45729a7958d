/// Makes an answer of the bytes that come: by its length, in chunks, or up to the end of the connection (RFC 9112, section 6).
struct HTTPReplyReader {
  private var bytes: [UInt8] = []
  private var head: Head?

  private struct Head {
    let status: Int
    /// Where the body begins.
    let end: Int
    /// Nil: up to the end of the connection.
    let length: Int?
    let isChunked: Bool
  }

  /// Bytes so far.
  var size: Int { bytes.count }

  /// Whether nothing more is to come.
  var isWhole: Bool {
    guard let head else { return false }
    if head.isChunked { return (try? chunks(head)) != nil }
    return head.length.map { bytes.count - head.end >= $0 } ?? false
  }

  /// Takes bytes.
  mutating func take(_ more: ArraySlice<UInt8>) throws(HTTPFailure) {
    bytes += more
    guard head == nil else { return }
    guard let end = Self.find([13, 10, 13, 10], in: bytes, from: 0) else {
      guard bytes.count < 1 << 20 else { throw HTTPFailure("its answer is no HTTP") }
      return
    }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    let first = lines.first?.split(separator: " ", maxSplits: 2) ?? []
    guard first.count >= 2, first[0].hasPrefix("HTTP/1."), let status = Int(first[1]), (100...599).contains(status)
    else {
      throw HTTPFailure("its answer is no HTTP")
    }
    if status < 200 {
      // An interim answer: the real one follows.
      let rest = bytes[(end + 4)...]
      bytes = []
      return try take(rest)
    }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      fields[line[..<colon].lowercased()] = String(value)
    }
    let length = fields["content-length"].map { Int($0) ?? -1 }
    guard length ?? 0 >= 0 else { throw HTTPFailure("its answer is no HTTP") }
    head = Head(
      status: status, end: end + 4, length: status == 204 || status == 304 ? 0 : length,
      isChunked: fields["transfer-encoding"]?.lowercased().contains("chunked") ?? false)
  }

  /// The answer, when the connection has ended or all of it is there.
  func reply() throws(HTTPFailure) -> HTTPReply {
    guard let head else { throw HTTPFailure(bytes.isEmpty ? "the connection was cut" : "its answer is no HTTP") }
    if head.isChunked { return HTTPReply(status: head.status, body: try chunks(head)) }
    let body = bytes[head.end...]
    guard let length = head.length else { return HTTPReply(status: head.status, body: Array(body)) }
    guard body.count >= length else { throw HTTPFailure("the connection was cut") }
    return HTTPReply(status: head.status, body: Array(body.prefix(length)))
  }

  /// The body of chunks; throws where the last one is not there.
  private func chunks(_ head: Head) throws(HTTPFailure) -> [UInt8] {
    var (place, body): (Int, [UInt8]) = (head.end, [])
    while true {
      guard let end = Self.find([13, 10], in: bytes, from: place) else { throw HTTPFailure("the connection was cut") }
      let digits = bytes[place..<end].prefix { $0 != UInt8(ascii: ";") }
      guard let size = Int(String(decoding: digits, as: UTF8.self).filter { $0 != " " }, radix: 16), size >= 0,
        size <= bytes.count
      else { throw HTTPFailure("the connection was cut") }
      if size == 0 { return body }
      guard end + 2 + size + 2 <= bytes.count else { throw HTTPFailure("the connection was cut") }
      body += bytes[(end + 2)..<(end + 2 + size)]
      place = end + 2 + size + 2
    }
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= start + mark.count else { return nil }
    return (start...(bytes.count - mark.count)).first { bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
  }
}
