/// What a job tells of itself, from some place in its file of events on: what is there already and what comes, line by line,
/// until the job is over and all has been told.
package struct JobEvents: AsyncSequence, Sendable {
  package typealias Element = JobEvent
  package typealias Failure = Never

  /// Goes from line to line.
  package struct AsyncIterator: AsyncIteratorProtocol {
    /// The next line; nil when the job is over and all is told, or the task is cancelled.
    package mutating func next() async -> JobEvent? { nil }
    /// Likewise.
    package mutating func next(isolation actor: isolated (any Actor)?) async -> JobEvent? { nil }
  }

  package func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
}
