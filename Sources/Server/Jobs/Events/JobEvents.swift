import Threads

/// What a job tells of itself, from some place in its file of events on: what is there already and what comes, line by line,
/// until the job is over and all has been told.
package struct JobEvents: AsyncSequence, Sendable {
  package typealias Element = JobEvent
  package typealias Failure = Never

  private let following: Following
  private let offset: Int64

  /// Follows a file that was joined, and leaves it when nobody follows it by this any more.
  init(_ file: EventsFile, of hub: EventsHub, from offset: Int64) {
    following = Following(file, of: hub)
    self.offset = offset
  }

  /// That a file is followed.
  fileprivate final class Following: Sendable {
    let file: EventsFile
    private let hub: EventsHub

    init(_ file: EventsFile, of hub: EventsHub) { (self.file, self.hub) = (file, hub) }

    deinit { hub.leave(file) }
  }

  /// Goes from line to line.
  package struct AsyncIterator: AsyncIteratorProtocol {
    private let following: Following
    private var lines: EventLines

    fileprivate init(_ following: Following, from offset: Int64) {
      self.following = following
      lines = EventLines(from: offset)
    }

    /// The next line; nil when the job is over and all is told, or the task is cancelled.
    package mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> JobEvent? {
      while !Task.isCancelled {
        if let line = lines.next() { return line }
        // Before it is read: what comes later has another generation.
        let standing = following.file.standing
        if lines.read(following.file.descriptor) { continue }
        if standing.isOver { return nil }
        await following.file.change(since: standing.generation)
      }
      return nil
    }

    /// Likewise.
    package mutating func next() async -> JobEvent? { await next(isolation: nil) }
  }

  package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(following, from: offset) }
}
