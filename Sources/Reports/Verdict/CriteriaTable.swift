import Drawing
import Lab
import Statistics

/// Each desk by each criterion: pass, fail or too close to call, with the number and its bounds; all of it in words is folded.
struct CriteriaTable: Sendable {
  private let page: PageBuilder
  private let lines: [CriterionLine]
  /// Whether the study has none of its own.
  private let areUsual: Bool
  /// The criteria, each once however many desks it is about.
  private let asked: [Criterion]
  /// The desks that are judged.
  private let judged: [DeskScene]

  /// The table of a page.
  init(_ page: PageBuilder) {
    self.page = page
    lines = page.summary.criteria?.lines ?? []
    areUsual = page.summary.criteria?.areUsual ?? true
    var asked: [Criterion] = []
    for line in lines where !asked.contains(line.criterion.kind) { asked.append(line.criterion.kind) }
    self.asked = asked
    let named = Set(lines.map(\.desk))
    let missed = Dictionary(grouping: lines.filter { ![.pass, .nothingToJudge].contains($0.verdict) }, by: \.desk)
    let scenes = page.summary.scenarios.flatMap { scenario in
      page.summary.desks.filter { $0.scenario == scenario.name && named.contains($0.desk) }.map {
        page.scene($0, scenario)
      }
    }
    // Who misses least comes first; of equals in the order of the panel.
    judged = scenes.enumerated().sorted { one, other in
      let counts = [one, other].map { missed[$0.element.desk.desk]?.count ?? 0 }
      return counts[0] != counts[1] ? counts[0] < counts[1] : one.offset < other.offset
    }.map(\.element)
  }

  /// From how many desks on those that pass all are counted in a sentence and have no row.
  private static let mostRows = 16
  /// Up to how many desks the usual criteria, which nobody has asked for, have a table; of more the verdicts are counted.
  private static let mostUsual = 24

  /// The table and what it says of desks without a row; empty where there are no criteria.
  var markup: [Markup] {
    guard !lines.isEmpty else { return [] }
    if isCounted {
      return [
        Markup("ul", [:], asked.map { Markup("li", text: counts($0)) }),
        Markup("p", ["class": "note"], text: introduction),
      ]
    }
    let idle = judged.filter { !$0.trades }
    let trading = judged.filter(\.trades)
    let shown = shown
    var parts: [Markup] = []
    if !shown.isEmpty { parts.append(table(shown, cell: brief, isMerged: true)) }
    let notes = [recovery(trading), left(trading.count - shown.count), never(idle), merged(shown)]
      .filter { !$0.isEmpty }
    if !notes.isEmpty { parts.append(Markup("p", ["class": "note full"], text: notes.joined(separator: " "))) }
    return parts
  }

  /// Who passes; nil where the verdicts are counted, or nobody trades.
  var lead: Markup? {
    let trading = judged.filter(\.trades)
    guard !lines.isEmpty, !isCounted, !trading.isEmpty else { return nil }
    return Markup("p", ["class": "full"], text: passing(trading))
  }

  /// Whether a column that nobody judges says what each desk returns when nothing happens: where that was run of all.
  private func hasCalm(_ shown: [DeskScene]) -> Bool {
    !page.summary.executes
      && shown.allSatisfy { $0.calm?.finalReturnMean.value != nil && !$0.scenario.events.isEmpty }
  }

  /// The desks that have a row: those that trade, and of many those alone that miss something.
  private var shown: [DeskScene] {
    let trading = judged.filter(\.trades)
    return judged.count > Self.mostRows ? trading.filter { !isMet($0) } : trading
  }

  /// The bounds that decide, folded; empty where the verdicts are counted.
  var details: [Markup] {
    guard !lines.isEmpty, !isCounted else { return [] }
    return [
      Markup(
        "details", [:],
        [
          Markup("summary", text: "What is judged, by which bounds, and what would settle it"),
          Markup("p", ["class": "note"], text: introduction),
        ] + (shown.isEmpty ? [] : [table(shown, cell: full, isMerged: false)]))
    ]
  }

  /// Whether the verdicts are counted, not tabled.
  private var isCounted: Bool { areUsual && judged.count > Self.mostUsual }

  /// Which desks pass all, and whose limits they are.
  private func passing(_ trading: [DeskScene]) -> String {
    let passes = trading.filter(isMet)
    let whose =
      areUsual
      ? "the usual limits (a judgement: the study sets none, and a run does not fail by them)"
      : "the limits that the study set before it ran"
    if trading.count == 1 {
      return "\(names(trading)[0]) \(passes.isEmpty ? "misses one at least" : "passes all") of \(whose)."
    }
    guard !passes.isEmpty else { return "None of \(trading.count) desks passes all of \(whose)." }
    if passes.count == trading.count { return "Each of \(trading.count) desks passes all of \(whose)." }
    return "\(passes.count) of \(trading.count) desks \(passes.count == 1 ? "passes" : "pass") all of \(whose): "
      + "\(listed(names(passes), most: 6))."
  }

