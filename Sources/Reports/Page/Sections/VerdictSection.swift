import Drawing
import Lab
import Statistics

/// The answer in a sentence, and the few figures that carry it.
struct VerdictSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    let heading = page.heading(2, "The answer", "answer")
    let desks = page.summary.scenarios.flatMap { scenario in
      page.severities(scenario).suffix(1).flatMap { page.desks(scenario, $0) }
    }
    let ruin = Unit.percent.text(page.summary.ruin.equityBelow, resolution: 1)
    let monitored =
      page.summary.ruin.monitored == .withinStep ? ", watched within each step" : ", watched at each close"
    return [
      heading,
      Markup("p", ["class": "verdict"], text: Verdict(desks).sentence),
      Markup("ul", ["class": "keys"], keys(desks, page.summary)),
      Markup(
        "p", ["class": "note"],
        text: "Ruin means: liquidated by the venue, equity at or under zero, or equity at or under \(ruin) of the start"
          + "\(monitored). Square brackets hold \(Unit.percent.tick(page.summary.run.confidence, step: page.summary.run.confidence)) intervals. These figures "
          + "hold for these scenarios, these agents and this definition of ruin; they say nothing about how often such a "
          + "market comes, and are no probabilities of the real world."),
    ]
  }

  private func keys(_ desks: [DeskScene], _ summary: Summary) -> [Markup] {
    let holdsSeveral = summary.scenarios.count > 1
    let who = { (desk: DeskScene) in holdsSeveral ? "\(desk.name), \(desk.scenario.title)" : desk.name }
    // A share of a handful of paths would stand among shares of thousands.
    let fewest = min(100, desks.map(\.desk.recovery.n).max() ?? 1)
    var keys: [Markup] = []
    let survivors = desks.filter { $0.desk.survival.value != nil && $0.desk.executionCostBps.value != nil }
    if let worst = survivors.least(\.desk.survival.value) {
      keys += key("Lowest", Measures.Survival(), worst, who(worst))
    }
    if let best = survivors.least({ $0.desk.survival.value.map { -$0 } }), survivors.count > 1 {
      keys += key("Highest", Measures.Survival(), limit: " of a desk that trades", best, who(best))
    }
    if let struck = desks.least({ $0.desk.ruinFromEvent?.value.map { -$0 } }) {
      keys += key("Most", Measures.RuinFromEvent(), struck, who(struck))
    }
    if let slow = desks.filter({ $0.desk.recovery.n >= fewest }).least(\.desk.recovery.value) {
      keys += key("Lowest", Measures.Recovery(), slow, who(slow))
    }
    if let dear = desks.least({ $0.desk.costWithForcedSalesBps?.value.map { -$0 } }) {
      keys += key("Highest", Measures.CostWithForcedSales(), dear, who(dear))
    }
    if let deep = desks.least({ $0.desk.expectedShortfall.value.map { -$0 } }) {
      keys += key("Largest", Measures.ExpectedShortfall(), deep, who(deep))
    }
    return keys
  }

  /// A figure: a word, the measure and what it is limited to, its estimate for a desk.
  private func key<M: Measure>(
    _ word: String, _ measure: M, limit: String = "", _ desk: DeskScene, _ who: String
  ) -> [Markup] where M.Value == Estimate {
    guard let estimate = desk.desk.measures[measure] else { return [] }
    let unit = Unit(measure.unit, desk.scenario.clock)
    return [
      Markup(
        "li", [:],
        [
          Markup("span", ["class": "what"], text: "\(word) \(measure.title)\(limit)"),
          Markup("span", ["class": "big"], text: estimate.valueText(unit)),
          Markup("span", ["class": "range"], text: estimate.intervalText(unit)),
          Markup("span", ["class": "who"], text: who),
          Markup("span", ["class": "who"], text: "n = \(Unit.decimal(Double(estimate.n), decimals: 0))"),
        ])
    ]
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
