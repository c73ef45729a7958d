import Drawing
import Lab
import Markets
import Statistics

/// A scenario's market by itself: its story, its charts, and how its returns are beside recorded ones. As a page that needs
/// nothing beside it, and as lines for a terminal.
package struct PreviewPage: Sendable {
  private let preview: MarketPreview
  private let recorded: Recorded?
  private let drawn: DrawnTwicePart?
  private let scenario: ScenarioSummary

  /// Recorded bars that stand beside a market.
  package struct Recorded: Sendable {
    /// What they are, in words.
    let name: String
    /// Their facts, in the catalogue's order.
    let facts: [FactEstimate]

    /// Facts of recorded bars.
    package init(name: String, facts: [FactEstimate]) {
      self.name = name
      self.facts = facts
    }
  }

  /// The page of a preview, and what its market is like as GSL draws it, where that was asked for.
  package init(_ preview: MarketPreview, beside recorded: Recorded?, drawnTwice: DrawnTwice? = nil) {
    self.preview = preview
    self.recorded = recorded
    drawn = drawnTwice.map(DrawnTwicePart.init)
    scenario = preview.summary.scenarios[0]
  }

  /// The severity that is shown: that of the preview, 0 where there is nothing to stress.
  private var severity: Double { scenario.events.isEmpty ? 0 : preview.severity }

  /// What the charts found and the facts, line by line.
  package var lines: [String] {
    let builder = PageBuilder(preview.summary, hasFiles: false)
    let run = preview.summary.run
    var lines = ["\(scenario.title): \(Unit.decimal(Double(run.paths), decimals: 0)) paths, seed \(run.seed)"]
    for event in scenario.events {
      let times = EventTable(scenario: scenario).cells(event)
      lines.append(
        "  \(event.name) (\(event.model)): \(zip(EventTable.head.dropFirst(), times.dropFirst()).map { "\($0) \($1)" }.joined(separator: "; "))"
      )
    }
    let part = MarketPart(scenario: scenario, severity: severity, suffix: "")
    for (asset, titles) in part.findings(builder) {
      lines += ["", asset] + titles.map { "  \($0)" }
    }
    lines += ScenarioStory(scenario: scenario).correlationLines
    lines += ["", Self.caption(paths: preview.facts.first?.facts.first?.estimate.n ?? 0)]
    lines += TextColumns.lines([head] + preview.facts.flatMap(rows))
    if let drawn { lines += [""] + drawn.lines }
    return lines
  }

  /// The whole document.
  package var text: String {
    var (page, story, market) = begun
    let facts =
      [
        page.heading(2, "Returns without events, beside recorded ones", "facts"),
        Markup("p", ["class": "full"], text: Self.caption(paths: preview.facts.first?.facts.first?.estimate.n ?? 0)),
        CardTable(
          caption: "Statistic with its 95\u{A0}% bootstrap interval", head: head,
          rows: preview.facts.flatMap(rows)
        ).markup,
        Markup(
          "dl", [:],
          StylisedFact.catalogue.flatMap { [Markup("dt", text: $0.name), Markup("dd", text: $0.text)] }),
      ]
    var twice: [Markup] = []
    if let drawn {
      twice = [page.heading(2, DrawnTwicePart.title, "drawn-twice")]
      twice += ([drawn.verdict, drawn.caption] + drawn.notes).map { Markup("p", ["class": "full"], text: $0) }
      twice.append(drawn.table.markup)
    }
    let sections = [story, market, facts, twice].filter { !$0.isEmpty }.map { Markup("section", [:], $0) }
    return PageFrame(
      title: scenario.title, kind: "StressLab preview",
      eyebrow:
        "StressLab preview · \(Unit.decimal(Double(preview.summary.run.paths), decimals: 0)) paths · seed \(preview.summary.run.seed)",
      headings: page.headings
    ).markup(sections, parts: page.figures.map { $0.figure.drawn(inPage: $0.isInPage).page ?? "" })
  }

  /// A chart of the page as a file of its own.
  package struct ChartFile: Sendable, Hashable {
    /// What its file is called.
    package let file: String
    /// What it found.
    package let title: String
    /// A whole SVG document.
    package let svg: String
  }

  /// The charts of the page in its order.
  package var charts: [ChartFile] {
    begun.page.figures.map { placed in
      ChartFile(file: "\(placed.figure.id).svg", title: placed.figure.chart.title, svg: placed.figure.file)
    }
  }

  /// The page up to its last chart.
  private var begun: (page: PageBuilder, story: [Markup], market: [Markup]) {
    var page = PageBuilder(preview.summary, hasFiles: false)
    let story =
      [page.heading(2, "What happens", "story")] + ScenarioStory(scenario: scenario).markup
    let market = MarketPart(scenario: scenario, severity: severity, suffix: "").all(&page)
    return (page, story, market)
  }

  /// Every number, for `--json`.
  package var numbers: [(asset: String, fact: FactEstimate, recorded: Estimate?)] {
    preview.facts.flatMap { one in
      one.facts.enumerated().map { (one.asset, $1, recorded?.facts[$0].estimate) }
    }
  }

  private static func caption(paths: Int) -> String {
    "Stylised facts of returns from bar to bar on \(Unit.decimal(Double(paths), decimals: 0)) paths of the market without "
      + "events, whose falls would follow a script; “usual” is what shares and indices have (Cont 2001), of daily bars."
  }

  private var head: [String] {
    ["asset", "fact", "this market", recorded?.name ?? "recorded", "usual"]
  }

  private func rows(_ one: MarketPreview.AssetFacts) -> [[String]] {
    one.facts.enumerated().map { index, fact in
      [
        one.asset, fact.fact.name, Self.figure(fact.estimate),
        recorded.map { Self.figure($0.facts[index].estimate) } ?? "–",
        fact.fact.usual.map { "\(Self.number($0.lowerBound)) to \(Self.number($0.upperBound))" } ?? "–",
      ]
    }
  }

  private static func figure(_ estimate: Estimate) -> String {
    guard let value = estimate.value, let low = estimate.low, let high = estimate.high else {
      return "too short to tell"
    }
    return "\(number(value)) [\(number(low)), \(number(high))]"
  }

  private static func number(_ value: Double) -> String { Unit.decimal(value, decimals: abs(value) < 10 ? 2 : 1) }
}