  private var introduction: String {
    let own =
      areUsual
      ? "The study names no criteria; these are the usual ones, and decide nothing."
      : "The study named these criteria before anything was run."
    return own
      + " A desk passes (✓) where the one-sided bound at \(confidence) confidence reaches "
      + "the limit, and fails (✗) where the bound on the other side misses it; between them it is too close to call (?)."
  }

  /// At which confidence each bound holds, "95 %".
  private var confidence: String {
    let mayStop = page.summary.stopping != nil
    let levels = Set(lines.map(\.criterion.confidence)).sorted()
      .map { mayStop ? Precision.confidence(covering: $0) : $0 }.map { Unit.percent.tick($0, step: $0) }
    return levels.joined(separator: " and ")
  }

  /// What the marks are, and what stands behind the figures of the table.
  private func legend(_ shown: [DeskScene]) -> String {
    let found = shown.flatMap { scene in asked.compactMap { line(scene, $0) } }
    var words: [(CriterionLine.Verdict, String)] = [
      (.pass, "✓ passes"), (.fail, "✗ fails"), (.tooClose, "? too close to call"),
    ]
    words = words.filter { word in found.contains { $0.verdict == word.0 } }
    var text = words.map(\.1).joined(separator: ", ")
    if found.contains(where: { $0.estimate.map { $0.low != nil || $0.high != nil } ?? false }) {
      text += "; in grey the one-sided bounds at \(confidence) confidence that decide"
    }
    if found.contains(where: { $0.verdict == .nothingToJudge }) { text += "; nothing to judge is no miss" }
    if hasCalm(shown) { text += "; the last column is not judged" }
    return text
  }

  /// What recovery is, and how many paths it is of, where it is judged.
  private func recovery(_ trading: [DeskScene]) -> String {
    guard asked.contains(where: { $0.measure == Measures.Recovery().name }), let first = trading.first else {
      return ""
    }
    func count(_ number: Int) -> String { Unit.decimal(Double(number), decimals: 0) }
    let level = Unit.percent.text(page.summary.recovery.level.rawValue, resolution: 1)
    let text =
      "Recovery: P(back to \(level) | impaired), in which an impairment counts for as long as it is seen (Aalen–Johansen); "
    let impaired = trading.filter { $0.desk.recovery.n > 0 }
    guard let least = impaired.least({ Double($0.desk.recovery.n) }),
      let most = impaired.least({ -Double($0.desk.recovery.n) })
    else { return text + "no path was impaired." }
    let (low, high) = (least.desk.recovery.n, most.desk.recovery.n)
    let paths = "of \(count(first.desk.survival.n)) paths"
    return low == high
      ? text + "impaired: \(count(low)) \(paths)."
      : text + "impaired: \(count(low)) (\(names([least])[0])) to \(count(high)) (\(names([most])[0])) \(paths)."
  }

  private func left(_ count: Int) -> String {
    count > 0 ? "\(count) of \(judged.count) desks pass all, and have no row here." : ""
  }

  private func never(_ idle: [DeskScene]) -> String {
    guard !idle.isEmpty else { return "" }
    return "\(listed(names(idle), most: 12)) never traded."
  }

  private func merged(_ shown: [DeskScene]) -> String {
    groups(shown, cell: brief).contains { $0.count > 1 } ? "Desks with the same figures share a row." : ""
  }

  /// With their scenarios where there are several.
  private func names(_ scenes: [DeskScene]) -> [String] {
    let isOne = Set(judged.map(\.scenario.name)).count == 1
    return scenes.map { isOne ? $0.name : "\($0.name) in “\($0.scenario.title)”" }
  }

  private func isMet(_ scene: DeskScene) -> Bool {
    lines.allSatisfy { $0.desk != scene.desk.desk || [.pass, .nothingToJudge].contains($0.verdict) }
  }

  private func line(_ scene: DeskScene, _ criterion: Criterion) -> CriterionLine? {
    lines.first { $0.desk == scene.desk.desk && $0.criterion.kind == criterion }
  }

  /// Where and at which severity a desk stands, where that differs among them.
  private func place(_ scene: DeskScene) -> String {
    var place: [String] = []
    if Set(judged.map(\.scenario.name)).count > 1 { place.append(scene.scenario.title) }
    if Set(judged.map(\.desk.severity)) != [1] { place.append("severity \(severityText(scene.desk.severity))") }
    return place.joined(separator: ", ")
  }

  /// Desks whose cells and places are the same, in the order of the first of each.
  private func groups(
    _ shown: [DeskScene], cell: (CriterionLine?, ClockSummary) -> [Markup]
  ) -> [[DeskScene]] {
    var groups: [(key: [[Markup]], desks: [DeskScene])] = []
    for scene in shown {
      // What stands in the row unjudged is told of each desk too, and so is alike in all that share it.
      let key =
        [[.text(place(scene))], hasCalm(shown) ? calmReturn([scene]) : []]
        + asked.map { cell(line(scene, $0), scene.scenario.clock) }
      if let known = groups.firstIndex(where: { $0.key == key }) {
        groups[known].desks.append(scene)
      } else {
        groups.append((key, [scene]))
      }
    }
    return groups.map(\.desks)
  }

