import Documents
import Statistics

/// What a search came to, so far or in the end: every trial, the winner with its test, and how much may be luck.
package struct TuningRecord: Sendable {
  /// The best trial.
  package struct Winner: Sendable {
    /// Its number.
    package let trial: Int
    /// Of its trainings that of the best policy.
    package let run: TrialStanding.Run
    /// SHA-256 of the policy's weights.
    package let policy: String
    /// The measure on paths that no trial has seen; nil where it has no figure on them.
    package let test: Estimate?
    /// The Sharpe ratio over these paths.
    package let testSharpe: SharpeEstimate?
  }

  /// What was searched.
  package let file: TuningFile
  /// What searched.
  package let origin: String
  /// In the order of their numbers.
  package let standings: [TrialStanding]
  /// Nil while the search goes on, and where no trial has a figure.
  package let winner: Winner?
  /// Whether nothing more comes.
  package let isOver: Bool

  init(_ file: TuningFile, origin: String, _ standings: [TrialStanding], _ winner: Winner?, isOver: Bool) {
    self.file = file
    self.origin = origin
    self.standings = standings
    self.winner = winner
    self.isOver = isOver
  }

  private var validation: Validation { file.training.plan.validation }

  /// From the best to the worst: those that came farther first.
  package var ranked: [TrialStanding] {
    let rungs: [Int] = Set(standings.map(\.rung)).sorted(by: >)
    var ranked: [TrialStanding] = []
    for rung in rungs {
      ranked += TrialStanding.ranked(standings.filter { $0.rung == rung }, validation)
    }
    return ranked
  }

  /// How much may be luck; nil where the winner has no Sharpe ratio.
  package var luck: SearchLuck? {
    guard let winner, let best = standings[winner.trial - 1].runs.first(where: { $0.seed == winner.run.seed })?.sharpe
    else { return nil }
    return SearchLuck(best: best, ratios: standings.flatMap(\.runs).map { $0.sharpe?.ratio })
  }

  /// What the figures are of, and what they do not say: to be told wherever they are.
  package var notes: [String] {
    let trainings = standings.reduce(0) { $0 + $1.runs.count }
    var notes = [
      "\(standings.count) trial\(standings.count == 1 ? "" : "s"), \(trainings) training\(trainings == 1 ? "" : "s"); each "
        + "trial is judged by the best of its validations so far, on the same validation paths as the others, so that the "
        + "winner's own figure flatters. The test is on paths that nothing was trained or chosen on."
    ]
    if let luck {
      let several = file.training.plan.scenarios.reduce(0) { $0 + $1.severities.count } > 1
      notes.append(
        "A period is one path from t = 0 to the horizon: \(luck.best.count) independent returns on starting equity, not "
          + "annualised\(several ? ", of the mixture of scenarios and severities that the training draws" : "").")
      if luck.deflated != nil {
        notes.append(
          "The deflated ratio takes the \(luck.trials.count) trainings for independent draws of one law. They are not: they share "
            + "paths, scenarios and neighbouring values, so that the effective number of trials is lower, and what their ratios "
            + "differ by is in part that some values are really better. For both reasons its hurdle is too high rather than "
            + "too low. It knows of no search before this one, and of no other document.")
      }
    } else if winner != nil {
      notes.append(
        "No Sharpe ratio is told: the winner's paths do not differ, or it carries out orders, which has no return.")
    }
    let lost = standings.filter { $0.status == .diverged }.map { "\($0.trial)" }
    if !lost.isEmpty {
      notes.append("Diverged: trial\(lost.count == 1 ? "" : "s") \(lost.joined(separator: ", ")).")
    }
    return notes
  }

  /// As `tuning.json` has it.
  package var json: JSONValue {
    var members: [JSONMember] = [
      JSONMember("stresslab", "tuned/1"), JSONMember("title", .string(file.plan.title)),
      JSONMember("documents", .string(file.digest)), JSONMember("origin", .string(origin)),
      JSONMember("isOver", .bool(isOver)), JSONMember("measure", .string(validation.measure)),
      JSONMember("aim", .string(validation.aim.rawValue)), JSONMember("sampler", .string(file.plan.sampler.name)),
      JSONMember("seeds", .array(file.seeds.map { .string("\($0)") })),
      JSONMember(
        "rungs",
        .array(file.rungs.map { ["trials": .integer($0.trials), "updates": .integer($0.updates)] })),
      JSONMember("trials", .array(zip(file.trials, standings).map { Self.json($0, $1) })),
    ]
    if let winner {
      members.append(
        JSONMember(
          "best",
          [
            "trial": .integer(winner.trial), "seed": .string("\(winner.run.seed)"), "folder": .string(Tuning.bestName),
            "policy": .string(winner.policy), "validation": Self.number(winner.run.best?.value),
            "update": winner.run.best.map { .integer($0.update) } ?? .null,
            "test": winner.test.map(Self.json) ?? .null, "testPaths": .integer(file.plan.testPaths),
            "testSharpe": winner.testSharpe.map(Self.json) ?? .null,
          ]))
      members.append(JSONMember("luck", luck?.json ?? .null))
    }
    members.append(JSONMember("notes", .array(isOver ? notes.map { .string($0) } : [])))
    return .object(members)
  }

  private static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  private static func json(_ sharpe: SharpeEstimate) -> JSONValue {
    [
      "ratio": .number(sharpe.ratio), "skewness": .number(sharpe.skewness), "kurtosis": .number(sharpe.kurtosis),
      "periods": .integer(sharpe.count), "standardError": .number(sharpe.standardError),
      "probabilistic": .number(sharpe.probability(above: 0)),
    ]
  }

  private static func json(_ estimate: Estimate) -> JSONValue {
    [
      "value": number(estimate.value), "low": number(estimate.low), "high": number(estimate.high),
      "confidence": .number(estimate.confidence), "n": .integer(estimate.n),
      "method": .string(estimate.method.rawValue),
    ]
  }

  private static func json(_ trial: TuningTrial, _ standing: TrialStanding) -> JSONValue {
    let runs = standing.runs.map { run -> JSONValue in
      [
        "seed": .string("\(run.seed)"), "folder": .string("\(trial.name)/seed-\(run.seed)"),
        "value": number(run.best?.value), "update": run.best.map { .integer($0.update) } ?? .null,
        "sharpe": number(run.sharpe?.ratio), "complaint": run.complaint.map { .string($0) } ?? .null,
      ]
    }
    return [
      "trial": .integer(trial.number),
      "values": .object(trial.values.map { JSONMember($0.pointer, $0.value) }),
      "status": .string(standing.status.rawValue), "rung": .integer(standing.rung),
      "updates": .integer(standing.updates), "value": number(standing.value), "trainings": .array(runs),
    ]
  }

  /// `trials.csv`: a row for each trial; of several seeds the mean value, and the Sharpe ratio and the update of the best.
  package var csv: String {
    let header =
      ["trial"] + file.plan.space.names + ["status", "rung", "updates", "value", "update", "sharpe"]
    let rows = zip(file.trials, standings).map { trial, standing -> [String] in
      let best = standing.bestRun(validation)
      return ["\(trial.number)"] + trial.values.map { TuningTrial.text($0.value) } + [
        standing.status.rawValue, "\(standing.rung)", "\(standing.updates)",
        standing.value.map(JSONWriter.number) ?? "", best?.best.map { "\($0.update)" } ?? "",
        best?.sharpe.map { JSONWriter.number($0.ratio) } ?? "",
      ]
    }
    return ([header] + rows).map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
  }

  /// A field of a table, in quotes where it needs them (RFC 4180).
  private static func field(_ text: String) -> String {
    guard text.contains(where: { "\",\n\r".contains($0) }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
