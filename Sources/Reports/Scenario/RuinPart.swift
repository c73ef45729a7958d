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
      parts.append(Markup("p", ["class": "note full"], text: "No path of \(names) is ruined \(nothing)\(each)."))
    }
    let notes =
      (hasCalm ? page.once(Self.alone(event, isOne: scenario.events.count == 1)) : [])
      + (lost.isEmpty ? [] : page.once(Self.text))
    guard !notes.isEmpty else { return parts }
    return parts + [Markup("details", [:], [Markup("summary", text: "How this was counted")] + notes)]
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
      let confidence = page.summary.run.confidence
      let times = story.map { moments($0, confidence) + median($0, scenario.clock) }
      cells += [story.map { causes($0, confidence) }, times, story.map(movers)].map {
        [Markup("span", [:], $0 ?? [.text("\u{2013}")])]
      }
      return CardTable.Row(page.rowHeading([scene]), cells)
    }
    let head = ["desk", "ruined"] + (hasCalm ? calm : []) + ["came first", "when", "took most"]
    return Markup(
      "div", ["class": "told figures"],
      [CardTable(caption: caption(page), head: head, rows: rows).markup])
  }

  /// What the rows are, and what the words of the cause stand for.
  private func caption(_ page: PageBuilder) -> String {
    let limit = page.summary.ruin.equityBelow
    let level =
      limit > 0 ? "; loss limit: equity at or under \(Unit.percent.text(limit, resolution: 1)) of the start" : ""
    let step = scenario.clock.unit.text(scenario.clock.stepSeconds)
    return
      "Ruined paths by cause, moment and what moved; margin: liquidated by the venue\(level); times in steps of \(step)"
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
    "Shares are of a desk’s ruined paths, all of them, but for the last column. “In the fall” is from the start of the event "
    + "that started last to ten minutes after its trough, a step at least. What took most is the largest of all losses from "
    + "the start to ruin, on the first paths that were ruined, which were lived through again: what an event added to prices, "
    + "what it gave back of that (its rebound), opens away from the close before, jumps, all other moves of the market, and "
    + "what trading cost. Half within: the median time from the start of the event that started last to the end of the step of "
    + "ruin."

  private func causes(_ story: RuinStory, _ confidence: Double) -> [Markup] {
    let counts = RuinCause.allCases.map { cause in
      (cause.word, story.moments.filter { $0.cause == cause }.reduce(0) { $0 + $1.paths })
    }
    return Self.shares(counts, of: story.ruined, confidence)
  }

  private func moments(_ story: RuinStory, _ confidence: Double) -> [Markup] {
    let counts = RuinMoment.allCases.map { moment in
      (moment.words(scenario), story.moments.filter { $0.moment == moment }.reduce(0) { $0 + $1.paths })
    }
    return Self.shares(counts, of: story.ruined, confidence)
  }

  /// How soon after the event the median one of the ruined paths is ruined.
  private func median(_ story: RuinStory, _ clock: ClockSummary) -> [Markup] {
    guard let median = story.medianSecondsAfterStart, median.value != nil else { return [] }
    let event = scenario.events.count == 1 ? "it starts" : "one starts"
    return [
      Markup("small", ["class": "said"], text: "half within \(median.figureText(clock.unit)) after \(event)")
    ]
  }

  /// "margin 97 % [95, 98], loss limit 3 % [2, 5]": shares of the ruined paths, each with its interval; none of nobody.
  private static func shares(_ counts: [(word: String, paths: Int)], of ruined: Int, _ confidence: Double) -> [Markup] {
    shares(
      counts.filter { $0.paths > 0 }.map {
        ($0.word, Proportion($0.paths, of: ruined).estimate(confidence: confidence))
      })
  }

  /// Shares by what they are of; one alone has its interval under it, and `suffix` stands behind the last.
  private static func shares(_ shares: [(word: String, share: Estimate)], suffix: String = "") -> [Markup] {
    shares.enumerated().flatMap { place, line in
      let words = "\(line.word)\u{A0}\(line.share.valueText(.percent))"
      let interval = line.share.figuresText(.percent) + (place == shares.count - 1 ? suffix : "")
      return shares.count == 1
        ? [.text(words), Markup("small", text: interval)]
        : [.text("\(place > 0 ? ", " : "")\(words) "), Markup("small", ["class": "within"], text: interval)]
    }
  }

  private func movers(_ story: RuinStory) -> [Markup] {
    let parts = story.movers.prefix(3).map { ($0.mover.word(scenario), $0.share) }
    return parts.isEmpty ? [.text("not known")] : Self.shares(parts, suffix: " of \(story.dissected)")
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
    case .zeroEquity: "equity\u{A0}zero"
    case .equityBelow: "loss\u{A0}limit"
    }
  }
}

extension EquityCause {
  /// In a table.
  fileprivate func word(_ scenario: ScenarioSummary) -> String {
    switch self {
    case .event: scenario.events.count == 1 ? "the event" : "an event"
    case .rebound: scenario.events.count == 1 ? "the event’s rebound" : "an event’s rebound"
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
