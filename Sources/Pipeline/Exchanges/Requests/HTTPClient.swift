import Foundation
import FoundationNetworking
import Threads

/// Asks servers, one request at a time: without cookies, cache or stored credentials, and led to no other host.
package final class HTTPClient: Sendable {
  private let session: URLSession
  private let transfers: Transfers
  private let sleeper: any Sleeper
  private let timeout: Double
  private let largestBody: Int

  /// A client.
  ///
  /// - Parameters:
  ///   - timeout: seconds that a whole answer may take.
  ///   - largestBody: bytes, as they are unpacked.
  package init(sleeper: any Sleeper, timeout: Double = 30, largestBody: Int = 64 << 20) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpCookieStorage = nil
    configuration.httpShouldSetCookies = false
    configuration.urlCache = nil
    configuration.urlCredentialStorage = nil
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    // The whole time is kept here; this one ends a connection that stands still for longer than that.
    configuration.timeoutIntervalForRequest = timeout + 5
    configuration.httpAdditionalHeaders = ["User-Agent": "stresslab", "Accept": "application/json"]
    transfers = Transfers(largestBody: largestBody)
    session = URLSession(configuration: configuration, delegate: transfers, delegateQueue: nil)
    self.sleeper = sleeper
    self.timeout = timeout
    self.largestBody = largestBody
  }

  deinit { session.invalidateAndCancel() }

  /// The answer to a GET.
  ///
  /// - Throws: `passing` where no whole answer came, `lasting` where none can, `interrupted`.
  package func get(_ url: URL) throws(ExchangeFault) -> HTTPReply {
    let task = session.dataTask(with: url)
    transfers.begin(task.taskIdentifier)
    task.resume()
    let end = sleeper.uptime + timeout
    let deadline = ContinuousClock.now + .milliseconds(Int(timeout * 1000))
    while true {
      if let outcome = transfers.outcome(of: task.taskIdentifier, waiting: 0.05) { return try outcome.get() }
      let fault: ExchangeFault? =
        sleeper.isInterrupted
        ? .interrupted
        : ContinuousClock.now >= deadline || sleeper.uptime > end
          ? .passing("did not answer within \(Persistence.text(timeout))") : nil
      guard let fault else { continue }
      transfers.forget(task.taskIdentifier)
      task.cancel()
      throw fault
    }
  }
}

/// What comes in from requests that are under way.
private final class Transfers: NSObject, URLSessionDataDelegate {
  private struct Transfer {
    var reply: HTTPURLResponse?
    var body: [UInt8] = []
    var outcome: Result<HTTPReply, ExchangeFault>?
  }

  private let largestBody: Int
  private let transfers = Locked([Int: Transfer]())
  private let arrival = DispatchSemaphore(value: 0)

  init(largestBody: Int) { self.largestBody = largestBody }

  func begin(_ id: Int) { transfers.withLock { $0[id] = Transfer() } }

  func forget(_ id: Int) { transfers.withLock { $0[id] = nil } }

  /// What a request came to, once; nil while it is under way.
  func outcome(of id: Int, waiting seconds: Double) -> Result<HTTPReply, ExchangeFault>? {
    let look = { [transfers] () -> Result<HTTPReply, ExchangeFault>? in
      transfers.withLock { all in
        guard let outcome = all[id]?.outcome else { return nil }
        all[id] = nil
        return outcome
      }
    }
    if let outcome = look() { return outcome }
    _ = arrival.wait(timeout: .now() + seconds)
    return look()
  }

  private func end(_ id: Int, _ outcome: Result<HTTPReply, ExchangeFault>) {
    transfers.withLock { all in if all[id]?.outcome == nil { all[id]?.outcome = outcome } }
    arrival.signal()
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
  ) {
    let (from, to) = (task.originalRequest?.url, request.url)
    let staysHere = from != nil && from?.host == to?.host && from?.scheme == to?.scheme && from?.port == to?.port
    // Foundation ends the program where it hears of a redirection after a task was cancelled. Under the lock it hears before
    // whoever waits can know the outcome and cancel, and of a request that nobody waits for any more it hears nothing.
    transfers.withLock { all in
      guard all[task.taskIdentifier] != nil else { return }
      completionHandler(staysHere ? request : nil)
      guard !staysHere, all[task.taskIdentifier]?.outcome == nil else { return }
      all[task.taskIdentifier]?.outcome = .failure(
        .lasting("leads to another place, \(Self.place(to)), which is not followed"))
    }
    arrival.signal()
  }

  private static func place(_ url: URL?) -> String {
    guard let url, let host = url.host else { return "without a name" }
    return "\(url.scheme ?? "")://\(host)\(url.port.map { ":\($0)" } ?? "")"
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    transfers.withLock { $0[dataTask.taskIdentifier]?.reply = response as? HTTPURLResponse }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let size = transfers.withLock { all in
      all[dataTask.taskIdentifier]?.body.append(contentsOf: data)
      return all[dataTask.taskIdentifier]?.body.count ?? 0
    }
    guard size > largestBody else { return }
    end(
      dataTask.taskIdentifier,
      .failure(.lasting("sends more than \(max(1, largestBody >> 20)) MB for one answer, which nobody reads")))
    dataTask.cancel()
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let transfer = transfers.withLock { $0[task.taskIdentifier] }
    guard let transfer else { return }
    if let error { return end(task.taskIdentifier, .failure(Self.fault(error))) }
    guard let reply = transfer.reply ?? (task.response as? HTTPURLResponse) else {
      return end(task.taskIdentifier, .failure(.passing("closed the connection without an answer")))
    }
    var headers: [String: String] = [:]
    for (name, value) in reply.allHeaderFields {
      headers["\(name)".lowercased()] = "\(value)"
    }
    end(
      task.taskIdentifier,
      .success(HTTPReply(status: reply.statusCode, headers: headers, body: transfer.body)))
  }

  private static func fault(_ error: any Error) -> ExchangeFault {
    guard let error = error as? URLError else { return .passing("broke off") }
    switch error.code {
    case .timedOut: return .passing("did not answer in time")
    case .cannotFindHost, .dnsLookupFailed: return .passing("has an address that is not found")
    case .cannotConnectToHost: return .passing("refuses the connection")
    case .notConnectedToInternet: return .passing("can't be reached: there is no network")
    case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
      .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
      return .lasting("has a certificate that is not trusted")
    case .badURL, .unsupportedURL: return .lasting("has an address that leads nowhere")
    case .httpTooManyRedirects: return .lasting("leads in circles")
    default: return .passing("broke off before its answer was whole")
    }
  }
}
