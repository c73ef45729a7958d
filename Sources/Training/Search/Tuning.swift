import Agents
import Documents
import Foundation
import Lab
import Learning
import Statistics
import Threads

/// A search in its folder: trials that halve rung by rung, the winner's test, and how much of it may be luck.
///
/// `trial-001/seed-1` … are trainings as any other, paused where their rung ends and taken up where the next begins. In the
/// end `best` has the winner as an agent, `tuning.json` everything that was tried, and `trials.csv` a row for each trial. What
/// was killed goes on where it was and ends in the same bytes, on any number of threads.
package struct Tuning: Sendable {
  /// What is searched.
  package let file: TuningFile
  /// Where it leaves what it makes.
  package let folder: String

  /// How a search ended.
  package enum Ending: Sendable {
    /// It is over.
    case finished(TuningRecord)
    /// It was asked to stop, and can go on.
    case interrupted
  }

  /// A search with its folder.
  package init(_ file: TuningFile, folder: String) {
    self.file = file
    self.folder = folder
  }

  static let recordName = "tuning.json"
  static let tableName = "trials.csv"
  package static let bestName = "best"

  private var record: String { "\(folder)/\(Self.recordName)" }
  private func folder(_ trial: TuningTrial, _ seed: Int) -> String { "\(folder)/\(trial.name)/seed-\(seed)" }

  /// What a search left in the folder; empty where there is none.
  private var held: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // What says whose the folder is goes last.
    return names.filter { TuningTrial.isTrial($0) || [Self.tableName, Self.bestName].contains($0) }.sorted()
      + names.filter { $0 == Self.recordName }
  }

  /// Sees that the folder holds no search.
  package func refuseSearch() throws(Problems) {
    guard held.isEmpty else { throw refusal("the folder holds a search; resume it, or overwrite it") }
  }

  private func refusal(_ message: String) -> Problems {
    Problems(Problem(position: SourcePosition(file: folder), message: message))
  }

  /// Sees whose the folder is, and makes it ready.
  private func begin(resume: Bool, overwrite: Bool, origin: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in [Self.recordName, Self.tableName] { WholeFile.removePart(of: "\(folder)/\(name)") }
    if overwrite, !resume {
      for name in held { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
    } else if !resume {
      try refuseSearch()
    }
    guard let bytes = try FileContents.read(record) else { return }
    let told = try DocumentParser.parse(bytes, file: record).root
    guard told["documents"]?.string == file.digest else {
      throw refusal(
        "the folder holds another search: its documents or seeds are others, or it was made on another kind of processor; "
          + "choose another folder, or overwrite it")
    }
    guard told["origin"]?.string == origin else {
      throw refusal("the folder holds a search by \(told["origin"]?.string ?? "another program"); overwrite it")
    }
  }

  /// Searches to the end, or until it is asked to stop.
  ///
  /// - Parameters:
  ///   - threads: trainings that go on side by side; never changes a result.
  ///   - resume: whether to go on with the search that the folder holds, where there is one.
  ///   - overwrite: whether another search in the folder may be removed; else it is refused.
  ///   - origin: what searches, such as `stresslab 0.1.0`.
  ///   - shouldStop: asked after each update of each training, on any thread.
  ///   - report: told what goes on, on any thread, but never by two at once.
  /// - Throws: a folder that holds another search, that all trials diverged, or what the file system says.
  package func run(
    threads: Int, resume: Bool, overwrite: Bool, origin: String, shouldStop: @escaping @Sendable () -> Bool,
    report: @escaping @Sendable (TuningNews) -> Void
  ) throws -> Ending {
    try begin(resume: resume, overwrite: overwrite, origin: origin)
    let workshop = Workshop(search: self, origin: origin, shouldStop: shouldStop, report: report)
    let validation = file.training.plan.validation
    let rungs = file.rungs
    var standings = file.trials.map {
      TrialStanding(trial: $0.number, rung: 0, updates: 0, runs: [], status: .running)
    }
    func write(_ ending: TuningRecord.Winner?, isOver: Bool) throws -> TuningRecord {
      let record = TuningRecord(file, origin: origin, standings, ending, isOver: isOver)
      try WholeFile.write(Array(record.csv.utf8), to: "\(folder)/\(Self.tableName)")
      try WholeFile.write(Array(JSONWriter.write(record.json, indented: true).utf8), to: self.record)
      return record
    }
    if try FileContents.read(record) == nil { _ = try write(nil, isOver: false) }
    var left = file.trials.map(\.number)
    for (place, rung) in rungs.enumerated() {
      workshop.tell(.rungBegan(place, rung, trials: left))
      let jobs = left.flatMap { number in file.seeds.map { (file.trials[number - 1], $0) } }
      let isLast = place == rungs.count - 1
      var (runs, arrived): ([TrialStanding.Run], Int) = ([], 0)
      let isDone = try workshop.train(jobs, rung, isLast: isLast, threads: threads) { run in
        runs.append(run)
        guard runs.count == file.seeds.count else { return }
        let isLost = runs.contains { $0.complaint != nil }
        let trial = file.trials[left[arrived] - 1]
        let standing = TrialStanding(
          trial: trial.number, rung: place + 1, updates: rung.updates, runs: runs,
          status: isLost ? .diverged : isLast ? .finished : .running)
        standings[trial.number - 1] = standing
        (runs, arrived) = ([], arrived + 1)
        workshop.tell(.trialReached(trial, standing))
      }
      guard isDone else { return .interrupted }
      let ranked = TrialStanding.ranked(left.map { standings[$0 - 1] }, validation)
      let kept = !isLast ? ranked.prefix(rungs[place + 1].trials).filter { $0.status == .running } : []
      for standing in ranked where !kept.contains(where: { $0.trial == standing.trial }) {
        if standing.status == .running { standings[standing.trial - 1].status = .stopped }
        workshop.tell(.trialFinished(file.trials[standing.trial - 1], standings[standing.trial - 1]))
      }
      left = kept.map(\.trial)
      if left.isEmpty { break }
      _ = try write(nil, isOver: false)
    }
    guard try workshop.rate(&standings, threads: threads) else { return .interrupted }
    let finished = TrialStanding.ranked(standings.filter { $0.status == .finished }, validation)
    let winner = try finished.first.flatMap { try workshop.winner($0) }
    let record = try write(winner, isOver: true)
    workshop.tell(.finished(record))
    return .finished(record)
  }

  /// Makes a folder's agent the best one; `agent.json` comes last.
  func copyBest(from source: String) throws {
    let target = "\(folder)/\(Self.bestName)"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    for name in [Policy.weightsName, Policy.documentName, SavedAgent.documentName] {
      WholeFile.removePart(of: "\(target)/\(name)")
      try WholeFile.write(try FileContents.needed("\(source)/\(name)"), to: "\(target)/\(name)")
    }
  }

  /// The folder of a training.
  func place(_ trial: TuningTrial, _ seed: Int) -> String { folder(trial, seed) }
}
