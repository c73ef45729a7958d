import Documents
import Drawing
import Lab

/// Reports as a table.
enum ReportTable {
  static func markup(_ entries: [ReportLibrary.Entry]) -> Markup {
    guard !entries.isEmpty else { return Markup("p", ["class": "note"], text: "There is no report yet.") }
    let head = ["Report", "Paths", "Desks", "Fares worst", "Criteria"]
    return Markup(
      "table", ["class": "cards"],
      [
        Markup("thead", [:], [Markup("tr", [:], head.map { Markup("th", ["scope": "col"], text: $0) })]),
        Markup("tbody", [:], entries.map(row)),
      ])
  }

  private static func row(_ entry: ReportLibrary.Entry) -> Markup {
    let title = [
      Markup("a", ["href": "/reports/\(WebPage.segment(entry.name))"], text: entry.facts?.title ?? entry.name),
      Markup("br"),
      Markup("small", ["class": "said"], text: entry.name),
    ]
    guard let facts = entry.facts else {
      return Markup(
        "tr", [:],
        [
          Markup("th", ["scope": "row"], title),
          Markup("td", ["colspan": "4"], text: "not finished, or of another version"),
        ])
    }
    let counts = (facts.verdicts ?? []).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let words = [("passed", CriterionLine.Verdict.pass), ("missed", .fail), ("too close", .tooClose)].compactMap {
      word, verdict in counts[verdict].map { "\($0) \(word)" }
    }
    return Markup(
      "tr", [:],
      [
        Markup("th", ["scope": "row"], title), Markup("td", ["data-label": "Paths"], text: "\(facts.paths)"),
        Markup("td", ["data-label": "Desks"], text: "\(facts.desks)"),
        Markup("td", ["data-label": "Fares worst"], text: least(entry)),
        Markup("td", ["data-label": "Criteria"], text: words.isEmpty ? "–" : words.joined(separator: ", ")),
      ])
  }

  /// The desk that fares worst, with its figure and interval.
  static func least(_ entry: ReportLibrary.Entry) -> String {
    guard let facts = entry.facts, let weakest = facts.weakest, let value = weakest.figure.value else { return "–" }
    func text(_ value: Double) -> String {
      JSONWriter.number(((facts.executes ? value : 100 * value) * 10).rounded() / 10)
    }
    let ends = [weakest.figure.low, weakest.figure.high].map { $0.map(text) ?? "–" }.joined(separator: ", ")
    return "\(weakest.desk) \(text(value))\u{A0}\(facts.executes ? "bps" : "%") [\(ends)]"
  }
}
