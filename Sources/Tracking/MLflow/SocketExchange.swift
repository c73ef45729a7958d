import Foundation
import Glibc

/// Requests over plain connections, each its own, by HTTP/1.1: what waits for an answer sleeps.
///
/// Foundation's session on Linux (Swift 6.3) asks the system without a pause while it waits, which takes a core from the
/// training beside it; it is left for https alone (`NetworkExchange`).
package struct SocketExchange: HTTPExchange {
  /// The largest answer that is read, in bytes.
  private static let most = 64 << 20

  /// Connections as they are needed.
  package init() {}

  /// Sends a request and waits for the answer.
  package func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPReply {
    guard let url = URLComponents(string: request.url), let host = url.host, let scheme = url.scheme, scheme == "http"
    else { throw HTTPFailure("\(request.url) is no address") }
    let deadline = Deadline(seconds: request.patience)
    let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    let descriptor = try Self.connect(to: name, port: url.port ?? 80, deadline)
    defer { close(descriptor) }
    let path =
      (url.percentEncodedPath.isEmpty ? "/" : url.percentEncodedPath)
      + (url.percentEncodedQuery.map { "?\($0)" } ?? "")
    var head = "\(request.method) \(path) HTTP/1.1\r\nHost: \(host)\(url.port.map { ":\($0)" } ?? "")\r\n"
    for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
      guard !value.contains(where: \.isNewline) else { throw HTTPFailure("a header has two lines") }
      head += "\(name): \(value)\r\n"
    }
    if request.method != "GET" { head += "Content-Length: \(request.body?.count ?? 0)\r\n" }
    head += "Connection: close\r\n\r\n"
    try Self.write(Array(head.utf8) + Array(request.body ?? Data()), to: descriptor, deadline)
    var reader = HTTPReplyReader()
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while !reader.isWhole {
      try Self.wait(for: descriptor, POLLIN, deadline)
      let count = recv(descriptor, &block, block.count, 0)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count >= 0 else { throw HTTPFailure("the connection was cut") }
      if count == 0 { break }
      try reader.take(block[..<count])
      guard reader.size <= Self.most else { throw HTTPFailure("its answer never ends") }
    }
    return try reader.reply()
  }

  /// Until when there is patience.
  private struct Deadline {
    private let end: Double
    let patience: Double

    init(seconds: Double) {
      patience = seconds
      end = Self.now + seconds
    }

    private static var now: Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Milliseconds that are left; nil where it is over.
    var left: Int32? {
      let seconds = end - Self.now
      return seconds > 0 ? Int32(min(seconds * 1000, 1e9).rounded(.up)) : nil
    }

    var failure: HTTPFailure { HTTPFailure("it does not answer within \(Int(patience.rounded(.up))) s") }
  }

  private static func wait(for descriptor: Int32, _ events: Int32, _ deadline: Deadline) throws(HTTPFailure) {
    while true {
      guard let left = deadline.left else { throw deadline.failure }
      var poll = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let found = Glibc.poll(&poll, 1, left)
      if found > 0 { return }
      if found < 0, errno != EINTR { throw HTTPFailure("the connection was cut") }
    }
  }

  private static func connect(to host: String, port: Int, _ deadline: Deadline) throws(HTTPFailure) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, "\(port)", &hints, &list) == 0, let first = list else {
      throw HTTPFailure("there is no host \(host)")
    }
    defer { freeaddrinfo(first) }
    var failure = HTTPFailure("nobody listens there")
    var next: UnsafeMutablePointer<addrinfo>? = first
    while let place = next {
      next = place.pointee.ai_next
      let kind = place.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
      let descriptor = socket(place.pointee.ai_family, kind, place.pointee.ai_protocol)
      guard descriptor >= 0 else {
        failure = HTTPFailure(String(cString: strerror(errno)))
        continue
      }
      do throws(HTTPFailure) {
        if Glibc.connect(descriptor, place.pointee.ai_addr, place.pointee.ai_addrlen) != 0 {
          guard errno == EINPROGRESS else { throw words(errno) }
          try wait(for: descriptor, POLLOUT, deadline)
          var (fault, length) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
          getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &fault, &length)
          guard fault == 0 else { throw words(fault) }
        }
        return descriptor
      } catch {
        close(descriptor)
        failure = error
      }
    }
    throw failure
  }

  private static func words(_ fault: Int32) -> HTTPFailure {
    fault == ECONNREFUSED
      ? HTTPFailure("nobody listens there") : HTTPFailure(String(cString: strerror(fault)).lowercased())
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ deadline: Deadline) throws(HTTPFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try wait(for: descriptor, POLLOUT, deadline)
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      // One that closes early may have said why.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// Requests over the network: plain ones by connections of our own, those of https by Foundation's session.
package struct NetworkExchange: HTTPExchange {
  private let plain = SocketExchange()
  private let sealed = SealedExchange()

  /// Connections as they are needed.
  package init() {}

  /// Sends a request and waits for the answer.
  package func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPReply {
    try request.url.hasPrefix("http://") ? plain.send(request) : sealed.send(request)
  }
}
