import Documents
import Foundation
import Lab
import Logging
import Tracking

/// The jobs of a workspace: processes of this program that are started one after another, and that a crash, of a job or of
/// the server, harms as little as possible.
package actor JobQueue {
  private nonisolated let notices = JobChanges()

  /// Opens the jobs of a workspace. Nothing is started before `run`.
  ///
  /// - Parameters:
  ///   - workspace: the folder that is served, and in which jobs run.
  ///   - program: the path of this program.
  ///   - environment: what is known of the surroundings; jobs see a part of it.
  /// - Throws: what the system refuses, a damaged store, one of a newer version, or that another server has it.
  package init(
    workspace: String, program: String, limits: JobLimits = JobLimits(), environment: [String: String], logger: Logger,
    clock: WallClock = .system
  ) throws(StoreProblem) {
  }

  /// Hands a job in.
  ///
  /// - Parameter key: an idempotency key: the same with the same order is the same job, however often it comes.
  package func submit(_ order: JobOrder, key: String? = nil) throws(JobRefusal) -> Job { throw .stopping }

  /// Stops a job: at once where it waits, else its process is asked to.
  package func cancel(_ id: String) throws(JobRefusal) -> Job { throw .unknown(id) }

  /// Goes on with a job that was stopped or failed.
  package func resume(_ id: String) throws(JobRefusal) -> Job { throw .unknown(id) }

  /// Starts what waits, and takes up what an earlier server left, until `drain` or until the task is cancelled.
  package func run() async {}

  /// Stops in order: processes are asked to stop, and are gone on with when a server starts again. Ends all streams.
  package func drain() async { notices.end() }

  /// A job.
  package nonisolated func job(_ id: String) throws(JobRefusal) -> Job { throw .unknown(id) }

  /// Jobs, the newest first.
  package nonisolated func jobs(_ query: JobQuery = JobQuery()) throws(JobRefusal) -> JobPage {
    JobPage(jobs: [], next: nil)
  }

  /// How many jobs there are of each state.
  package nonisolated func counts() throws(JobRefusal) -> [JobState: Int] { [:] }

  /// The identifiers of jobs that change from here on.
  package nonisolated func changes() -> AsyncStream<String> { notices.stream() }

  /// What a job tells of itself.
  ///
  /// - Parameter offset: where to begin in its file of events, in bytes: the first line that begins there or later is the first.
  package nonisolated func events(of id: String, from offset: Int64 = 0) throws(JobRefusal) -> JobEvents { JobEvents() }

  /// The end of what a job's processes said on standard error, in whole lines.
  ///
  /// - Parameter bytes: how much at most.
  package nonisolated func log(of id: String, last bytes: Int = 1 << 16) throws(JobRefusal) -> String { "" }
}
