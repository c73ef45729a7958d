import Foundation
import Glibc

/// A server on this machine that answers every request with the same bytes, or with none.
final class RawServer: Sendable {
  let port: UInt16
  private let descriptor: Int32

  /// - Parameter answer: what comes for a request, after which the connection is closed; nil: nothing, for ever.
  init(_ answer: String?) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
        bind(descriptor, plain, length) == 0 && listen(descriptor, 16) == 0
          && getsockname(descriptor, plain, &length) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRINUSE) }
    (self.descriptor, port) = (descriptor, UInt16(bigEndian: address.sin_port))
    let thread = Thread {
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else {
          // Not where the shutdown comes from: a number that is free there may be another server's before it is asked for here.
          close(descriptor)
          return
        }
        guard let answer else { continue }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        _ = recv(connection, &buffer, buffer.count, 0)
        let bytes = Array(answer.utf8)
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        Glibc.shutdown(connection, Int32(SHUT_WR))
        close(connection)
      }
    }
    thread.start()
  }

  deinit { Glibc.shutdown(descriptor, Int32(SHUT_RDWR)) }

  var url: String { "http://127.0.0.1:\(port)" }
}
