import Drawing
import Lab
import Statistics

/// The desks that the study sets against each other: in a sentence each, and in figures.
struct ComparisonSection: PageSection {
  /// The section.
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
      page.heading(2, "Desk against desk", "compared"),
      Markup("ul", [:], sentences(pairs).map { Markup("li", text: $0) }),
      table(pairs),
      Markup(
        "p", ["class": "note"],
        text: "Both desks live through the same paths, and each difference is taken path by path: of survival with "
          + "Tango’s interval, of the return with Student’s. The study named these comparisons beforehand; intervals are not "
          + "widened for their number."),
    ]
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

  /// Of each comparison what it says at the scenario's highest severity, and at severity 0 what it costs or earns.
  private func sentences(_ pairs: [Pair]) -> [String] {
    var said: Set<[String]> = []
    return pairs.compactMap { pair in
      guard said.insert(pair.key).inserted else { return nil }
      let alike = pairs.filter { $0.key == pair.key }
      let highest = alike.max { $0.line.severity < $1.line.severity } ?? pair
      let severity = highest.line.severity
      let place = severity == 1 ? "" : " at severity \(severityText(severity))"
      var text = "In “\(pair.scenario.title)”\(place), \(Self.survival(highest))"
      let returns = Self.difference(highest.line.finalReturn, ("higher", "lower"))
      text += "; its mean return is \(returns)."
      if severity > 0, let calm = alike.first(where: { $0.line.severity == 0 }), !pair.scenario.events.isEmpty {
        let returns = Self.difference(calm.line.finalReturn, ("higher", "lower"))
        text += " Without \(pair.scenario.eventWord) its mean return is \(returns)."
      }
      return text
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
      + (value > 0 ? survival : survival.opposite).text(.percent)
  }

  /// "0.7 % [0.5, 0.9] of the starting equity lower", or that no difference was found.
  private static func difference(_ estimate: Estimate, _ words: (up: String, down: String)) -> String {
    guard let value = estimate.value else { return "not known" }
    guard let low = estimate.low, let high = estimate.high else {
      return "different by \(estimate.text(.percent)) of the starting equity"
    }
    if low > 0 || high < 0 {
      let size = value > 0 ? estimate : estimate.opposite
      return "\(value > 0 ? words.up : words.down) by \(size.text(.percent)) of the starting equity"
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

  private func table(_ pairs: [Pair]) -> Markup {
    let isOne = Set(pairs.map(\.scenario.name)).count == 1
    let head = [
      "desk, against", "severity", "survives", "the other", "difference", "mean return", "the other", "difference",
    ]
    let rows = pairs.map { pair in
      let names = "\(pair.first.name), against \(pair.second.name)" + (isOne ? "" : ", in “\(pair.scenario.title)”")
      let estimates = [
        pair.first.survival, pair.second.survival, pair.line.survival, pair.first.finalReturnMean,
        pair.second.finalReturnMean, pair.line.finalReturn,
      ]
      let cells = [[Markup.text(severityText(pair.line.severity))]] + estimates.map(Self.cell)
      return Markup(
        "tr", ["role": "row"],
        [
          Markup(
            "th", ["scope": "row", "role": "rowheader", "class": "long"], text: names.replacing("·\u{A0}", with: "· "))
        ]
          + zip(head.dropFirst(), cells).map {
            Markup("td", ["role": "cell", "data-label": $0.0], [Markup("span", [:], $0.1)])
          })
    }
    let headings = head.map { Markup("th", ["scope": "col", "role": "columnheader"], text: $0) }
    return Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", ["class": "cards", "role": "table"],
          [
            Markup("thead", ["role": "rowgroup"], [Markup("tr", ["role": "row"], headings)]),
            Markup("tbody", ["role": "rowgroup"], rows),
          ])
      ])
  }
}
