import Agents
import Documents
import Foundation
import Statistics
import Testing
import Threads
import Training

/// A search from its document to the best agent.
@Suite("A search")
struct TuningTests {
  /// What was told, as far as tests ask.
  private struct Told {
    var updates: [String: [Int]] = [:]
    var count = 0
    var reached: [String] = []
    var finished: [String] = []
  }

  /// Runs a search; `stopAfter` so many updates it is asked to stop, `atUpdate` is called behind each.
  @discardableResult
  private func run(
    _ file: TuningFile, _ folder: String, threads: Int = 1, resume: Bool = false, stopAfter: Int? = nil,
    atUpdate: (@Sendable (Int) -> Void)? = nil
  ) throws -> (ending: Tuning.Ending, told: Told) {
    let told = Locked(Told())
    let ending = try Tuning(file, folder: folder).run(
      threads: threads, resume: resume, overwrite: false, origin: "test",
      shouldStop: { told.withLock { told in stopAfter.map { told.count >= $0 } ?? false } },
      report: { news in
        switch news {
        case .update(let trial, seed: let seed, let record):
          let count = told.withLock { told in
            told.count += 1
            told.updates["\(trial.number)/\(seed)", default: []].append(record.update)
            return told.count
          }
          atUpdate?(count)
        case .trialReached(let trial, let standing):
          told.withLock { $0.reached.append("\(trial.number) \(standing.rung)") }
        case .trialFinished(let trial, let standing):
          told.withLock { $0.finished.append("\(trial.number) \(standing.status)") }
        case .rungBegan, .validation, .finished: break
        }
      })
    return (ending, told.withLock { $0 })
  }

  private func record(_ ending: Tuning.Ending) throws -> TuningRecord {
    guard case .finished(let record) = ending else { throw Unfinished() }
    return record
  }

  private struct Unfinished: Error {}

