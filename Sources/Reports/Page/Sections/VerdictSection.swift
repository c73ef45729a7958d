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
    let confidence = page.summary.run.confidence
    let limit = page.summary.ruin.equityBelow
    let level =
      limit > 0
      ? ", equity at or under zero, or equity at or under \(Unit.percent.text(limit, resolution: 1)) of the start"
      : ", or equity at or under zero"
    let monitored =
      page.summary.ruin.monitored == .withinStep
      ? "watched within each step" : "watched at each close, the venue’s margin call within steps"
    return [
      heading,
      Markup("p", ["class": "verdict"], text: Verdict(desks).sentence),
      Markup("ul", ["class": "keys"], keys(desks)),
      Markup(
        "p", ["class": "note"],
        text: "Ruin means: liquidated by the venue\(level); \(monitored). Square brackets "
          + "hold \(Unit.percent.tick(confidence, step: confidence)) intervals. These figures "
          + "hold for these scenarios, these agents and this definition of ruin; they say nothing about how often such a "
          + "market comes, and are no probabilities of the real world."),
    ]
  }

  private func keys(_ desks: [DeskScene]) -> [Markup] {
    // A share of a handful of paths would stand among shares of thousands.
    let fewest = min(100, desks.map(\.desk.recovery.n).max() ?? 1)
    let trading = desks.filter { $0.desk.survival.value != nil && $0.trades }
    let impaired = desks.filter { $0.desk.recovery.value != nil }
    let counted = impaired.filter { $0.desk.recovery.n >= fewest }
    let (traders, lowest) = ("desks that trade", trading.lowest(\.survival.value))
    var keys = key("Lowest", Measures.Survival(), of: trading, lowest, of: traders)
    if lowest.count < trading.count {
      keys += key("Highest", Measures.Survival(), of: trading, trading.highest(\.survival.value), of: traders)
    }
    let struck = desks.filter { $0.desk.ruinFromEvent?.value != nil && !$0.scenario.events.isEmpty }
    keys += key("Most", Measures.RuinFromEvent(), of: struck, struck.highest { $0.ruinFromEvent?.value })
    keys += key(
      "Lowest", Measures.Recovery(), of: counted, counted.lowest(\.recovery.value),
      of: counted.count < impaired.count ? "desks with \(fewest) impaired paths or more" : "desks with impaired paths")
    let dear = desks.filter(\.trades)
    keys += key(
      "Highest", Measures.CostWithForcedSales(), of: dear, dear.highest { $0.costWithForcedSalesBps?.value },
      of: traders)
    let deep = desks.filter { $0.desk.expectedShortfall.value != nil }
    keys += key("Largest", Measures.ExpectedShortfall(), of: deep, deep.highest(\.expectedShortfall.value))
    return keys
  }

  /// A figure: a superlative, the measure, its estimate and who has it. Where all desks are equal, or there is one alone,
  /// nothing is lowest or highest, and the superlative is left out.
  ///
  /// - Parameters:
  ///   - candidates: all desks that it could be said of.
  ///   - found: those of them that share the extreme.
  ///   - kind: what the candidates are.
  private func key<M: Measure>(
    _ word: String, _ measure: M, of candidates: [DeskScene], _ found: [DeskScene], of kind: String = "desks"
  ) -> [Markup] where M.Value == Estimate {
    guard let desk = found.first, let estimate = desk.desk.measures[measure] else { return [] }
    let unit = Unit(measure.unit, desk.scenario.clock)
    let isSeveral = Set(candidates.map(\.scenario.name)).count > 1
    let isAlike = found.count == candidates.count
    let title = isAlike ? measure.title.prefix(1).uppercased() + measure.title.dropFirst() : "\(word) \(measure.title)"
    let who =
      isAlike && found.count > 1
      ? "all \(found.count) \(kind) alike"
      : listed(found.map { isSeveral ? "\($0.name), \($0.scenario.title)" : $0.name })
    let scope = isAlike ? "" : " (of \(candidates.count) \(kind))"
    return [
      Markup(
        "li", [:],
        [
          Markup("span", ["class": "what"], text: title + scope),
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
