import Documents
import Lab
import Statistics
import Trading

/// One path of one desk as a short story for people: which, how it began, what happened, its worst moment, what it cost, and
/// what narrowed its decisions when.
package struct InspectionText: Sendable {
  private let path: PathInspection

  /// The story of a path.
  package init(_ path: PathInspection) { self.path = path }

  /// Line by line.
  package var lines: [String] {
    [title, start] + drawn + [path.trace.text] + [worst] + costs + decisions
  }

  private var title: String {
    let count = "the \(Unit.decimal(Double(path.paths.count), decimals: 0)) paths of the run"
    let rank = path.paths.count == 1 ? "its only path" : path.isWorst ? "its worst of \(count)" : "one of \(count)"
    return "\(path.agent) behind \(path.risk), in \(path.scenario) at severity \(severityText(path.severity)): path "
      + "\(path.path), \(rank)"
  }

  /// What it began with.
  private var start: String {
    let held = zip(path.assets, path.steps.first?.quantities ?? []).filter { $1 != 0 }
      .map { "\(JSONWriter.number($1)) \($0)" }
    let holding = held.isEmpty ? "and holds nothing" : "with \(listed(held, most: 8))"
    return "It starts with an equity of \(money(path.startEquity)) \(holding)."
  }

  private var drawn: [String] {
    guard !path.trace.parameters.isEmpty else { return [] }
    let list = path.trace.parameters.map { "\(parameterName($0.path)) \($0.text(time))" }
    return ["It drew: \(list.joined(separator: "; "))."]
  }

  private var worst: String {
    guard let step = path.worstStep, step.minimumEquity < path.startEquity else {
      return "Its equity is never under what it starts with."
    }
    return
      "Its worst moment comes by \(duration(step.seconds)): \(EquityWords.left(step.minimumEquity / path.startEquity))."
  }

  /// The sum, and a line for each term that is not 0.
  private var costs: [String] {
    let terms = path.costs.filter { $0.amount != 0 }
    guard !terms.isEmpty else { return ["It costs nothing."] }
    let total = terms.reduce(0) { $0 + $1.amount }
    let rows =
      terms.map { [termText($0.term), money($0.amount), share($0.amount)] } + [["all", money(total), share(total)]]
    return ["What it costs, in quote currency and of its starting equity:"] + TextColumns.lines(rows).map { "  \($0)" }
  }

  /// Which rule has narrowed how many decisions, and when.
  private var decisions: [String] {
    let all = path.steps.count { $0.decision != nil }
    guard all > 0 else { return ["It decides nothing."] }
    var lines = path.rules.enumerated().compactMap { rule, name in
      line("The rule “\(name)” narrows", path.stretches { $0.rules.contains(rule) }, of: all)
    }
    if let margin = line("The venue’s initial margin narrows", path.stretches(\.isMarginBound), of: all) {
      lines.append(margin)
    }
    let count = all == 1 ? "its one decision" : "any of its \(Unit.decimal(Double(all), decimals: 0)) decisions"
    return lines.isEmpty ? ["Nothing narrows \(count)."] : lines
  }

  /// So many stretches are named at most.
  private static let mostStretches = 4

  private func line(_ subject: String, _ stretches: [PathInspection.Stretch], of all: Int) -> String? {
    guard !stretches.isEmpty else { return nil }
    let count = stretches.reduce(0) { $0 + $1.decisions }
    let shown = stretches.prefix(Self.mostStretches).map { stretch in
      stretch.decisions == 1
        ? "at \(duration(stretch.from))" : "from \(duration(stretch.from)) to \(duration(stretch.to))"
    }
    let rest = stretches.count - shown.count
    let more = rest > 0 ? ", and in \(rest) later stretch\(rest == 1 ? "" : "es")" : ""
    return "\(subject) \(count) of its \(Unit.decimal(Double(all), decimals: 0)) decisions: "
      + "\(shown.joined(separator: ", "))\(more)."
  }

  private func money(_ amount: Double) -> String { Unit.decimal(amount, decimals: abs(amount) < 100 ? 2 : 0) }

  private func share(_ amount: Double) -> String { Unit.percent.text(amount / path.startEquity) }

  private func duration(_ seconds: Double) -> String { time.text(seconds) }

  private var time: Unit {
    path.stepSeconds < path.daySeconds ? .duration(day: path.daySeconds) : .days(day: path.daySeconds)
  }
}
