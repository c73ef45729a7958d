import Hummingbird
import NIOCore

/// Reads the body of a request within limits of size and time: who sends a byte a second holds nothing up.
struct BodyReader {
  let limits: ServerSettings.Limits

  /// All bytes.
  ///
  /// - Throws: a `Failure` for a body that is too large or too slow.
  func read(_ request: Request) async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.bodyBytes { throw tooLarge }
    let most = limits.bodyBytes
    let seconds = limits.bodySeconds
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask {
        var bytes: [UInt8] = []
        do {
          for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= most else { throw tooLarge }
            bytes += buffer.readableBytesView
          }
        } catch let failure as Failure {
          throw failure
        } catch {
          throw Failure(
            .badRequest, "badRequest", "the body breaks off, or is not sent as HTTP says",
            headers: [(.connection, "close")])
        }
        return bytes
      }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        throw Failure(
          .requestTimeout, "tooSlow", "the body was not there within \(seconds) s", headers: [(.connection, "close")])
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }

  private var tooLarge: Failure {
    Failure(
      .contentTooLarge, "tooLarge", "the body has more than \(limits.bodyBytes) bytes",
      headers: [(.connection, "close")])
  }
}
