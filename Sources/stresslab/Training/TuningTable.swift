import Documents
import Statistics
import Training

/// What a search came to, in lines for people.
struct TuningTable {
  private let record: TuningRecord
  private let folder: String

  init(_ record: TuningRecord, folder: String) {
    self.record = record
    self.folder = folder
  }

  /// Trials that are told one by one.
  private static let shown = 5

  /// The best trials, the winner with its test, and how much may be luck.
  var lines: [String] {
    let plan = record.file.plan
    let validation = record.file.training.plan.validation
    let rungs = record.file.rungs
    let schedule = rungs.map { "\($0.trials) to update \($0.updates)" }.joined(separator: ", ")
    var lines = [
      "\(folder): \(record.standings.count) trials; \(schedule). \(validation.aim == .most ? "Most" : "Least") "
        + "\(validation.measure) on validation paths is best."
    ]
    let header = ["trial", validation.measure, "after update", "Sharpe"] + plan.space.names
    let rows = record.ranked.prefix(Self.shown).map { standing -> [String] in
      let best = standing.runs.compactMap(\.best).map(\.update).max()
      let ratios = standing.runs.compactMap { $0.sharpe?.ratio }
      return [
        "\(standing.trial)", standing.value.map(TuningDisplay.number) ?? standing.status.rawValue,
        best.map { "\($0)" } ?? "–",
        ratios.isEmpty ? "–" : Self.decimal(ratios.reduce(0, +) / Double(ratios.count)),
      ] + record.file.trials[standing.trial - 1].values.map { TuningTrial.text($0.value) }
    }
    lines += Self.aligned([header] + rows)
    if record.standings.count > Self.shown {
      lines.append("… all \(record.standings.count) are in \(folder)/trials.csv")
    }
    if let winner = record.winner { lines += told(winner, validation) }
    return lines.map { PrintableText.escaped($0) } + record.notes
  }

  private func told(_ winner: TuningRecord.Winner, _ validation: Validation) -> [String] {
    let paths = record.file.plan.testPaths
    var lines = ["Best: trial \(winner.trial), seed \(winner.run.seed), in \(folder)/best"]
    let test = winner.test.flatMap { estimate in estimate.value.map { (estimate, $0) } }
    if let (estimate, value) = test {
      let interval =
        estimate.low.flatMap { low in
          estimate.high.map { " [\(TuningDisplay.number(low)), \(TuningDisplay.number($0))]" }
        }
        ?? " (no interval: too few paths differ)"
      lines.append(
        "Test on \(paths) paths that no trial saw: \(validation.measure) \(TuningDisplay.number(value))\(interval)")
    } else {
      lines.append("Test on \(paths) paths that no trial saw: \(validation.measure) has no figure")
    }
    if let sharpe = winner.testSharpe {
      lines.append(
        "Sharpe ratio of a path there: \(Self.decimal(sharpe.ratio)) ± \(Self.decimal(sharpe.standardError)) (standard error)"
      )
    }
    if let luck = record.luck {
      lines.append(
        "On validation paths: Sharpe ratio of a path \(Self.decimal(luck.best.ratio)); probabilistic, above 0, "
          + "\(Self.decimal(luck.probabilistic)); deflated for N = \(luck.trials.count) \(luck.deflated.map(Self.decimal) ?? "unknown"), "
          + "above the chance of the paths alone \(Self.decimal(luck.aboveChance))")
      lines.append(luck.verdict)
    }
    return lines
  }

  /// Why no trial has a figure.
  static func failure(of record: TuningRecord) -> String {
    let complaints = record.standings.flatMap(\.runs).compactMap(\.complaint)
    return complaints.first ?? "\(record.file.training.plan.validation.measure) had none on the validation paths"
  }

  /// Rows as lines, figures to the right.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let columns = rows.first?.indices ?? 0..<0
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      columns.map { String(repeating: " ", count: widths[$0] - row[$0].count) + row[$0] }.joined(separator: "  ")
    }
  }

  private static func decimal(_ value: Double) -> String { Unit.decimal(value, decimals: 3) }
}
