import Foundation
import FoundationNetworking
import Threads

/// Requests by Foundation's session, one at a time, none of which follows a server to another place.
final class SealedExchange: HTTPExchange {
  private let session: URLSession

  /// Connections of its own, without cookies or a cache.
  init() {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpShouldSetCookies = false
    configuration.urlCache = nil
    configuration.httpMaximumConnectionsPerHost = 1
    session = URLSession(configuration: configuration, delegate: StayingHere(), delegateQueue: nil)
  }

  deinit { session.invalidateAndCancel() }

  /// Follows nobody: what proves who asks is for the server that was named.
  private final class StayingHere: NSObject, URLSessionTaskDelegate {
    func urlSession(
      _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
      newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
      completionHandler(nil)
    }
  }

  /// Sends a request and waits for the answer.
  func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPReply {
    guard let url = URL(string: request.url) else { throw HTTPFailure("\(request.url) is no address") }
    var outgoing = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: request.patience)
    outgoing.httpMethod = request.method
    for (name, value) in request.headers { outgoing.setValue(value, forHTTPHeaderField: name) }
    outgoing.httpBody = request.body
    // Put there by the session's thread, for ours.
    let reply = Locked<Result<HTTPReply, HTTPFailure>>(.failure(HTTPFailure("it does not answer")))
    let arrived = DispatchSemaphore(value: 0)
    let task = session.dataTask(with: outgoing) { data, response, error in
      if let error {
        reply.withLock { $0 = .failure(HTTPFailure(Self.words(of: error))) }
      } else if let response = response as? HTTPURLResponse {
        reply.withLock { $0 = .success(HTTPReply(status: response.statusCode, body: Array(data ?? Data()))) }
      } else {
        reply.withLock { $0 = .failure(HTTPFailure("its answer is no HTTP")) }
      }
      arrived.signal()
    }
    task.resume()
    guard arrived.wait(timeout: .now() + request.patience) == .success else {
      task.cancel()
      throw HTTPFailure("it does not answer within \(Int(request.patience.rounded(.up))) s")
    }
    return try reply.withLock { $0 }.get()
  }

  private static func words(of error: any Error) -> String {
    guard let error = error as? URLError else { return "\(error.localizedDescription)" }
    return switch error.code {
    case .timedOut: "it does not answer in time"
    case .cannotConnectToHost: "nobody listens there"
    case .cannotFindHost, .dnsLookupFailed: "there is no such host"
    case .networkConnectionLost, .badServerResponse, .cannotParseResponse, .zeroByteResource:
      "the connection was cut"
    case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasUnknownRoot,
      .serverCertificateHasBadDate, .serverCertificateNotYetValid:
      "its certificate is not trusted"
    default: error.localizedDescription
    }
  }
}
