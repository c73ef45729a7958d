import Drawing
import Lab
import Statistics

/// Each desk by each criterion: pass, fail or too close to call, with the number and its bounds; all of it in words is folded.
struct CriteriaTable: Sendable {
  private let page: PageBuilder
  let lines: [CriterionLine]
  /// Whether the study has none of its own.
  let areUsual: Bool
  /// The criteria, each once however many desks it is about.
  private let asked: [Criterion]
  /// The desks that are judged.
  let judged: [DeskScene]

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
    let recovery = definesRecovery ? RecoveryNote(trading, lines).text : ""
    let notes = [recovery, left(trading.count - shown.count), never(idle), merged(shown)].filter { !$0.isEmpty }
    if !notes.isEmpty { parts.append(Markup("p", ["class": "note full"], text: notes.joined(separator: " "))) }
    return parts
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
          Markup(
            "summary",
            text: "What is judged, by which bounds"
              + (isOpen ? ", and what would settle what is too close to call" : "")),
          Markup("p", ["class": "note"], text: introduction),
        ] + (shown.isEmpty ? [] : [table(shown, cell: full, isMerged: false)]))
    ]
  }

  /// The numbers of the desks that pass all, among those that trade.
  var passing: Set<Int> { Set(judged.filter { $0.trades && isMet($0) }.map(\.desk.desk)) }

  /// Whether survival and mean returns of desks stand in its rows.
  func tells(_ desks: [DeskScene]) -> Bool {
    guard !lines.isEmpty, !isCounted, asked.contains(where: { $0.measure == Measures.Survival().name }) else {
      return false
    }
    let shown = shown
    return !MeanReturns(shown).columns.isEmpty
      && desks.filter(\.trades).allSatisfy { scene in shown.contains { $0.desk.desk == scene.desk.desk } }
  }

  /// Whether a note under it says what recovery is.
  var definesRecovery: Bool {
    !lines.isEmpty && !isCounted && asked.contains { $0.measure == Measures.Recovery().name }
  }

  /// The numbers of the desks that something is asked of.
  var asking: Set<Int> { Set(judged.map(\.desk.desk)) }

  /// Whether something is too close to call.
  private var isOpen: Bool { lines.contains { $0.verdict == .tooClose } }

  /// Whether the verdicts are counted, not tabled.
  var isCounted: Bool { areUsual && judged.count > Self.mostUsual }

  private var introduction: String {
    let own =
      areUsual
      ? "The study names no criteria; these are the program’s usual ones, and no run fails by them."
      : "The study named these criteria before anything was run."
    return own
      + " A desk passes (✓) where the one-sided bound at \(confidence) confidence reaches "
      + "the limit, and fails (✗) where the bound on the other side misses it; between them it is too close to call (?). Each is judged "
      + "for itself: of many verdicts some are wrong."
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
    let severities = Set(shown.map(\.desk.severity))
    if let severity = severities.first, severities.count == 1, severity > 0 {
      text += " at severity \(severityText(severity))"
    }
    if found.contains(where: { $0.estimate.map { $0.low != nil || $0.high != nil } ?? false }) {
      text += "; in grey the one-sided \(confidence) bound that decides"
    }
    if found.contains(where: { $0.verdict == .nothingToJudge }) { text += "; nothing to judge passes" }
    if shown.contains(where: { isMarked($0) }) {
      text += "; † by the probability alone"
    }
    if !MeanReturns(shown).columns.isEmpty { text += "; returns are not judged" }
    return text
  }

  /// Whether a desk's verdict on recovery would be another by the bare share.
  func isMarked(_ scene: DeskScene) -> Bool {
    let criterion = asked.first { $0.measure == Measures.Recovery().name }
    return RecoveryNote.isChanged(scene, criterion, lines)
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
  func names(_ scenes: [DeskScene]) -> [String] {
    let isOne = Set(judged.map(\.scenario.name)).count == 1
    return scenes.map { isOne ? $0.name : "\($0.name) in “\($0.scenario.title)”" }
  }

  func isMet(_ scene: DeskScene) -> Bool {
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
        [[.text(place(scene))]] + MeanReturns(shown).columns.map { $0.cell([scene]) }
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
    let returns = isMerged ? MeanReturns(shown).columns : []
    let rows = (isMerged ? groups(shown, cell: cell) : shown.map { [$0] }).map { desks in
      let scene = desks[0]
      let cells = asked.map { criterion in
        let line = line(scene, criterion), clock = scene.scenario.clock
        let isRecovery = isMerged && criterion.measure == Measures.Recovery().name
        let content = isRecovery && isMarked(scene) ? Self.doubted(line, cell(line, clock)) : cell(line, clock)
        return [Markup("span", isMerged ? Self.attributes(line, clock) : [:], content)]
      }
      var heading = page.rowHeading(desks)
      let place = place(scene)
      if !place.isEmpty { heading = heading.adding(Markup("br")).adding(Markup("small", text: place)) }
      return CardTable.Row(heading, cells + returns.map { $0.cell(desks) })
    }
    let table = CardTable(
      caption: isMerged ? legend(shown) : nil, head: ["desk"] + head + returns.map(\.heading),
      labels: ["desk"] + (isMerged ? head : asked.map(\.title)) + returns.map(\.heading), rows: rows
    ).markup
    return isMerged ? Markup("div", ["class": "decision"], [table]) : table
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
}

extension Criterion {
  /// What tells two columns apart: the same question about different desks stands in one.
  fileprivate var kind: Criterion {
    isAtLeast
      ? Criterion(measure, loss: loss, level: level, atLeast: limit, confidence: confidence)
      : Criterion(measure, loss: loss, level: level, atMost: limit, confidence: confidence)
  }
}
