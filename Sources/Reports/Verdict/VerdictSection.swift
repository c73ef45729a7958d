import Drawing
import Lab
import Statistics

/// The answer: what its words stand for, who passes, who fares how in a sentence for each scenario, each desk by each criterion,
/// where a desk that passes falls off, the loss in money, and what could be told apart.
struct VerdictSection: PageSection {
  /// The section.
  init() {}

  /// Up to how many scenarios each has a sentence of its own; of more, and of a grid, one sentence tells all.
  private static let mostSentences = 8

  func body(_ page: inout PageBuilder) -> [Markup] {
    let desks = page.highest
    let executes = page.summary.executes
    let criteria = CriteriaTable(page)
    let profiles = ProfileTable(
      page.summary, passing: criteria.passing, judged: criteria.lead == nil ? [] : criteria.asking)
    var parts = [page.heading(2, "The answer", "answer")]
    parts += answer(desks, page.summary, criteria, profiles)
    // The verdict first; what its words stand for stands between it and the table.
    parts.append(Setting(page.summary).markup)
    parts += criteria.markup + profiles.markup
    let worst = executes ? ExecutionVerdict(desks).dearest : Verdict(desks).weakest
    let told = executes ? nil : DetectableDifference(page.summary, desks: desks).sentence
    let limit = executes ? nil : LighterRuin(desks).sentence
    let impact = executes ? nil : ImpactOfOrders(desks).sentence
    let near =
      executes || page.summary.scenarios.count > 1
      ? nil
      : NearestToRuin.others(
        desks.filter { criteria.asking.contains($0.desk.desk) && !criteria.passing.contains($0.desk.desk) && $0.trades }
      )
    let again = VerdictsAgain(page.summary.criteria?.lines ?? []).sentence
    let facts: [(String, [String?])] = [
      ("mandate", [executes ? Self.mandate : nil]), ("money", [worst.map { LossInMoney($0).sentence }]),
      ("\(Unit.percent.text(LighterRuin.loss, resolution: 1)) lost", [limit]), ("impact", [impact]),
      ("near ruin", [near]),
      ("no event", [executes ? nil : criteria.inCalm]),
      ("told apart", [told, again, scope(page.summary)]),
    ]
    return parts + [Self.list(facts, style: "facts")] + criteria.details
  }

  /// Sentences behind words that say what they are about.
  private static func list(_ lines: [(String, [String?])], style: String) -> Markup {
    let told = lines.map { ($0.0, $0.1.compactMap { $0 }) }.filter { !$0.1.isEmpty }
    return Markup(
      "dl", ["class": "setting \(style)"],
      told.flatMap { [Markup("dt", text: $0.0), Markup("dd", text: $0.1.joined(separator: " "))] })
  }

  /// What the panel is asked to do, where it is not to invest.
  private static let mandate =
    "The mandate is to carry out orders by the horizon; what is left then is closed at the venue’s price. Desks are judged by "
    + "the implementation shortfall against the prices at t = 0, by its risk over paths, and by what they have done in time."

  /// Who passes, who fares how, what the rules cost, and where a desk that passes falls off: of one scenario each in a line
  /// behind a word; of several scenarios, of a grid and of orders in sentences.
  private func answer(
    _ desks: [DeskScene], _ summary: Summary, _ criteria: CriteriaTable, _ profiles: ProfileTable
  ) -> [Markup] {
    let ladder = summary.executes ? [] : Self.ladder(summary, passing: criteria.passing)
    guard summary.scenarios.count == 1, !summary.executes else {
      return sentences(desks, summary, lead: criteria.lead, ladder: ladder)
    }
    let nearest = NearestToRuin(desks.filter { criteria.passing.contains($0.desk.desk) }).sentence
    let verdict = Verdict(desks)
    let price = verdict.price.map { [$0, profiles.sentence].compactMap { $0 } } ?? []
    let lines: [(String, [String?])] = [
      ("passes", [criteria.lead]), (verdict.tellsSafest ? "safest" : "survives", [verdict.survivors, nearest]),
      ("price", price), ("severer", ladder),
    ]
    return [Self.list(lines, style: "told-first")]
  }

  /// Who passes, who fares how, and where a desk that passes falls off: one paragraph, or of several scenarios a list between
  /// two.
  ///
  /// - Parameters:
  ///   - lead: who passes.
  ///   - ladder: what severer events do to desks that pass.
  private func sentences(_ desks: [DeskScene], _ summary: Summary, lead: String?, ladder: [String]) -> [Markup] {
    let isGrid = summary.scenarios.contains { $0.point != nil }
    guard summary.scenarios.count > 1, summary.scenarios.count <= Self.mostSentences, !isGrid else {
      let all = [lead, sentence(desks, summary)].compactMap { $0 } + ladder
      return [Markup("p", ["class": "verdict"], text: all.joined(separator: " "))]
    }
    let list = Markup(
      "ul", ["class": "verdicts"],
      summary.scenarios.map { scenario in
        Markup("li", text: sentence(desks.filter { $0.scenario.name == scenario.name }, summary))
      })
    func paragraph(_ text: String?) -> [Markup] { text.map { [Markup("p", ["class": "full"], text: $0)] } ?? [] }
    return paragraph(lead) + [list] + paragraph(ladder.isEmpty ? nil : ladder.joined(separator: " "))
  }

  private func sentence(_ desks: [DeskScene], _ summary: Summary) -> String {
    summary.executes ? ExecutionVerdict(desks).sentence : Verdict(desks).sentence
  }

  /// What severer events do to desks that pass: none lost, or where the steepest fall is; and what other figures would do.
  private static func ladder(_ summary: Summary, passing: Set<Int>) -> [String] {
    let cliff = SeverityCliff(summary)
    let name = passing.count == 1 ? "Who passes all" : "Those that pass all"
    let whole = summary.scenarios.count == 1 ? cliff.whole(passing, name: name) : nil
    return [whole, cliff.sentence, WhatIfStory(summary).sentence].compactMap { $0 }
  }

  /// What the brackets are.
  private func scope(_ summary: Summary) -> String {
    let confidence = summary.run.confidence
    return "Square brackets hold two-sided \(Unit.percent.tick(confidence, step: confidence)) intervals."
  }
}

extension Sequence {
  /// The element whose key is least, the first of several; elements without a key are passed over.
  func least(_ key: (Element) -> Double?) -> Element? {
    var result: (element: Element, key: Double)?
    for element in self {
      guard let value = key(element) else { continue }
      if let found = result, found.key <= value { continue }
      result = (element, value)
    }
    return result?.element
  }
}
