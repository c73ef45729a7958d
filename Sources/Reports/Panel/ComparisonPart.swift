import Drawing
import Lab
import Statistics

/// The desks that the study sets against each other: in a sentence each, and in figures.
struct ComparisonPart: PageSection {
  /// The part.
  init() {}

  /// One comparison with its desks and their scenario.
  private struct Pair {
    let line: ComparisonLine
    let first: DeskSummary
    let second: DeskSummary
    let scenario: ScenarioSummary

    /// What the severities of one comparison share.
    var key: [String] { [scenario.name, first.name, second.name] }
  }

  func body(_ page: inout PageBuilder) -> [Markup] {
    let pairs = pairs(page.summary)
    guard !pairs.isEmpty else { return [] }
    return [
      page.heading(3, "Desk against desk", "compared"),
      Markup(
        "ul", [:], (sentences(pairs, page.summary) + trainings(pairs, page.summary)).map { Markup("li", text: $0) }),
      Markup(
        "details", [:],
        [
          Markup("summary", text: "The differences in figures, with intervals of each and of all together"),
          table(pairs),
          Markup("p", ["class": "note"], text: note(pairs, page.summary)),
        ]),
      ComparisonDetails(rows: highest(pairs).map { (name($0, among: pairs), $0.line) }).body,
    ]
  }

  /// How the differences were taken, and what it brought that the paths are common.
  private func note(_ pairs: [Pair], _ summary: Summary) -> String {
    let lines = pairs.map(\.line)
    var text =
      "Both desks live through the same paths, and each difference is taken path by path: of survival with Tango’s "
      + "interval, of the return with Student’s. The study named these comparisons beforehand. An interval alone holds as "
      + "often as it says; those “together” all hold at once as often as that (max-|t|)."
    let saved = lines.compactMap(\.varianceSaved)
    if let least = saved.min(), let most = saved.max() {
      func share(_ value: Double) -> String { Unit.percent.text(abs(value), resolution: 0.005) }
      func change(_ saved: Double) -> String { "\(share(saved)) \(saved < 0 ? "more" : "less")" }
      let isOne = change(least) == change(most)
      if least < 0 {
        text += " On common paths the variance of the difference in return is \(change(least))"
        text += (isOne ? "" : " to \(change(most))") + " than on paths of its own for each desk."
      } else {
        text += " That the paths are common saved \(isOne ? share(most) : "\(share(least)) to \(share(most))")"
        text += " of the variance of the difference in return."
      }
    }
    let trained = Set((summary.policies ?? []).map(\.record.agent))
    if pairs.contains(where: { $0.line.trainings == nil && trained.contains($0.first.agent) }) {
      text += " Each trained agent here is one training: how far another seed would lead is not known."
    }
    return text
  }

