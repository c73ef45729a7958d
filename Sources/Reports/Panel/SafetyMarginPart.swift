import Drawing
import Lab
import Statistics

/// How much severer the events may get before a desk loses its paths: a table and a curve for each scenario.
struct SafetyMarginPart: PageSection {
  /// The part.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    let curves = page.summary.severityCurves ?? []
    guard let first = curves.first else { return [] }
    var parts = [page.heading(3, "The margin of safety", "margin-of-safety"), introduction(first, page.summary)]
    for scenario in page.summary.scenarios {
      let own = curves.filter { $0.scenario == scenario.name }
      guard !own.isEmpty else { continue }
      if page.summary.scenarios.count > 1 { parts.append(Markup("h4", text: scenario.title)) }
      parts += charts(own, scenario, &page)
      let losing = own.filter { !$0.isWhole }
      let none =
        losing.count < own.count
        ? [Markup("p", ["class": "note full"], text: whole(own.filter(\.isWhole)))] : []
      if losing.isEmpty {
        parts += none
      } else {
        let summary = Markup("summary", text: "The severities in figures, with intervals, and who loses no path")
        parts.append(Markup("details", [:], [summary, table(losing), Self.between] + none))
      }
      let rising = own.filter(\.risesAgain)
      if !rising.isEmpty {
        parts.append(
          Markup(
            "p", ["class": "note"],
            text:
              "The survival of \(listed(rising.map(\.name))) is higher at some severity than at a lower one: where it "
              + "first falls that low stands in the table."))
      }
    }
    return parts
  }

  /// How the table's figures come about.
  private static let between = Markup(
    "p", ["class": "note"],
    text:
      "Between two severities that were run survival is read off a straight line; an interval ends at severities that were run, "
      + "where survival is known to be over and under.")

  private func introduction(_ curve: SeverityCurve, _ summary: Summary) -> Markup {
    let paths = Unit.decimal(Double(curve.paths), decimals: 0)
    let all = curve.paths == Int(summary.run.paths)
    let whole = Unit.decimal(Double(summary.run.paths), decimals: 0)
    let which = all ? "all \(paths) paths" : "the first \(paths) of the run’s \(whole) paths"
    // Falls in money add up as they are.
    let isInMoney = summary.scenarios.flatMap(\.events).contains { $0.model == "arithmeticCrash" }
    let severities = listed(curve.rungs.map { severityText($0.severity) }, most: 64)
    return Markup(
      "p", ["class": "note full"],
      text:
        "How severe the events must be for half of the paths to be lost, a tenth and a hundredth, those included that are lost without "
        + "any event: 1 is the scenario as written, at 2 a fall happens twice over\(isInMoney ? "" : " (25\u{A0}% become 44\u{A0}%)") and factors act squared. "
        + "Every desk faced \(which) at the severities \(severities)."
        + (SeverityCliff(summary).definition.map { " \($0)" } ?? ""))
  }

  /// Of desks that lose no path, and what that leaves possible.
  private func whole(_ curves: [SeverityCurve]) -> String {
    let last = curves[0].lastSeverity
    let survival = curves[0].rungs.last?.survival
    let doubt = survival?.evidenceText.map { " (\($0))" } ?? ""
    return "None of these paths is lost up to severity \(severityText(last))\(doubt): "
      + "\(listed(curves.map(\.name), most: 256))."
  }

  private func table(_ curves: [SeverityCurve]) -> Markup {
    let losses = curves.first?.critical.map { "\($0.lostText) lost at" } ?? []
    return CardTable(
      caption: "Severities at which paths are lost", head: ["desk"] + losses,
      rows: curves.map { curve in [curve.name] + curve.critical.map { curve.text($0) } }
    ).markup
  }

  private func charts(_ curves: [SeverityCurve], _ scenario: ScenarioSummary, _ page: inout PageBuilder) -> [Markup] {
    let scene = LadderScene(
      summary: page.summary, scenario: scenario,
      lines: curves.map { curve in
        LadderScene.Line(curve: curve, series: Theme.seriesClass(page.agentIndex(curve.agent)))
      })
    return page.grid(
      ChartCatalogue.ladder.compactMap { entry in
        entry.make(scene).map { chart in
          PageBuilder.Wish(chart: chart, words: [scenario.name, entry.name], rank: entry.rank, isWide: true)
        }
      })
  }
}
