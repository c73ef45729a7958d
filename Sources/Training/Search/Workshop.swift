import Digests
import Documents
import Lab
import Learning
import Statistics
import Threads

/// Where the trainings of a search are made, several at a time.
struct Workshop: Sendable {
  /// What is searched.
  let search: Tuning
  /// What searches.
  let origin: String
  /// Asked after each update of each training.
  let shouldStop: @Sendable () -> Bool
  private let report: @Sendable (TuningNews) -> Void
  /// Who speaks has it.
  private let floor = Locked(())

  init(
    search: Tuning, origin: String, shouldStop: @escaping @Sendable () -> Bool,
    report: @escaping @Sendable (TuningNews) -> Void
  ) {
    self.search = search
    self.origin = origin
    self.shouldStop = shouldStop
    self.report = report
  }

  /// Tells something while nobody else does.
  func tell(_ news: TuningNews) { floor.withLock { _ in report(news) } }

  /// What a job came to.
  private enum Outcome<Value: Sendable>: Sendable {
    case made(Value)
    case failed(any Error)
  }

  /// Does numbered jobs by themselves.
  private struct Hand<Value: Sendable>: JobWorker {
    let make: @Sendable (Int) throws -> Value?
    /// Whether another has failed, so that nobody waits for what is made here.
    let hasFailed: Locked<Bool>

    func run(_ job: Int, shouldStop: () -> Bool) -> Outcome<Value>? {
      do {
        return try make(job).map { .made($0) }
      } catch {
        hasFailed.withLock { $0 = true }
        return .failed(error)
      }
    }
  }

  /// Does jobs on several threads.
  ///
  /// - Parameters:
  ///   - make: makes the thing of a job; asked with whether to give it up. Nil where it was given up.
  ///   - deliver: gets each on the calling thread, in the order of the jobs.
  /// - Returns: in the order of the jobs; nil where one was given up.
  /// - Throws: what the first of those that failed threw.
  private func all<Value: Sendable>(
    _ count: Int, threads: Int, _ make: @escaping @Sendable (Int, @Sendable () -> Bool) throws -> Value?,
    deliver: (Value) -> Void = { _ in }
  ) throws -> [Value]? {
    let hasFailed = Locked(false)
    let shouldStop = shouldStop
    let isOver: @Sendable () -> Bool = { shouldStop() || hasFailed.withLock { $0 } }
    var values: [Value] = []
    let done = try OrderedJobs<Hand<Value>>(count: count, threads: max(1, min(threads, count))).run(
      makeWorker: { Hand(make: { try make($0, isOver) }, hasFailed: hasFailed) }, shouldStop: isOver,
      deliver: { _, outcome in
        switch outcome {
        case .made(let value):
          values.append(value)
          deliver(value)
        case .failed(let error): throw error
        }
      })
    return done == count ? values : nil
  }

  /// Trains to the end of a rung.
  ///
  /// - Parameter arrived: gets where each training stands, in the order of the jobs, as soon as those before it have arrived.
  /// - Returns: whether all have; else one was asked to stop.
  func train(
    _ jobs: [(trial: TuningTrial, seed: Int)], _ rung: Halving.Rung, isLast: Bool, threads: Int,
    arrived: (TrialStanding.Run) -> Void
  ) throws -> Bool {
    // Where threads are left, the towers of each training have two.
    let each = threads >= 2 * jobs.count ? 2 : 1
    let runs = try all(
      jobs.count, threads: threads,
      { job, isOver -> TrialStanding.Run? in
        let (trial, seed) = jobs[job]
        let training = Training(trial.training, seed: seed, folder: search.place(trial, seed))
        do {
          let ending = try training.run(
            threads: each, resume: true, overwrite: false, origin: origin, pausingAfter: isLast ? nil : rung.updates,
            shouldStop: isOver,
            report: { news in
              switch news {
              case .update(let record, of: _): tell(.update(trial, seed: seed, record))
              case .validation(let row, let isBest): tell(.validation(trial, seed: seed, row, isBest: isBest))
              }
            })
          switch ending {
          case .paused(let best), .finished(let best):
            return TrialStanding.Run(seed: seed, best: best, complaint: nil, sharpe: nil)
          case .interrupted: return nil
          }
        } catch let error as DivergedTraining {
          return TrialStanding.Run(seed: seed, best: nil, complaint: "\(error)", sharpe: nil)
        }
      }, deliver: arrived)
    return runs != nil
  }

  /// Works out the Sharpe ratio of every training's policy over the validation paths.
  ///
  /// - Returns: whether it was done; else it was asked to stop.
  func rate(_ standings: inout [TrialStanding], threads: Int) throws -> Bool {
    let file = search.file
    let jobs = standings.flatMap { standing in standing.runs.map { (file.trials[standing.trial - 1], $0) } }
    let ratios = try all(jobs.count, threads: threads) { job, _ -> SharpeEstimate?? in
      let (trial, run) = jobs[job]
      guard run.best?.value != nil else { return .some(nil) }
      let policy = try Policy.read("\(search.place(trial, run.seed))/best")
      return .some(try Validator(trial.training, seed: UInt64(run.seed)).judge(policy).sharpe)
    }
    guard let ratios else { return false }
    var next = 0
    for standing in standings.indices {
      for run in standings[standing].runs.indices {
        standings[standing].runs[run].sharpe = ratios[next]
        next += 1
      }
    }
    return true
  }

  /// Tests the winner and puts its agent into `best`; nil where it has no figure.
  func winner(_ standing: TrialStanding) throws -> TuningRecord.Winner? {
    let trial = search.file.trials[standing.trial - 1]
    guard let run = standing.bestRun(trial.training.plan.validation) else { return nil }
    let place = search.place(trial, run.seed)
    try search.copyBest(from: place)
    let policy = try Policy.read(place)
    let paths = search.file.plan.testPaths
    let test = try Validator(trial.training, seed: UInt64(run.seed), .test, paths: paths).judge(policy)
    return TuningRecord.Winner(
      trial: standing.trial, run: run, policy: Digest.sha256(try FileContents.needed("\(place)/\(Policy.weightsName)")),
      test: test.estimate, testSharpe: test.sharpe)
  }
}
