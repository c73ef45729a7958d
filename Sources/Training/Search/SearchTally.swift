import Learning

/// How far a search is, by what is told of it.
package struct SearchTally: Sendable {
  /// Updates that all trainings have in the end.
  package let all: Int
  /// The rung's place from 0, its trials, and how many of them have arrived.
  package private(set) var rung = (place: 0, trials: 0, arrived: 0)
  /// Updates that were made while it was told of them.
  package private(set) var own = 0
  /// Updates of each training that are known of.
  private var known: [String: Int] = [:]

  /// A search at its beginning.
  package init(_ file: TuningFile) {
    var (sum, before) = (0, 0)
    for rung in file.rungs {
      sum += rung.trials * (rung.updates - before)
      before = rung.updates
    }
    all = sum * file.seeds.count
  }

  /// Updates that all trainings have so far.
  package var made: Int { min(all, known.values.reduce(0, +)) }

  /// Takes up what is told.
  package mutating func note(_ news: TuningNews) {
    switch news {
    case .rungBegan(let place, _, let trials): rung = (place, trials.count, 0)
    case .update(let trial, let seed, let record):
      own += 1
      known["\(trial.number)/\(seed)"] = record.update
    case .trialReached(let trial, let standing):
      rung.arrived += 1
      for run in standing.runs { known["\(trial.number)/\(run.seed)"] = standing.updates }
    case .validation, .trialFinished, .finished: break
    }
  }
}
