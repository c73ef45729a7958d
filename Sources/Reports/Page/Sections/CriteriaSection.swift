import Drawing
import Lab
import Statistics

/// Each desk by each criterion: pass, fail or too close to call, with the number.
struct CriteriaSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    guard let criteria = page.summary.criteria, !criteria.lines.isEmpty else { return [] }
    return [
      page.heading(2, "Pass or fail", "criteria"),
      Markup("p", text: introduction(criteria, page.summary)),
    ] + table(criteria, page)
  }

  private func introduction(_ criteria: CriteriaSummary, _ summary: Summary) -> String {
    let own =
      criteria.areUsual
      ? "The study names no criteria; these are the usual ones, and decide nothing."
      : "The study named these criteria before anything was run."
    let levels = Set(criteria.lines.map(\.criterion.confidence)).sorted()
      .map { Unit.percent.tick($0, step: $0) }
    return own + " A desk passes where the one-sided bound at \(levels.joined(separator: " and ")) confidence reaches "
      + "the limit, and fails where the bound on the other side misses it; between them it is too close to call."
  }

  /// From how many desks on those that pass all are counted in a sentence and have no row, and figures stand only where a
  /// criterion is missed.
  private static let mostRows = 16

  private func table(_ criteria: CriteriaSummary, _ page: PageBuilder) -> [Markup] {
    var asked: [Criterion] = []
    for line in criteria.lines where !asked.contains(line.criterion.kind) { asked.append(line.criterion.kind) }
    let scenes = page.summary.scenarios.flatMap { scenario in
      page.summary.desks.filter { $0.scenario == scenario.name }.map { page.scene($0, scenario) }
    }
    let judged = scenes.filter { scene in criteria.lines.contains { $0.desk == scene.desk.desk } }
    if criteria.areUsual, judged.count > Self.mostUsual {
      let clock = judged.first?.scenario.clock
      return [
        Markup(
          "ul", [:], asked.map { Markup("li", text: Self.counts($0, criteria.lines, clock)) })
      ]
    }
    func isMet(_ scene: DeskScene) -> Bool {
      criteria.lines.allSatisfy { $0.desk != scene.desk.desk || [.pass, .nothingToJudge].contains($0.verdict) }
    }
    let shown = judged.count > Self.mostRows ? judged.filter { !isMet($0) } : judged
    let isOne = Set(judged.map(\.scenario.name)).count == 1
    let hasSeverities = Set(judged.map(\.desk.severity)) != [1]
    let clock = judged.first?.scenario.clock
    let head = asked.map { criterion in clock.map { criterion.text($0) } ?? criterion.measure }
    let rows = shown.map { scene in
      var place: [String] = []
      if !isOne { place.append(scene.scenario.title) }
      if hasSeverities { place.append("severity \(severityText(scene.desk.severity))") }
      let cells = asked.map { criterion in
        let line = criteria.lines.first { $0.desk == scene.desk.desk && $0.criterion.kind == criterion }
        let isBrief = judged.count > Self.mostRows && line?.verdict == .pass
        return [Markup("span", [:], Self.cell(line, scene.scenario.clock, isBrief: isBrief))]
      }
      var heading = scene.rowHeading
      if !place.isEmpty {
        heading = heading.adding(Markup("br")).adding(Markup("small", text: place.joined(separator: ", ")))
      }
      return CardTable.Row(heading, cells)
    }
    let others = Markup(
      "p",
      text: "\(judged.count - shown.count) of \(judged.count) desks pass all\(shown.isEmpty ? "." : "; these do not:")")
    let table = CardTable(head: ["desk"] + head, labels: ["desk"] + asked.map(\.title), rows: rows).markup
    return (shown.count < judged.count ? [others] : []) + (shown.isEmpty ? [] : [table])
  }

  /// Up to how many desks the usual criteria, which nobody has asked for, have a table; of more the verdicts are counted.
  private static let mostUsual = 24

  /// "survival at least 99 %: 22 desks pass, 24 fail, 2 are too close to call".
  private static func counts(_ criterion: Criterion, _ lines: [CriterionLine], _ clock: ClockSummary?) -> String {
    let words: [(CriterionLine.Verdict, String)] = [
      (.pass, "pass"), (.fail, "fail"), (.tooClose, "too close to call"), (.nothingToJudge, "with nothing to judge"),
    ]
    let counts = words.map { verdict, word in
      (lines.count { $0.criterion.kind == criterion.kind && $0.verdict == verdict }, word)
    }
    let text = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(clock.map { criterion.text($0) } ?? criterion.measure): of the desks \(text)"
  }

  /// - Parameter isBrief: the verdict without the figure, for long tables.
  private static func cell(_ line: CriterionLine?, _ clock: ClockSummary, isBrief: Bool) -> [Markup] {
    guard let line else { return [.text("not asked")] }
    let mark =
      switch line.verdict {
      case .pass: "✓ "
      case .fail: "✗ "
      case .tooClose: "? "
      case .nothingToJudge: ""
      }
    if isBrief { return [.text(mark + line.verdict.text)] }
    let words = [line.figureText(clock), line.remedyText ?? ""].filter { !$0.isEmpty }
    return [.text(mark + line.verdict.text)] + words.map { Markup("small", ["class": "said"], text: $0) }
  }
}

extension Criterion {
  /// What tells two columns apart: the same question about different desks stands in one.
  fileprivate var kind: Criterion {
    isAtLeast
      ? Criterion(measure, loss: loss, level: level, atLeast: limit, confidence: confidence)
      : Criterion(measure, loss: loss, level: level, atMost: limit, confidence: confidence)
  }
}
