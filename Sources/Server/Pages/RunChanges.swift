import Documents
import Drawing
import Lab
import Statistics

/// What got worse or better from a run to the next of the same title and scenarios: the desk that fares worst in each, by intervals
/// that lie apart. Intervals that meet say nothing, and paths that both have drawn alike are compared better side by side.
struct RunChanges {
  /// A run and the one before it.
  struct Change {
    /// Which way it went.
    enum Way: String { case worse, better, alike = "no difference that can be told" }
    let newer: ReportLibrary.Entry
    let older: ReportLibrary.Entry
    let way: Way
  }

  /// The newest first.
  let changes: [Change]

  /// Of finished runs, the newest first.
  init(_ reports: [ReportLibrary.Entry]) {
    changes = reports.enumerated().compactMap { number, newer in
      guard let facts = newer.facts, let figure = facts.weakest?.figure else { return nil }
      let older = reports[(number + 1)...].first {
        $0.facts?.title == facts.title && $0.facts?.scenarios == facts.scenarios
          && $0.facts?.severities == facts.severities && $0.facts?.executes == facts.executes
      }
      guard let older, let before = older.facts?.weakest?.figure else { return nil }
      return Change(
        newer: newer, older: older, way: Self.way(from: before, to: figure, lessIsBetter: facts.executes))
    }
  }

  /// Which way a figure went: by its intervals, where both have both ends.
  static func way(from before: Estimate, to after: Estimate, lessIsBetter: Bool) -> Change.Way {
    guard let low = before.low, let high = before.high, let newLow = after.low, let newHigh = after.high else {
      return .alike
    }
    if newLow > high { return lessIsBetter ? .worse : .better }
    return newHigh < low ? (lessIsBetter ? .better : .worse) : .alike
  }

  /// The table.
  var markup: Markup {
    guard !changes.isEmpty else {
      return Markup("p", ["class": "note"], text: "No study has run twice yet.")
    }
    let head = ["Report", "Before", "Now", "Since then"]
    return Markup(
      "table", ["class": "cards words", "id": "changes"],
      [
        Markup("thead", [:], [Markup("tr", [:], head.map { Markup("th", ["scope": "col"], text: $0) })]),
        Markup("tbody", [:], changes.prefix(8).map(row)),
      ])
  }

  private func row(_ change: Change) -> Markup {
    let (newer, older) = (change.newer, change.older)
    let address =
      "/comparisons?baseline=\(WebPage.segment(older.name))&candidate=\(WebPage.segment(newer.name))"
    return Markup(
      "tr", [:],
      [
        Markup(
          "th", ["scope": "row"],
          [
            Markup("a", ["href": address], text: newer.facts?.title ?? newer.name), Markup("br"),
            Markup("small", ["class": "said"], text: "\(newer.name) beside \(older.name)"),
          ]),
        Markup("td", ["data-label": "Before"], text: ReportTable.least(older)),
        Markup("td", ["data-label": "Now"], text: ReportTable.least(newer)),
        Markup(
          "td", ["data-label": "Since then"],
          [Markup("span", ["class": "badge \(change.way == .worse ? "failed" : "")"], text: change.way.rawValue)]),
      ])
  }
}
