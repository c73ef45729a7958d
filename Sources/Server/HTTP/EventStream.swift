import AsyncAlgorithms
import Documents
import Hummingbird
import NIOCore

/// Server-sent events (WHATWG HTML, section 9.2).
enum EventStream {
  /// How often a comment goes out where nothing happens, so that whoever is gone is noticed.
  private static let heartbeat = Duration.seconds(15)

  private enum Part: Sendable {
    case text(String)
    case end
  }

  /// An answer that goes on while something happens.
  ///
  /// - Parameter events: as `text` makes them; the answer ends with them.
  /// - Throws: a `Failure` where too many streams are open.
  static func reply<Events: AsyncSequence & Sendable>(
    _ context: ServerContext, _ events: Events
  ) throws(Failure) -> Reply where Events.Element == String {
    guard let place = StreamPlace(context.metrics, most: context.settings.limits.streams) else {
      throw Failure(
        .serviceUnavailable, "tooManyStreams", "\(context.settings.limits.streams) event streams are open already",
        headers: [(.retryAfter, "10")])
    }
    return Reply(
      .stream(type: "text/event-stream") { writer in
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
        let beats = AsyncTimerSequence(interval: heartbeat, clock: .continuous).map { _ in Part.text(": \n\n") }
        let parts = chain(events.map(Part.text), CollectionOfOne(Part.end).async)
        loop: for try await part in merge(parts, beats) {
          switch part {
          case .text(let text): try await writer.write(ByteBuffer(string: text))
          case .end: break loop
          }
        }
        place.leave()
        try await writer.finish(nil)
      }, headers: [(.cacheControl, "no-store"), (.accelBuffering, "no")])
  }

  /// An event.
  ///
  /// - Parameters:
  ///   - id: what a client that comes again sends as `Last-Event-ID`.
  ///   - data: in one line.
  static func text(id: Int64? = nil, _ name: String, _ data: String) -> String {
    "\(id.map { "id: \($0)\n" } ?? "")event: \(name)\ndata: \(data)\n\n"
  }
}

/// A place among the event streams, given back when the answer ends or whoever asked is gone.
private final class StreamPlace: Sendable {
  private let metrics: ServerMetrics

  init?(_ metrics: ServerMetrics, most: Int) {
    guard metrics.takeStream(most: most) else { return nil }
    self.metrics = metrics
  }

  deinit { metrics.leaveStream() }

  /// Keeps the place until here.
  func leave() {}
}