  private func pairs(_ summary: Summary) -> [Pair] {
    let desks = Dictionary(summary.desks.map { ($0.desk, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = (summary.comparisons ?? []).compactMap { line -> Pair? in
      guard let first = desks[line.desk], let second = desks[line.against],
        let scenario = summary.scenarios.first(where: { $0.name == line.scenario })
      else { return nil }
      return Pair(line: line, first: first, second: second, scenario: scenario)
    }
    // The severities of a comparison stand together.
    var keys: [[String]] = []
    for pair in pairs where !keys.contains(pair.key) { keys.append(pair.key) }
    return keys.flatMap { key in pairs.filter { $0.key == key } }
  }

  /// Of each comparison that at the scenario's highest severity.
  private func highest(_ pairs: [Pair]) -> [Pair] {
    var said: Set<[String]> = []
    return pairs.compactMap { pair in
      guard said.insert(pair.key).inserted else { return nil }
      return pairs.filter { $0.key == pair.key }.max { $0.line.severity < $1.line.severity }
    }
  }

  /// Of each comparison what it says at the scenario's highest severity, and at severity 0 what it costs or earns.
  private func sentences(_ pairs: [Pair], _ summary: Summary) -> [String] {
    highest(pairs).map { highest in
      let alike = pairs.filter { $0.key == highest.key }
      let severity = highest.line.severity
      let place = severity == 1 ? "" : " at severity \(severityText(severity))"
      // A page that is called so says it once.
      let isSaid = summary.scenarios.count == 1 && severity == 1 && summary.title == highest.scenario.title
      let survival = Self.survival(highest)
      var text =
        isSaid
        ? (survival.hasPrefix(highest.first.name) ? survival : survival.prefix(1).uppercased() + survival.dropFirst())
        : "In “\(highest.scenario.title)”\(place), \(survival)"
      let returns = Self.difference(highest.line.finalReturn, ("higher", "lower"))
      text += "; the mean return of \(highest.first.name) is \(returns)."
      if severity > 0, let calm = alike.first(where: { $0.line.severity == 0 }), !highest.scenario.events.isEmpty {
        let returns = Self.difference(calm.line.finalReturn, ("higher", "lower"))
        text += " Without \(highest.scenario.eventWord) its mean return is \(returns)."
      }
      return text
    }
  }

  /// Of agents that were trained several times what they say together, at the scenario's highest severity.
  private func trainings(_ pairs: [Pair], _ summary: Summary) -> [String] {
    var said: Set<[Int]> = []
    return highest(pairs).compactMap { pair in
      guard let level = pair.line.trainings, said.insert(level.desks).inserted else { return nil }
      let titles = Dictionary(
        (summary.policies ?? []).map { ($0.record.agent, $0.record.training?.title ?? $0.record.agent) },
        uniquingKeysWith: { first, _ in first })
      let isOne = Set(pairs.filter { $0.line.trainings == level }.map(\.line.against)).count == 1
      let other = isOne ? pair.second.name : titles[pair.second.agent].map { "“\($0)”, seed by seed" } ?? "others"
      let place = pair.line.severity == 1 ? "" : " at severity \(severityText(pair.line.severity))"
      return
        "Over \(level.desks.count) trainings of “\(titles[pair.first.agent] ?? pair.first.agent)” with other seeds "
        + "against \(other), in “\(pair.scenario.title)”\(place), survival is "
        + "\(Self.difference(level.survival, ("higher", "lower"), of: "")); the mean return is "
        + "\(Self.difference(level.finalReturn, ("higher", "lower")))."
    }
  }

  private static func survival(_ pair: Pair) -> String {
    let survival = pair.line.survival
    let (first, second) = (pair.first.name, pair.second.name)
    guard let value = survival.value else { return "nothing is known of \(first) and \(second)" }
    if case .notSeen = survival.evidence { return "\(first) and \(second) survive the very same paths" }
    let shares =
      "\(pair.first.survival.valueText(.percent)) of paths and \(pair.second.survival.valueText(.percent))"
    guard let low = survival.low, let high = survival.high, low > 0 || high < 0 else {
      return "the survival of \(first) and \(second) cannot be told apart (\(shares), difference "
        + "\(survival.text(.percent)))"
    }
    return "\(first) survives \(value > 0 ? "more" : "less") often than \(second): \(shares), a difference of "
      + (value > 0 ? survival : survival.opposite).pointsText.replacing("+", with: "")
  }

  /// "0.7 % [0.5, 0.9] of the starting equity lower", or that no difference was found.
  private static func difference(
    _ estimate: Estimate, _ words: (up: String, down: String), of unit: String = " of the start"
  ) -> String {
    guard let value = estimate.value else { return "not known" }
    guard let low = estimate.low, let high = estimate.high else {
      return value == 0 ? "the same" : "different by \(estimate.text(.percent))\(unit)"
    }
    if low > 0 || high < 0 {
      let size = value > 0 ? estimate : estimate.opposite
      return "\(value > 0 ? words.up : words.down) by \(size.pointsText.replacing("+", with: ""))\(unit)"
    }
    return "not known to be \(words.up) or \(words.down) (difference \(estimate.text(.percent)))"
  }

  private static func cell(_ estimate: Estimate) -> [Markup] {
    guard estimate.value != nil else { return [.text("not known")] }
    let isWords = estimate.evidenceText != nil
    return [
      .text(estimate.valueText(.percent)),
      Markup("small", isWords ? ["class": "said"] : [:], text: estimate.intervalText(.percent)),
    ]
  }

  /// A difference with its own interval and, where it has one, that of all together.
  private static func cell(_ alone: Estimate, together: Estimate) -> [Markup] {
    guard alone.evidenceText == nil, together.low != nil || together.high != nil else { return cell(alone) }
    return cell(alone) + [Markup("small", ["class": "said"], text: "together \(together.boundsText(.percent))")]
  }

  /// How often the first desk's return is the higher; words where both are equal on every path.
  private static func cell(superiority: Estimate) -> [Markup] {
    guard case .notSeen = superiority.evidence else { return cell(superiority) }
    return [.text(superiority.valueText(.percent)), Markup("small", ["class": "said"], text: "equal on all paths")]
  }

  /// Both desks, and their scenario where there are several.
  private func name(_ pair: Pair, among pairs: [Pair]) -> String {
    let place = Set(pairs.map(\.scenario.name)).count == 1 ? "" : ", in “\(pair.scenario.title)”"
    return "\(pair.first.name), against \(pair.second.name)\(place)".replacing("·\u{A0}", with: "· ")
  }

  private func table(_ pairs: [Pair]) -> Markup {
    let head = [
      "desk, against", "severity", "survives", "the other", "difference", "mean return", "the other", "difference",
      "is better with probability",
    ]
    let rows = pairs.map { pair in
      let line = pair.line
      let cells = [
        [Markup.text(severityText(line.severity))], Self.cell(pair.first.survival), Self.cell(pair.second.survival),
        Self.cell(line.survival, together: line.survivalTogether), Self.cell(pair.first.finalReturnMean),
        Self.cell(pair.second.finalReturnMean), Self.cell(line.finalReturn, together: line.finalReturnTogether),
        Self.cell(superiority: line.superiority),
      ]
      return CardTable.Row(
        CardTable.Row.heading([.text(name(pair, among: pairs))], isLong: true), cells.map { [Markup("span", [:], $0)] })
    }
    return CardTable(head: head, rows: rows).markup
  }
}
