import Drawing
import Lab
import Statistics

/// What each risk profile changes for each agent, path by path against the profile without rules: verdict, survival and return.
struct ProfileTable: Sendable {
  private let summary: Summary
  /// The numbers of the desks that pass all that is asked; nil where not of all of them something is asked.
  private let passing: Set<Int>?

  /// A table of a run.
  ///
  /// - Parameters:
  ///   - passing: the numbers of the desks that pass all that is asked of them.
  ///   - judged: those of the desks that something is asked of.
  init(_ summary: Summary, passing: Set<Int>, judged: Set<Int>) {
    self.summary = summary
    let effects = Self.effects(summary)
    let desks = summary.desks.filter { desk in
      effects.contains {
        $0.scenario == desk.scenario && $0.severity == desk.severity && $0.agent == desk.agent
          && [$0.risk, $0.against].contains(desk.risk)
      }
    }
    self.passing = desks.allSatisfy { judged.contains($0.desk) } ? passing : nil
  }

  /// From how many rows on the table is folded.
  private static let mostRows = 12

  /// Of each scenario at its highest severity.
  private var effects: [ProfileEffect] { Self.effects(summary) }

  private static func effects(_ summary: Summary) -> [ProfileEffect] {
    let all = summary.executes ? [] : summary.profileEffects ?? []
    return all.filter { effect in
      !all.contains { $0.scenario == effect.scenario && $0.severity > effect.severity }
    }
  }

  /// The table; empty where there is no profile to judge, or none to judge by, and of a grid, whose points have tables of their own.
  var markup: [Markup] {
    let effects = effects
    guard !effects.isEmpty, summary.scenarios.allSatisfy({ $0.point == nil }) else { return [] }
    let profiles = listed(Array(Set(effects.map(\.risk))).sorted().map { "“\($0)”" })
    let hasCalm = effects.allSatisfy { $0.calmReturn != nil }
    let isStressed = effects.allSatisfy { $0.stressReturn != nil }
    let event = summary.scenarios.count == 1 ? summary.scenarios[0].eventWord : "the events"
    let with = event.isEmpty ? "" : " with \(event)"
    var head = ["agent"]
    if passing != nil { head.append("passes all") }
    head.append("survival")
    if isStressed { head.append("mean return\(with)") }
    if hasCalm, !event.isEmpty { head.append("mean return without \(event)") }
    let lighter = effects.map(lighter)
    let isLighter = lighter.allSatisfy { $0 != nil }
    if isLighter {
      head.append("survival were \(Unit.percent.text(LighterRuin.loss, resolution: 1)) lost ruin")
    }
    let rows = zip(effects, lighter).map { effect, lighter in
      var cells: [[Markup]] = []
      if passing != nil { cells.append([.text(verdicts(effect))]) }
      cells.append(Self.cell(effect.survival))
      if isStressed, let change = effect.stressReturn { cells.append(Self.cell(change)) }
      if hasCalm, !event.isEmpty, let change = effect.calmReturn { cells.append(Self.cell(change)) }
      if isLighter, let lighter { cells.append(lighter) }
      return CardTable.Row(
        CardTable.Row.heading([.text(name(effect, among: effects))], isLong: name(effect, among: effects).count > 40),
        cells.map { [Markup("span", [:], $0)] })
    }
    let against = listed(Array(Set(effects.map(\.against))).sorted().map { "“\($0)”" })
    let confidence = Unit.percent.tick(summary.run.confidence, step: summary.run.confidence)
    let caption =
      "What \(profiles) changes: from \(against) → to behind it, or path by path in percentage points with \(confidence) "
      + "intervals, each for itself"
    let table = Markup(
      "div", ["class": "decision changes"], [CardTable(caption: caption, head: head, rows: rows).markup])
    guard effects.count > Self.mostRows else { return [table] }
    return [Markup("details", [:], [Markup("summary", text: "What \(profiles) changes for each agent"), table])]
  }

  /// Which agents pass only behind a profile, and which only without it, in a sentence; nil of several profiles or scenarios, and
  /// where nothing is asked.
  var sentence: String? {
    let effects = effects
    guard let passing, let first = effects.first, Set(effects.map(\.risk)).count == 1, summary.scenarios.count == 1
    else {
      return nil
    }
    func agents(_ isTurned: (Bool, Bool) -> Bool) -> [String] {
      effects.filter { isTurned(passes($0, $0.risk, passing), passes($0, $0.against, passing)) }.map(\.agent)
    }
    let (only, lost) = (agents { $0 && !$1 }, agents { !$0 && $1 })
    if only.isEmpty, lost.isEmpty { return "It changes no agent’s verdict." }
    func told(_ agents: [String], _ place: String) -> String? {
      agents.isEmpty ? nil : "\(listed(agents, most: 6)) \(agents.count == 1 ? "passes" : "pass") \(place) alone"
    }
    let parts = [told(only, "behind “\(first.risk)”"), told(lost, "without “\(first.risk)”")].compactMap { $0 }
    return parts.joined(separator: "; ") + "."
  }

  private func passes(_ effect: ProfileEffect, _ risk: String, _ passing: Set<Int>) -> Bool {
    summary.desks.contains {
      $0.scenario == effect.scenario && $0.severity == effect.severity && $0.agent == effect.agent && $0.risk == risk
        && passing.contains($0.desk)
    }
  }

  /// "9.1 % [8.5, 9.7] → 98.9 % [98.7, 99.1]": who would survive without the profile and behind it were a lighter loss ruin; nil where it is ruin already.
  private func lighter(_ effect: ProfileEffect) -> [Markup]? {
    guard 1 - summary.ruin.equityBelow > LighterRuin.loss + 1e-9 else { return nil }
    let shares = [effect.against, effect.risk].compactMap { risk in
      summary.desks.first {
        $0.scenario == effect.scenario && $0.severity == effect.severity && $0.agent == effect.agent && $0.risk == risk
      }.flatMap { LighterRuin.survivors($0.lossCurve) }
    }.map { $0.estimate(confidence: summary.run.confidence) }
    guard shares.count == 2 else { return nil }
    return shares.enumerated().flatMap { place, share in
      [
        Markup.text("\(place > 0 ? " → " : "")\(share.valueText(.percent)) "),
        Markup("small", text: share.figuresText(.percent)),
      ]
    }
  }

  /// "no → yes".
  private func verdicts(_ effect: ProfileEffect) -> String {
    let passing = passing ?? []
    func word(_ risk: String) -> String { passes(effect, risk, passing) ? "yes" : "no" }
    return "\(word(effect.against)) → \(word(effect.risk))"
  }

  private func name(_ effect: ProfileEffect, among effects: [ProfileEffect]) -> String {
    var name = effect.agent
    if Set(effects.map(\.risk)).count > 1 { name += "\u{A0}· \(effect.risk)" }
    if Set(effects.map(\.scenario)).count > 1 {
      name += ", in “\(summary.scenarios.first { $0.name == effect.scenario }?.title ?? effect.scenario)”"
    }
    return name
  }

  /// "+31.8 [30.9, 32.7]".
  private static func cell(_ estimate: Estimate) -> [Markup] {
    if case .notSeen = estimate.evidence, estimate.low == nil, estimate.high == nil {
      return [.text("0 "), Markup("small", text: "no path differs")]
    }
    let words = estimate.pointsText.replacing(" points", with: "")
    guard let gap = words.firstIndex(of: " "), words.hasSuffix("]") else { return [.text(words)] }
    return [.text("\(words[..<gap]) "), Markup("small", text: String(words[words.index(after: gap)...]))]
  }
}
