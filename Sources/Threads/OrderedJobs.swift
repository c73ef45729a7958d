import Dispatch
import Foundation

/// Does numbered jobs on one thread; its state never leaves it.
package protocol JobWorker: SendableMetatype {
  associatedtype Output: Sendable
  /// Does a job; nil where it was given up because `shouldStop` said so.
  mutating func run(_ job: Int, shouldStop: () -> Bool) -> Output?
}

/// Numbered jobs, done on several threads; their results arrive on the calling thread in the order of their numbers.
///
/// Workers share nothing but the number of the next job and a place to put results, both touched once a job. A worker
/// may be at most `2 · threads` jobs ahead of what was delivered, so waiting results take bounded memory.
package struct OrderedJobs<Worker: JobWorker> {
  package typealias Output = Worker.Output

  private let count: Int
  private let threads: Int

  /// So many jobs on so many threads; at least one.
  package init(count: Int, threads: Int) {
    self.count = count
    self.threads = threads
  }

  /// Where workers and the deliverer meet.
  private final class Exchange: Sendable {
    struct State {
      var next = 0
      var isStopping = false
      var results: [Int: Output] = [:]
      var runningWorkers: Int
    }
    let state: Locked<State>
    /// Signalled once for each result and for each worker that ends.
    let arrivals = DispatchSemaphore(value: 0)
    /// Jobs that may still be started before another is delivered.
    let slots: DispatchSemaphore

    init(workers: Int) {
      state = Locked(State(runningWorkers: workers))
      // A semaphore that ends below its first value is an illegal instruction: this one begins at zero, so that no way of
      // ending, with jobs given up or results that nobody wants any more, can be one.
      slots = DispatchSemaphore(value: 0)
      for _ in 0..<2 * workers { slots.signal() }
    }
  }

  /// Does the jobs 0…count − 1.
  ///
  /// - Parameters:
  ///   - makeWorker: called once on each thread; the worker it makes never leaves that thread.
  ///   - shouldStop: asked before each job, and by workers within one; when true no further job starts, those that run are
  ///     given up, and what is done before the first of them is delivered.
  ///   - deliver: called on the calling thread, in the order of the jobs.
  /// - Returns: how many jobs were delivered; fewer than `count` only when stopped.
  /// - Throws: the first error of `deliver`, after which nothing more is delivered.
  package func run<Failure: Error>(
    makeWorker: @escaping @Sendable () -> Worker, shouldStop: @escaping @Sendable () -> Bool,
    deliver: (Int, Output) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    let exchange = Exchange(workers: threads)
    let count = count
    for _ in 0..<threads {
      let thread = Thread { Self.work(exchange, count: count, makeWorker, shouldStop) }
      thread.stackSize = 8 << 20
      thread.start()
    }
    var delivered = 0
    var failure: Failure?
    while true {
      exchange.arrivals.wait()
      while true {
        let next = exchange.state.withLock { $0.results.removeValue(forKey: delivered) }
        guard let next, failure == nil else { break }
        do throws(Failure) {
          try deliver(delivered, next)
          delivered += 1
        } catch {
          failure = error
          exchange.state.withLock { $0.isStopping = true }
        }
        exchange.slots.signal()
      }
      if failure != nil { exchange.slots.signal() }
      let isOver = exchange.state.withLock { $0.runningWorkers == 0 && $0.results[delivered] == nil }
      if isOver { break }
    }
    // Workers that are asleep on a slot have been woken by now: none is left.
    if let failure { throw failure }
    return delivered
  }

  private static func work(
    _ exchange: Exchange, count: Int, _ makeWorker: () -> Worker, _ shouldStop: () -> Bool
  ) {
    var worker: Worker?
    while true {
      exchange.slots.wait()
      let job: Int? = exchange.state.withLock { state in
        guard state.next < count, !state.isStopping, !shouldStop() else {
          state.isStopping = true
          return nil
        }
        state.next += 1
        return state.next - 1
      }
      guard let job else { break }
      var ready = worker ?? makeWorker()
      guard let result = ready.run(job, shouldStop: shouldStop) else {
        exchange.state.withLock { $0.isStopping = true }
        break
      }
      worker = ready
      exchange.state.withLock { $0.results[job] = result }
      exchange.arrivals.signal()
    }
    exchange.state.withLock { $0.runningWorkers -= 1 }
    // The next worker that sleeps on a slot wakes up, sees that all is over, and wakes the next.
    exchange.slots.signal()
    exchange.arrivals.signal()
  }
}
