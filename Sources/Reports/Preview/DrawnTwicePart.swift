import Drawing
import Foundation
import Lab
import Statistics

/// What a market is like drawn by GSL's samplers beside how every run draws it: a table, and one sentence of what it comes to.
struct DrawnTwicePart: Sendable {
  let drawn: DrawnTwice

  static let title = "Drawn twice: the lab’s generator against GSL’s"

  /// What stands there.
  var caption: String {
    "\(Unit.decimal(Double(drawn.paths), decimals: 0)) paths each at severity "
      + "\(severityText(drawn.severity)), by the lab’s vectors and by gsl_ran_… alone, one path at a time, "
      + "with seeds of their own. Returns are logarithmic (of a price that may be negative, in starting prices), as fractions."
  }

  /// Whether both draw one law, and how often chance alone would say otherwise.
  var verdict: String {
    guard let furthest = drawn.furthest else {
      return "Nothing differs from path to path: there is nothing to compare."
    }
    let place = "\(Self.name(furthest.row)), \(furthest.figure.map(Self.word) ?? "the whole law")"
    let chance =
      furthest.corrected < 1
      ? "in up to \(Self.chance(furthest.corrected)) tables of one law some figure is as far apart"
      : "chance alone makes one of so many as far apart"
    let paths = Unit.decimal(Double(drawn.paths), decimals: 0)
    let figures = Unit.decimal(Double(drawn.comparisons), decimals: 0)
    let rate = "(under 1 of 100 would be called a difference: the share of false alarms, by Bonferroni)."
    let found = "of \(figures) comparisons the furthest apart is \(place), p \(Self.probability(furthest.probability))"
    let start =
      furthest.corrected < DrawnTwice.falseAlarms ? "They differ" : "They agree as far as \(paths) paths tell"
    return "\(start): \(found); \(chance) \(rate)"
  }

  /// What both do alike.
  var notes: [String] { drawn.notes }

  private static let head = ["mean", "deviation", "1 %", "median", "99 %"]

  /// As lines of columns: of each figure both values, and how far apart.
  var lines: [String] {
    var rows: [[String]] = [["asset", "figure", "drawn by"] + Self.head + ["one law, p"]]
    for row in drawn.rows {
      let differences = row.differences.map(\.difference)
      let first: [String] = differences.map { Self.number($0.first, $0) }
      let second: [String] = differences.map { Self.number($0.second, $0) }
      let apart: [String] = differences.map { Unit.decimal($0.standardErrors, decimals: 1) }
      rows.append([row.assets.joined(separator: "/"), row.figure.text, "the lab"] + first + [""])
      rows.append(["", "", "GSL"] + second + [""])
      rows.append(["", "", "apart, s.e."] + apart + [Self.probability(row.samples.probability)])
    }
    var lines = [Self.title, caption]
    lines += TextColumns.lines(rows)
    lines.append(verdict)
    return lines + notes
  }

  /// As a table whose cells have both values, one under the other, and how many standard errors these are apart.
  var table: CardTable {
    let rows = drawn.rows.map { row in
      let cells = row.differences.map(\.difference).map { difference in
        let apart = Unit.decimal(difference.standardErrors, decimals: 1)
        return [
          Markup(
            "span", [:],
            [
              .text(Self.number(difference.first, difference)), Markup("br"),
              .text(Self.number(difference.second, difference)), Markup("small", text: "\(apart) s.e."),
            ])
        ]
      }
      return CardTable.Row(
        CardTable.Row.heading([.text(Self.name(row))]), cells + [[.text(Self.probability(row.samples.probability))]])
    }
    return CardTable(
      caption: "Above the lab’s value, under it GSL’s, and how many standard errors they are apart",
      head: ["figure"] + Self.head + ["one law, p"], rows: rows)
  }

  private static func name(_ row: DrawnTwice.Row) -> String {
    "\(row.assets.joined(separator: "/")), \(row.figure.text)"
  }

  private static func word(_ figure: TwoSamples.Figure) -> String {
    switch figure {
    case .mean: "mean"
    case .deviation: "standard deviation"
    case .low: "1 % quantile"
    case .median: "median"
    case .high: "99 % quantile"
    }
  }

  /// Four digits of the larger one of both; what rounding left of a nought is one.
  private static func number(_ value: Double, _ difference: TwoSamples.Difference) -> String {
    let largest = max(abs(difference.first), abs(difference.second))
    guard largest > 1e-12 else { return "0" }
    let places = Int(log10(largest).rounded(.down))
    return Unit.decimal(value, decimals: min(max(3 - places, 0), 12))
  }

  private static func probability(_ p: Double) -> String { p < 0.0001 ? "< 0.0001" : Unit.decimal(p, decimals: 4) }

  /// How often in words: "12 of 100", or "1 of 10,000" and rarer.
  private static func chance(_ p: Double) -> String {
    p >= 0.01
      ? "\(Unit.decimal((p * 100).rounded(.up), decimals: 0)) of 100"
      : "1 of \(Unit.decimal((1 / max(p, 1e-12)).rounded(.down), decimals: 0))"
  }
}