  /// All that has to be the same, whatever happened on the way.
  private func bytes(_ folder: String) throws -> [String: Data] {
    var all: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let name = (path as NSString).lastPathComponent
      // A training's log has its speed in it.
      guard name.contains("."), name != "training.csv" else { continue }
      all[path] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
    }
    return all
  }

  /// Planted mistakes: survivors trained from their beginning again; the worst go on.
  @Test("trains all trials to the first rung and the better half on from there, each update once")
  func halves() throws {
    let search = try SmallSearch()
    let file = try search.file
    let (ending, told) = try run(file, "\(search.folder)/out")
    let record = try record(ending)
    #expect(file.rungs.map { [$0.trials, $0.updates] } == [[6, 2], [3, 4], [1, 8]])
    #expect(told.count == 6 * 2 + 3 * 2 + 1 * 4)
    for (name, updates) in told.updates { #expect(updates == Array(1...updates.count), "\(name)") }
    #expect(record.standings.map(\.rung).sorted() == [1, 1, 1, 2, 2, 3])
    #expect(record.standings.map(\.updates).sorted() == [2, 2, 2, 4, 4, 8])
    #expect(told.reached.count == 10 && told.finished.count == 6)
    // At each rung those that go on are no worse than those that don't, by what they had there.
    for rung in 1...2 {
      let values = try record.standings.map { standing -> (value: Double, goesOn: Bool) in
        let rows = try String(
          contentsOfFile: "\(search.folder)/out/trial-00\(standing.trial)/seed-3/validation.csv", encoding: .utf8)
        let best = rows.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
          .filter { Int($0[0])! <= file.rungs[rung - 1].updates }.compactMap { Double($0[2]) }.max()
        return (try #require(best), standing.rung > rung)
      }
      let present = zip(values, record.standings).filter { $0.1.rung >= rung }.map(\.0)
      let worst = try #require(present.filter(\.goesOn).map(\.value).min())
      #expect(present.filter { !$0.goesOn }.allSatisfy { $0.value <= worst })
    }
    let winner = try #require(record.winner)
    #expect(record.standings[winner.trial - 1].status == .finished)
    #expect(record.standings.filter { $0.status == .stopped }.count == 5)
    let best = try SavedAgent.read("\(search.folder)/out/best")
    #expect(best.training?["best"]?.double == Double(try #require(winner.run.best).update))
  }

  /// A clip of rewards that are not scaled moves nothing, so that all trials are alike. Planted mistake: ties the other way
  /// round.
  @Test("of trials that are as good, those with the lower numbers go on")
  func ties() throws {
    let search = try SmallSearch([
      "space": #"{ "/hyperparameters/rewardClip": { "values": [5, 10, 20, 40] } }"#,
      "sampler": #"{ "model": "grid" }"#,
    ])
    let found = try record(try run(try search.file, "\(search.folder)/out", threads: 2).ending)
    #expect(found.standings.map(\.rung) == [3, 2, 1, 1] && found.winner?.trial == 1)
    #expect(found.luck.map { $0.trials.deviation < 1e-12 } ?? true)
  }

  @Test("ends in the same bytes on one thread, on two and on four")
  func threads() throws {
    let search = try SmallSearch()
    let file = try search.file
    try run(file, "\(search.folder)/1")
    let one = try bytes("\(search.folder)/1")
    #expect(one.keys.contains("best/agent.json") && one.keys.contains("trials.csv"))
    for threads in [2, 4] {
      try run(file, "\(search.folder)/\(threads)", threads: threads)
      #expect(try bytes("\(search.folder)/\(threads)") == one)
    }
  }

  @Test("goes on after Ctrl-C at any update, on any thread, and ends in the same bytes", arguments: [1, 12, 15, 20])
  func interrupted(_ stop: Int) throws {
    let search = try SmallSearch()
    let file = try search.file
    try run(file, "\(search.folder)/whole")
    let parts = "\(search.folder)/parts"
    guard case .interrupted = try run(file, parts, threads: 2, stopAfter: stop).ending else {
      Issue.record("it was not interrupted")
      return
    }
    #expect(!FileManager.default.fileExists(atPath: "\(parts)/best"))
    #expect(throws: Problems.self) { try run(file, parts) }
    try run(file, parts, threads: 2, resume: true)
    #expect(try bytes(parts) == bytes("\(search.folder)/whole"))
    // Once more trains nothing and changes nothing.
    #expect(try run(file, parts, resume: true).told.count == 0)
    #expect(try bytes(parts) == bytes("\(search.folder)/whole"))
  }

  /// What lies in the folder at an update is what a kill would leave there.
  @Test("goes on where it was killed, and ends in the same bytes", arguments: [1, 2, 12, 13, 18, 21])
  func killed(_ at: Int) throws {
    let search = try SmallSearch()
    let file = try search.file
    let (whole, dead) = ("\(search.folder)/whole", "\(search.folder)/dead")
    try run(
      file, whole,
      atUpdate: { count in
        if count == at { try? FileManager.default.copyItem(atPath: whole, toPath: dead) }
      })
    #expect(FileManager.default.fileExists(atPath: dead))
    try run(file, dead, resume: true)
    #expect(try bytes(dead) == bytes(whole))
  }

  @Test("refuses the folder of another search, and of none of its own without --resume")
  func another() throws {
    let search = try SmallSearch(["sampler": #"{ "model": "random", "trials": 2 }"#])
    let out = "\(search.folder)/out"
    try run(try search.file, out)
    let problems = try #require(throws: Problems.self) { try run(try search.file, out) }
    #expect(problems.description.contains("resume it, or overwrite it"))
    let other = try #require(throws: Problems.self) {
      try run(try TuningFile(reading: search.path, seed: 9), out, resume: true)
    }
    #expect(other.description.contains("another search"))
    // A folder of something else is left alone but for the files of a search.
    try "mine".write(toFile: "\(out)/notes.txt", atomically: true, encoding: .utf8)
    _ = try Tuning(try TuningFile(reading: search.path, seed: 9), folder: out).run(
      threads: 1, resume: false, overwrite: true, origin: "test", shouldStop: { false }, report: { _ in })
    #expect(FileManager.default.fileExists(atPath: "\(out)/notes.txt"))
  }

  /// The signal is worth something to who may trade on it; with a dead band of everything the account never moves, and with a
  /// step size of next to nothing nothing is learned.
  @Test("finds the one value that is not absurd", arguments: ["grid", "random"])
  func finds(_ model: String) throws {
    let search = try SmallSearch(
      [
        "space": """
        { "/hyperparameters/learningRate": { "values": [1e-9, 0.02, 2e-9, 1e-12] },
          "/mandate/deadBand": { "values": [3.9, 0.05] } }
        """, "sampler": model == "grid" ? #"{ "model": "grid" }"# : #"{ "model": "random", "trials": 8 }"#,
        "halving": #"{ "factor": 2, "first": 6, "last": 24 }"#, "test": #"{ "paths": 512 }"#,
      ],
      training: [
        "validation": #"{ "paths": 128, "every": 2 }"#, "rules": "", "observations": #"[{ "model": "signal" }]"#,
      ],
      scenario: [
        "assets": """
        { "A": { "price": 100, "process": { "model": "predictableReturns", "annualVolatility": 0.3,
            "signal": { "deviation": 300, "halfLife": "20m" } },
            "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 10000 } } }
        """, "events": "{}",
      ])
    let file = try search.file
    let found = try record(try run(file, "\(search.folder)/out", threads: 2).ending)
    let winner = try #require(found.winner)
    #expect(file.trials[winner.trial - 1].values.map { TuningTrial.text($0.value) } == ["0.02", "0.05"])
    let test = try #require(winner.test)
    #expect(try #require(test.low) > 0, "\(test)")
    let luck = try #require(found.luck)
    #expect(luck.trials.count == 8 && luck.best.count == 128)
    // The others never trade, and have no ratio to lie apart by.
    #expect(luck.deflated == nil && luck.aboveChance > 0.99 && luck.aboveChance < luck.probabilistic + 1e-9)
    #expect(luck.probabilistic > 0.99)
  }

  /// The rows of the best policies once more, path by path. Planted mistakes: judged on paths of the training; of the namespace
  /// of validations in the test.
  @Test("judges on validation paths, tests on paths that no trial saw, and counts every training")
  func judged() throws {
    let search = try SmallSearch(["seeds": "[3, 4]", "sampler": #"{ "model": "random", "trials": 2 }"#])
    let file = try search.file
    let found = try record(try run(file, "\(search.folder)/out").ending)
    let winner = try #require(found.winner)
    let trial = file.trials[winner.trial - 1]
    let policy = try SavedAgent.read("\(search.folder)/out/best").policy
    let agent = PolicyReplay(trial.training, policy)
    let validation = try agent.growth(seed: winner.run.seed, .validation, paths: 32)
    #expect(abs(validation.mean - (try #require(winner.run.best?.value))) < 1e-12)
    let test = try agent.growth(seed: winner.run.seed, .test, paths: 64)
    #expect(abs(test.mean - (try #require(winner.test?.value))) < 1e-12)
    #expect(test.estimate().low == winner.test?.low && winner.test?.n == 64)
    let luck = try #require(found.luck)
    #expect(luck.best == SharpeEstimate(try agent.returns(seed: winner.run.seed, .validation, paths: 32)))
    #expect(luck.trials.count == 4)
    let ratios = found.standings.flatMap(\.runs).map { $0.sharpe?.ratio }
    #expect(luck.trials == SharpeTrials(ratios) && luck.deflated == luck.trials.deflated(luck.best))
    #expect(luck.json["kurtosis"]?.double == luck.best.kurtosis)
    // A trial's figure is the mean of its seeds'.
    for standing in found.standings {
      let values = standing.runs.compactMap { $0.best?.value }
      #expect(values.count == 2 && standing.value == (values[0] + values[1]) / 2)
    }
  }

  @Test("goes on without a trial that diverges, and says so")
  func diverges() throws {
    let search = try SmallSearch(
      [
        "space": #"{ "/hyperparameters/valueCoefficient": { "values": [1e300, 0.5] } }"#,
        "sampler": #"{ "model": "grid" }"#, "halving": #"{ "factor": 2, "first": 2, "last": 4 }"#,
      ],
      training: [
        "hyperparameters": """
        { "environments": 16, "rolloutSteps": 25, "minibatch": 100, "epochs": 2, "maximumGradientNorm": 1e300 }
        """
      ])
    let (ending, told) = try run(try search.file, "\(search.folder)/out")
    let found = try record(ending)
    #expect(found.standings.map(\.status) == [.diverged, .finished] && found.winner?.trial == 2)
    #expect(found.standings[0].value == nil && found.standings[0].runs[0].complaint != nil)
    #expect(found.notes.contains("Diverged: trial 1."))
    // How far two trials lie apart is not known from one of them.
    #expect(found.luck.map { $0.deflated == nil && $0.trials.count == 2 } ?? true)
    #expect(told.finished == ["1 diverged", "2 finished"])
    let before = try bytes("\(search.folder)/out")
    try run(try search.file, "\(search.folder)/out", resume: true)
    #expect(try bytes("\(search.folder)/out") == before)
  }

  @Test("ends without a winner where all trials diverge")
  func allDiverge() throws {
    let search = try SmallSearch(
      [
        "space": #"{ "/hyperparameters/valueCoefficient": { "values": [1e300] } }"#,
        "sampler": #"{ "model": "grid" }"#,
      ],
      training: [
        "hyperparameters": """
        { "environments": 16, "rolloutSteps": 25, "minibatch": 100, "epochs": 2, "maximumGradientNorm": 1e300 }
        """
      ])
    let found = try record(try run(try search.file, "\(search.folder)/out").ending)
    #expect(found.winner == nil && found.luck == nil && found.isOver)
    #expect(!FileManager.default.fileExists(atPath: "\(search.folder)/out/best"))
  }

  @Test("writes a table with a row for each trial, and a record with all that was tried")
  func files() throws {
    let search = try SmallSearch(
      [
        "space": #"{ "/hidden": { "values": [[4], [4, 4]] }, "/activation": { "values": ["tanh"] } }"#,
        "sampler": #"{ "model": "grid" }"#,
      ], training: ["mandate": #"{ "leverage": 4 }"#])
    let found = try record(try run(try search.file, "\(search.folder)/out").ending)
    let table = try String(contentsOfFile: "\(search.folder)/out/trials.csv", encoding: .utf8)
    let lines = table.split(separator: "\n").map(String.init)
    #expect(lines[0] == "trial,/activation,/hidden,status,rung,updates,value,update,sharpe")
    #expect(lines.count == 3 && lines[2].hasPrefix(#"2,tanh,"[4,4]","#))
    let text = try Data(contentsOf: URL(fileURLWithPath: "\(search.folder)/out/tuning.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    #expect((json["trials"] as? [Any])?.count == 2 && json["isOver"] as? Bool == true)
    #expect((json["best"] as? [String: Any])?["trial"] as? Int == found.winner?.trial)
    #expect((json["notes"] as? [String])?.contains { $0.contains("effective number of trials") } == true)
  }
}
