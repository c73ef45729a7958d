import Drawing
import Lab
import Statistics
import Trading

/// What the events alone did to the desks of a scenario at one severity, and what ruined them: why, when, and what took most from
/// their accounts.
struct RuinPart: PageSection {
  private let scenario: ScenarioSummary
  private let severity: Double
  private let suffix: String

  /// The ruins of a severity; `suffix` tells several severities apart in headings.
  init(scenario: ScenarioSummary, severity: Double, suffix: String) {
    self.scenario = scenario
    self.severity = severity
    self.suffix = suffix
  }

  func body(_ page: inout PageBuilder) -> [Markup] {
    let all = page.desks(scenario, severity).filter { $0.desk.survival.value != nil }
    let hasCalm = !scenario.events.isEmpty && all.contains { $0.calm != nil }
    let lost = all.filter { $0.desk.survival.value != 1 || ($0.calm?.survival.value ?? 1) != 1 }
    guard hasCalm || !lost.isEmpty else { return [] }
    let event = scenario.eventWord
    let title = hasCalm ? "What \(event) alone did, and what killed whom" : "What killed them"
    var parts = [page.heading(3, title + suffix, scenario.name, severityWord(severity), "what-killed")]
    if !lost.isEmpty { parts.append(table(lost, hasCalm: hasCalm, page)) }
    let spared = all.filter { scene in !lost.contains { $0.desk.desk == scene.desk.desk } }
    if !spared.isEmpty {
      let nothing = hasCalm ? "with \(event) or without" : "here"
      let names = listed(spared.map(\.name), most: 64)
      let each = spared[0].desk.survival.evidenceText.map { " (each: \($0))" } ?? ""
      parts.append(Markup("p", text: "No path of \(names) is ruined \(nothing)\(each)."))
    }
    if hasCalm { parts += page.once(Self.alone(event, isOne: scenario.events.count == 1)) }
    return lost.isEmpty ? parts : parts + page.once(Self.text)
  }

  private func table(_ lost: [DeskScene], hasCalm: Bool, _ page: PageBuilder) -> Markup {
    let stories = Dictionary(
      (page.summary.ruins ?? []).map { ($0.desk, $0) }, uniquingKeysWith: { first, _ in first })
    let event = scenario.eventWord
    let calm = ["ruined without \(event)", "\(event) alone"]
    let rows = lost.map { scene in
      var cells = [Self.share(scene.desk.survival.complement)]
      if hasCalm {
        cells += [
          scene.calm.map { Self.share($0.survival.complement) } ?? [.text("not run")],
          scene.desk.ruinFromEvent.map(Self.share) ?? [.text("not computed")],
        ]
      }
      let story = stories[scene.desk.desk]
      cells += [story.map(causes), story.map(moments), story.map(movers)].map { [.text($0 ?? "\u{2013}")] }
      return CardTable.Row(page.rowHeading([scene]), cells)
    }
    let head = ["desk", "ruined"] + (hasCalm ? calm : []) + ["came first", "when", "took most"]
    return Markup(
      "div", ["class": "told"],
      [CardTable(caption: "Ruined paths by cause, moment and what moved", head: head, rows: rows).markup])
  }

  private static func share(_ estimate: Estimate) -> [Markup] {
    let interval = Markup("small", text: estimate.figuresText(.percent))
    return [Markup("span", [:], [.text(estimate.valueText(.percent)), interval])]
  }

  /// How the events' own share was taken.
  private static func alone(_ event: String, isOne: Bool) -> String {
    "At severity 0 the market draws the same random numbers, bit for bit, and only \(event) \(isOne ? "is" : "are") left "
      + "out. The difference is taken path by path, so its interval is the one of a paired comparison: paths that are ruined "
      + "with \(event) and not without, less those that are ruined without and not with."
  }

  private static let text =
    "Shares are of a desk’s ruined paths; all of them are counted. “In the fall” is from the start of the event that "
    + "started last to ten minutes after its trough, a step at least. What took most is the largest of all losses from the "
    + "start to ruin, on the first paths that were ruined, which were lived through again: what an event added to prices, "
    + "opens away from the close before, jumps, all other moves of the market, and what trading cost."

  private func causes(_ story: RuinStory) -> String {
    RuinCause.allCases.compactMap { cause -> String? in
      let paths = story.moments.filter { $0.cause == cause }.reduce(0) { $0 + $1.paths }
      return paths > 0 ? "\(cause.word) \(percent(paths, of: story.ruined))" : nil
    }.joined(separator: ", ")
  }

  private func moments(_ story: RuinStory) -> String {
    RuinMoment.allCases.compactMap { moment -> String? in
      let paths = story.moments.filter { $0.moment == moment }.reduce(0) { $0 + $1.paths }
      return paths > 0 ? "\(moment.words(scenario)) \(percent(paths, of: story.ruined))" : nil
    }.joined(separator: ", ")
  }

  private func movers(_ story: RuinStory) -> String {
    let parts = story.movers.prefix(3).map { "\($0.mover.word(scenario)) \($0.share.figureText(.percent))" }
    return parts.isEmpty ? "not known" : "\(parts.joined(separator: ", ")) (of \(story.dissected))"
  }

  private func percent(_ paths: Int, of all: Int) -> String {
    Unit.percent.text(Double(paths) / Double(all), resolution: 0.005)
  }
}

extension RuinMoment {
  /// In a table.
  fileprivate func words(_ scenario: ScenarioSummary) -> String {
    let event = scenario.events.count == 1 ? "the event" : "any event"
    switch self {
    case .withoutEvents: return "without events"
    case .before: return "before \(event)"
    case .fall: return "in the fall"
    case .sameSession: return "later that session"
    case .later: return "in a later session"
    }
  }
}

extension RuinCause {
  /// In a table.
  fileprivate var word: String {
    switch self {
    case .none: "none"
    case .liquidation: "margin"
    case .zeroEquity: "equity zero"
    case .equityBelow: "loss limit"
    }
  }
}

extension EquityCause {
  /// In a table.
  fileprivate func word(_ scenario: ScenarioSummary) -> String {
    switch self {
    case .event: scenario.events.count == 1 ? "the event" : "an event"
    case .jump: "a jump"
    case .gap: "gaps at opens"
    case .market: "the market otherwise"
    case .halfSpread: "half-spreads"
    case .impact: "own impact"
    case .fees: "fees"
    case .forcedSale: "forced sales"
    case .financing: "financing"
    }
  }
}
