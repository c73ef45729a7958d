import Drawing
import Lab
import Statistics

/// What else is known of desks that are set against each other: other ways to the same answer, tests, and what the paths
/// could tell apart. Folded away, for who asks, and each at its highest severity alone: the rest is in `summary.json`.
struct ComparisonDetails {
  /// Of each comparison its name, as the table above has it, and its figures.
  let rows: [(name: String, line: ComparisonLine)]

  /// The folded table.
  var body: Markup {
    let head = [
      "desk, against", "severity", "mean, by bootstrap", "centre", "mean of the middle half", "p of survival",
      "p of return", "could be told apart", "saved by pairing",
    ]
    let lines = rows.map { row in
      let line = row.line
      let cells: [[Markup]] = [
        [.text(severityText(line.severity))], line.finalReturnBootstrap.map(Self.cell) ?? [.text("not drawn")],
        Self.cell(line.finalReturnCentre), Self.cell(line.finalReturnMiddle), Self.cell(line.survivalTest),
        Self.cell(line.finalReturnTest), [.text(line.detectableSurvival.map(Self.points) ?? "not known")],
        [.text(line.varianceSaved.map { Unit.percent.text($0, resolution: 0.005) } ?? "not known")],
      ]
      return Markup("tr", [:], [Markup("th", ["scope": "row"], text: row.name)] + cells.map { Markup("td", [:], $0) })
    }
    let headings = head.map { Markup("th", ["scope": "col"], text: $0) }
    return Markup(
      "details", [:],
      [
        Markup("summary", text: "The same differences in other ways, and tests"),
        Self.table(headings, lines),
        Markup(
          "p", ["class": "note"],
          text: "Differences of return are the first desk’s less the second’s on the same path: their mean with a "
            + "bootstrap’s interval (BCa), their centre by Hodges and Lehmann, and the mean of their middle half. p is "
            + "McNemar’s exact test of survival and Wilcoxon’s signed-rank test of return; behind it Holm’s, which holds "
            + "for all comparisons at once, and Benjamini and Hochberg’s (BH), for exploring. What could be told apart "
            + "is in percentage points of survival, four times in five, by the interval of all together. What pairing "
            + "saved is a share of the variance that the mean difference of return would have with paths of its own for "
            + "each desk. summary.json has the same at each severity."),
      ] + profiles)
  }

  /// Of each comparison the shares of paths above levels of return, at levels that not all paths reach or miss.
  private var profiles: [Markup] {
    guard let first = rows.first?.line.profile else { return [] }
    let places = first.returnAbove.indices.filter { place in
      rows.contains { row in
        [row.line.profile.desk, row.line.profile.against].contains {
          $0.indices.contains(place) && 0 < $0[place] && $0[place] < 1
        }
      }
    }
    guard !places.isEmpty else { return [] }
    let head = ["return above, severity"] + places.map { Unit.percent.tick(first.returnAbove[$0], step: 0.01) }
    let lines = rows.map { row in
      let profile = row.line.profile
      func share(_ value: Double) -> String { Unit.percent.text(value, resolution: profile.band) }
      let cells = places.map { "\(share(profile.desk[$0])) against \(share(profile.against[$0]))" }
      return Markup(
        "tr", [:],
        [Markup("th", ["scope": "row"], text: "\(row.name), \(severityText(row.line.severity))")]
          + cells.map { Markup("td", text: $0) })
    }
    return [
      Self.table(head.map { Markup("th", ["scope": "col"], text: $0) }, lines),
      Markup(
        "p", ["class": "note"],
        text:
          "The share of paths on which each desk’s return is above a level. All shares of a desk at once lie within "
          + "±\(Unit.percent.bare(first.band, resolution: 0.05 * first.band)) points of those of all paths (Dvoretzky, Kiefer and "
          + "Wolfowitz)."),
    ]
  }

  private static func table(_ headings: [Markup], _ lines: [Markup]) -> Markup {
    Markup(
      "div", ["class": "scroll"],
      [Markup("table", [:], [Markup("thead", [:], [Markup("tr", [:], headings)]), Markup("tbody", [:], lines)])])
  }

  /// A difference of survival in percentage points: "3.1 points".
  static func points(_ difference: Double) -> String {
    "\(Unit.percent.bare(difference, resolution: 0.05 * difference)) points"
  }

  private static func cell(_ estimate: Estimate) -> [Markup] {
    guard estimate.value != nil else { return [.text("not known")] }
    let isWords = estimate.evidenceText != nil
    return [
      .text("\(estimate.valueText(.percent)) "),
      Markup("small", isWords ? ["class": "said"] : [:], text: estimate.intervalText(.percent)),
    ]
  }

  private static func cell(_ test: PairTest) -> [Markup] {
    [
      .text("\(pText(test.pValue)) "),
      Markup("small", text: "Holm \(pText(test.holm)), BH \(pText(test.falseDiscovery))"),
    ]
  }

  private static func pText(_ p: Double) -> String {
    p < 0.001 ? "under 0.001" : Unit.decimal(p, decimals: 3)
  }
}
