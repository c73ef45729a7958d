import Documents
import Foundation
import Lab

extension JobQueue {
  /// Hands a job in.
  ///
  /// - Parameters:
  ///   - key: an idempotency key: the same with the same request is the same job, however often it comes.
  ///   - request: what was asked for, in a form that does not depend on what there is already, such as a name that is free;
  ///     the order where it is nil.
  package func submit(
    _ order: JobOrder, key: String? = nil, request: String? = nil
  ) throws(JobRefusal) -> Job {
    guard !isDraining else { throw .stopping }
    let id = JobFiles.newName()
    let files = folders.files(of: id)
    // Before the job is known: what is known can be followed. A folder that nobody knows is removed at the next start.
    let entry = try Self.refusing { () throws(StoreProblem) in
      try files.make()
      do throws(StoreProblem) {
        return try store.enter(order, id: id, key: key, request: request, time: clock.now(), limit: limits.queued)
      } catch {
        files.remove()
        throw error
      }
    }
    if case .entered(let job) = entry {
      tell(job)
      wake()
      return job
    }
    files.remove()
    switch entry {
    case .entered(let job), .known(let job): return job
    case .keyOfAnother(let other): throw .keyOfAnother(other)
    case .full(let count): throw .full(count)
    }
  }

  /// Stops a job: at once where it waits, else its process is asked to.
  package func cancel(_ id: String) throws(JobRefusal) -> Job {
    writeDown()
    let job = try self.job(id)
    switch job.state {
    case .queued:
      let time = clock.now()
      let ended = try Self.refusing { () throws(StoreProblem) in
        try store.end(id, .cancelled, time: time)
      }
      guard let ended else { throw .over(job.state) }
      tell(ended)
      return ended
    case .running:
      let stopping = try Self.refusing { () throws(StoreProblem) in try store.noteStopping(id) }
      guard let stopping else { throw .over(job.state) }
      if let process = running[id]?.process {
        running[id]?.isCancelled = true
        process.stop()
        endLater([process])
      } else {
        held[id]?.process?.signal(SIGINT)
      }
      tell(stopping)
      return stopping
    case .finished, .missed, .failed, .cancelled, .interrupted: throw .over(job.state)
    }
  }

  /// Goes on with a job that was stopped or failed.
  package func resume(_ id: String) throws(JobRefusal) -> Job {
    guard !isDraining else { throw .stopping }
    writeDown()
    let resumption = try Self.refusing { () throws(StoreProblem) in try store.resume(id, limit: limits.queued) }
    switch resumption {
    case .unknown: throw .unknown(id)
    case .notResumable(let state): throw .notResumable(state)
    case .full(let count): throw .full(count)
    case .resumed(let job):
      tell(job)
      wake()
      return job
    }
  }

  /// A job.
  package nonisolated func job(_ id: String) throws(JobRefusal) -> Job {
    guard let job = try Self.refusing({ () throws(StoreProblem) in try store.job(id) }) else { throw .unknown(id) }
    return job
  }

  /// Jobs, the newest first.
  package nonisolated func jobs(_ query: JobQuery = JobQuery()) throws(JobRefusal) -> JobPage {
    guard let place = query.after.map({ Int64($0) }) ?? .max else { throw .noPlace(query.after ?? "") }
    return try Self.refusing { () throws(StoreProblem) in try store.page(query, before: place) }
  }

  /// How many jobs there are of each state.
  package nonisolated func counts() throws(JobRefusal) -> [JobState: Int] {
    try Self.refusing { () throws(StoreProblem) in try store.counts() }
  }

  /// The identifiers of jobs that change from here on; it ends with the server. Who reads slowly misses the oldest.
  package nonisolated func changes() -> AsyncStream<String> { notices.stream() }

  /// What a job tells of itself.
  ///
  /// - Parameter offset: where to begin in its file of events, in bytes: the first line that begins there or later is the
  ///   first.
  package nonisolated func events(of id: String, from offset: Int64 = 0) throws(JobRefusal) -> JobEvents {
    let path = folders.files(of: try job(id).id).events
    do {
      let file = try hub.join(id, at: path) { () throws(JobRefusal) in try job(id).state.isOver }
      return JobEvents(file, of: hub, from: offset)
    } catch let refusal as JobRefusal {
      throw refusal
    } catch let fault as SystemFault {
      throw .store(StoreProblem("\(path) cannot be followed", fault))
    } catch {
      throw .store(StoreProblem("\(path) cannot be followed: \(error)"))
    }
  }

  /// The end of what a job's processes said on standard error, in whole lines.
  ///
  /// - Parameter bytes: how much at most.
  package nonisolated func log(of id: String, last bytes: Int = 1 << 16) throws(JobRefusal) -> String {
    let path = folders.files(of: try job(id).id).log
    do throws(SystemFault) {
      return try JobLog.tail(of: path, last: bytes)
    } catch {
      throw .store(StoreProblem("\(path) cannot be read", error))
    }
  }

  private nonisolated static func refusing<Result>(
    _ body: () throws(StoreProblem) -> Result
  ) throws(JobRefusal) -> Result {
    do throws(StoreProblem) {
      return try body()
    } catch {
      throw .store(error)
    }
  }
}
