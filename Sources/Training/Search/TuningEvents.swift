import Documents
import Lab

/// Tells what happens in a search: how far it is, and where each trial stands.
package struct TuningEvents: Sendable {
  private let file: EventFile
  private let search: TuningFile
  private let start: Double
  private var tally: SearchTally
  /// What was last told of each trial.
  private var told: [Int: TrialStanding.Status] = [:]

  /// A search has its folder: that is told.
  ///
  /// - Parameter isResumed: whether it goes on with what the folder may hold.
  package init(_ file: EventFile, _ search: Tuning, isResumed: Bool) {
    self.file = file
    self.search = search.file
    start = file.now
    tally = SearchTally(search.file)
    let (plan, validation) = (search.file.plan, search.file.training.plan.validation)
    file.tell(
      ToldEvent(
        .begun,
        [
          "command": "tune", "title": .string(plan.title), "folder": .string(search.folder),
          "resumed": .bool(isResumed), "trials": .integer(search.file.trials.count),
          "rungs": .array(
            search.file.rungs.map { ["trials": .integer($0.trials), "updates": .integer($0.updates)] }),
          "seeds": .array(search.file.seeds.map { .integer($0) }), "measure": .string(validation.measure),
          "aim": .string(validation.aim.rawValue),
        ]))
  }

  /// Tells news of the search, which come one after the other.
  package mutating func tell(_ news: TuningNews) {
    tally.note(news)
    switch news {
    case .update: tellProgress()
    case .trialReached(let trial, let standing):
      tell(trial, standing)
      tellProgress()
    case .trialFinished(let trial, let standing):
      if told[trial.number] != standing.status { tell(trial, standing) }
    case .rungBegan, .validation: break
    case .finished: file.tellWaiting()
    }
  }

  private mutating func tell(_ trial: TuningTrial, _ standing: TrialStanding) {
    told[trial.number] = standing.status
    file.tell(
      ToldEvent(
        .trial,
        [
          "trial": .integer(trial.number), "trials": .integer(search.trials.count), "rung": .integer(standing.rung),
          "rungs": .integer(search.rungs.count), "updates": .integer(standing.updates),
          "value": .number(standing.value), "status": .string(standing.status.rawValue),
          "setting": .object(trial.values.map { JSONMember($0.pointer, $0.value) }),
        ]))
  }

  /// How far it is, in updates of all trainings.
  private func tellProgress() {
    let (tally, seconds, rungs) = (tally, file.now - start, search.rungs.count)
    file.tell(.progress) {
      let (made, own) = (tally.made, Double(tally.own))
      return ToldEvent(
        .progress,
        [
          "done": .number(Double(made) / Double(max(tally.all, 1))), "finished": .integer(made),
          "wanted": .integer(tally.all), "unit": "updates", "rate": .number(own / seconds),
          "secondsLeft": .number(Double(tally.all - made) * seconds / own), "rung": .integer(tally.rung.place + 1),
          "rungs": .integer(rungs),
        ])
    }
  }
}
