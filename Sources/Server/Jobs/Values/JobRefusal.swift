import Lab

/// Why something is not done with a job.
package enum JobRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// No job has this identifier.
  case unknown(String)
  /// No page ends here.
  case noPlace(String)
  /// So many jobs wait already.
  case full(Int)
  /// The idempotency key came with another request, which became this job.
  case keyOfAnother(String)
  /// It is over and cannot be stopped.
  case over(JobState)
  /// It is not one to go on with: it waits, runs or is done, or its input was wrong.
  case notResumable(JobState)
  /// The server is stopping.
  case stopping
  /// The store or the system failed.
  case store(StoreProblem)

  package var description: String {
    switch self {
    case .unknown(let id): "there is no job \(id)"
    case .noPlace(let word): "no page of jobs ends at \(word)"
    case .full(let count): "\(count) jobs wait already: try again when some have been started, or cancel one"
    case .keyOfAnother(let id): "the idempotency key came with another request, which became job \(id)"
    case .over(let state): "the job is \(state.rawValue) already"
    case .notResumable(.failed): "what the job was given is wrong: start another one"
    case .notResumable(let state): "the job is \(state.rawValue): there is nothing to go on with"
    case .stopping: "the server is stopping"
    case .store(let problem): problem.description
    }
  }
}
