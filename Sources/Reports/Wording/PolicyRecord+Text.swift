import Drawing
import Lab
import Statistics

extension PolicyRecord {
  /// What a trained agent learned on, behind which rules and for how long, in a sentence or two; nil where nothing is on record
  /// of a training.
  var trainingText: String? {
    guard let training else { return nil }
    let seed = training.seed.map { ", seed \($0)" } ?? ""
    let steps = validation?.steps.last.map { last in
      let step = stepSeconds.map { " of \(Duration.text($0, day: 86_400))" } ?? ""
      return ", \(StepCount.text(last)) steps\(step)"
    }
    let length = (training.updates ?? 0) > 0 ? (steps ?? "") + seed : seed
    let best = chosen.map { " \($0)" } ?? ""
    guard let scenarios = training.scenarios else {
      return
        "\(agent) comes of the training “\(training.title)”\(length); on which scenarios and severities it learned is "
        + "not on record.\(best)"
    }
    let whole = scenarios.reduce(0) { $0 + $1.weight }
    let places = scenarios.map { scenario in
      let share =
        scenarios.count == 1
        ? "" : "in \(Unit.percent.text(scenario.weight / whole, resolution: 0.05)) of episodes "
      return "\(share)on “\(scenario.title)”, \(scenario.severityText)"
    }
    return "\(agent) learned \(places.joined(separator: "; "))\(rules(training))\(length).\(best)"
  }

  private func rules(_ training: TrainingLine) -> String {
    training.rules.map { $0 == RiskProfileLine.noRules ? ", behind no risk rules" : ", behind \($0)" } ?? ""
  }

  /// Which of its policies it is.
  private var chosen: String? {
    guard let best = validation?.best, best > 0, let updates = training?.updates else { return nil }
    return
      "Of its policies the one after update \(best) of \(updates) did best in validation, and is the one that trades."
  }
}

extension PolicyRecord.TrainedOn {
  /// "always at severity 0, without its events", "at severity 0, without its events, in 4 of 8 episodes, 1 in 3 and 2 in 1".
  fileprivate var severityText: String {
    func word(_ severity: Double) -> String {
      Reports.severityText(severity) + (severity == 0 ? " (without its events)" : "")
    }
    var counts: [(severity: Double, episodes: Int)] = []
    for severity in severities.sorted() {
      if counts.last?.severity == severity {
        counts[counts.count - 1].episodes += 1
      } else {
        counts.append((severity, 1))
      }
    }
    if counts.count == 1 { return "always at severity \(word(counts[0].severity))" }
    let texts = counts.enumerated().map { place, count in
      "\(word(count.severity)) in \(count.episodes)\(place == 0 ? " of \(severities.count) episodes" : "")"
    }
    return "at severity \(listed(texts, most: 64))"
  }
}
