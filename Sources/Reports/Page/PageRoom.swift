import Lab

/// How much of its charts a page draws, so that it stays under a megabyte: a chart in two drawings takes some 20 kB of it, in
/// one coarser drawing some 8.
struct PageRoom: Sendable, Hashable {
  /// The last rank that is drawn in the page; nil for none.
  let leastRank: ChartRank?
  /// Whether each chart is drawn once, more coarsely, for all widths.
  let isCompact: Bool

  /// From how many desks on a page beside `index.html` draws each chart once: such as those of a grid.
  private static let mostInFull = 40

  /// The room of `index.html`: by its rows of small multiples, one for an agent in a scenario, and its markets.
  init(index summary: Summary) {
    struct Row: Hashable { let scenario, agent: String, severity: Double }
    let rows = Set(
      summary.desks.filter { $0.severity > 0 && $0.executionCostBps.value != nil }
        .map { Row(scenario: $0.scenario, agent: $0.agent, severity: $0.severity) }
    ).count
    let markets = summary.markets.count { $0.severity > 0 }
    // A row is as large as two other charts, a market has two, and one of its panel.
    let charts = 2 * rows + 3 * markets
    isCompact = charts > 30
    leastRank = charts <= 100 ? .further : charts <= 200 ? .usual : charts <= 600 ? .leading : nil
  }

  /// The room of a page beside it.
  init(beside summary: Summary) {
    leastRank = .further
    isCompact = summary.desks.count > Self.mostInFull
  }
}
