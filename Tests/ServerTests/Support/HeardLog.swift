import Logging

/// A log whose messages a test waits for.
struct HeardLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace
  private let heard: AsyncStream<String>.Continuation

  /// A logger, and what is said in it.
  static func make() -> (logger: Logger, messages: AsyncStream<String>) {
    let (messages, heard) = AsyncStream.makeStream(of: String.self)
    return (Logger(label: "test") { _ in HeardLog(heard: heard) }, messages)
  }

  private init(heard: AsyncStream<String>.Continuation) { self.heard = heard }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { heard.yield("\(event.message)") }
}
