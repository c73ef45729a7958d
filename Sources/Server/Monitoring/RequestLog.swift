import Hummingbird
import Logging

/// A line of the log for each request: no query, no headers, no body, so that no secret gets there.
enum RequestLog {
  static func write(_ request: Request, _ response: Response, _ time: Duration, _ logger: Logger) {
    let level: Logger.Level =
      response.status.code >= 500 ? .error : request.method == .get || request.method == .head ? .debug : .info
    logger.log(
      level: level, "request",
      metadata: [
        "method": "\(request.method.rawValue)", "path": "\(request.uri.path.prefix(256))",
        "status": "\(response.status.code)", "milliseconds": "\(Int(time / .milliseconds(1)))",
      ])
  }
}