  private func table(
    _ shown: [DeskScene], cell: (CriterionLine?, ClockSummary) -> [Markup], isMerged: Bool
  ) -> Markup {
    let clock = judged.first?.scenario.clock
    let head = asked.map { criterion in clock.map { criterion.text($0) } ?? criterion.measure }
    let isCalm = isMerged && hasCalm(shown)
    let isOne = Set(judged.map(\.scenario.name)).count == 1
    let calm = isCalm ? ["mean return " + (isOne ? "without \(shown[0].scenario.eventWord)" : "at severity 0")] : []
    let rows = (isMerged ? groups(shown, cell: cell) : shown.map { [$0] }).map { desks in
      let scene = desks[0]
      let cells = asked.map { criterion in
        let line = line(scene, criterion), clock = scene.scenario.clock
        return [Markup("span", isMerged ? Self.attributes(line, clock) : [:], cell(line, clock))]
      }
      var heading = page.rowHeading(desks)
      let place = place(scene)
      if !place.isEmpty { heading = heading.adding(Markup("br")).adding(Markup("small", text: place)) }
      return CardTable.Row(heading, cells + (isCalm ? [calmReturn(desks)] : []))
    }
    let table = CardTable(
      caption: isMerged ? legend(shown) : nil, head: ["desk"] + head + calm,
      labels: ["desk"] + (isMerged ? head : asked.map(\.title)) + calm, rows: rows
    ).markup
    return isMerged ? Markup("div", ["class": "decision"], [table]) : table
  }

  /// What desks that share a row return without the event, each once.
  private func calmReturn(_ desks: [DeskScene]) -> [Markup] {
    var figures: [[Markup]] = []
    for desk in desks {
      guard let estimate = desk.calm?.finalReturnMean else { continue }
      let figure: [Markup] = [
        .text("\(estimate.valueText(.percent)) "), Markup("small", text: estimate.boundsText(.percent)),
      ]
      if !figures.contains(figure) { figures.append(figure) }
    }
    return [Markup("span", [:], Array(figures.joined(separator: [.text(", ")])))]
  }

  /// "survival at least 99 %: of the desks 22 pass, 24 fail, 2 too close to call".
  private func counts(_ criterion: Criterion) -> String {
    let words: [(CriterionLine.Verdict, String)] = [
      (.pass, "pass"), (.fail, "fail"), (.tooClose, "too close to call"), (.nothingToJudge, "with nothing to judge"),
    ]
    let counts = words.map { verdict, word in
      (lines.count { $0.criterion.kind == criterion.kind && $0.verdict == verdict }, word)
    }
    let text = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let clock = judged.first?.scenario.clock
    return "\(clock.map { criterion.text($0) } ?? criterion.measure): of the desks \(text)"
  }

  private static func mark(_ verdict: CriterionLine.Verdict) -> String {
    switch verdict {
    case .pass: "✓ "
    case .fail: "✗ "
    case .tooClose: "? "
    case .nothingToJudge: ""
    }
  }

  /// What a pointer over a cell of the short table is told: the verdict in words, with the bound that decides.
  private static func attributes(_ line: CriterionLine?, _ clock: ClockSummary) -> KeyValuePairs<String, String> {
    guard let line, line.verdict != .nothingToJudge else { return [:] }
    let words = [line.figureText(clock), line.remedyText ?? ""].filter { !$0.isEmpty }
    return ["title": "\(line.verdict.text): \(words.joined(separator: "; "))"]
  }

  /// The mark with the number and its bounds; a pointer and a screen reader have the word.
  private func brief(_ line: CriterionLine?, _ clock: ClockSummary) -> [Markup] {
    guard let line else { return [.text("not asked")] }
    guard line.verdict != .nothingToJudge, let estimate = line.estimate else { return [.text("nothing to judge")] }
    let mark = Markup(
      "span", ["class": "mark \(line.verdict.rawValue)", "role": "img", "aria-label": line.verdict.text],
      text: Self.mark(line.verdict).trimmingCharacters(in: .whitespaces))
    let unit = Unit(line.criterion.unit, clock)
    let range = estimate.rangeText(unit)
    return [mark, .text(" \(estimate.valueText(unit)) ")] + (range.isEmpty ? [] : [Markup("small", text: range)])
  }

  /// The verdict in a word, the number with the bound that decides, and what would settle it.
  private func full(_ line: CriterionLine?, _ clock: ClockSummary) -> [Markup] {
    guard let line else { return [.text("not asked")] }
    let words = [line.figureText(clock), line.remedyText ?? ""].filter { !$0.isEmpty }
    return [.text(Self.mark(line.verdict) + line.verdict.text)]
      + words.map { Markup("small", ["class": "said"], text: $0) }
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
