import Documents
import Drawing
import Foundation
import Lab
import Statistics

/// The page that lists the reports of a folder, each with a link; it needs nothing but itself.
package struct IndexPage: Sendable {
  private let list: ReportList

  /// The page of a list.
  package init(_ list: ReportList) { self.list = list }

  /// By what the worst desks are found: survival, or the cost of carrying orders out.
  private var worst: String {
    let facts = list.entries.compactMap(\.facts)
    let words = [(false, "survives least"), (true, "costs most")].filter { executes, _ in
      facts.contains { $0.executes == executes }
    }
    return words.isEmpty ? "survives least" : words.map(\.1).joined(separator: ", or ")
  }

  private var headings: [String] { ["report", "study", "scenarios", "paths", "desks", worst, "criteria"] }

  /// The whole document.
  package var text: String {
    var outline = PageOutline()
    let heading = outline.heading(2, "Reports")
    let table = CardTable(head: headings, rows: list.entries.map(Self.row)).markup
    let count = list.entries.count
    return PageFrame(
      title: "\(count) \(count == 1 ? "report" : "reports")", kind: "StressLab", eyebrow: ReportList.mark,
      headings: outline.headings
    ).markup([Markup("section", [:], [heading, table])], parts: [])
  }

  private static func row(_ entry: ReportList.Entry) -> CardTable.Row {
    // A name with a colon is no scheme.
    let address = "./\(entry.name)/index.html".addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
    let link = Markup("a", ["href": address ?? ""], text: entry.name)
    return CardTable.Row(
      CardTable.Row.heading([link], isLong: true), cells(entry.facts).map { [Markup("span", [:], $0)] })
  }

  private static func cells(_ facts: ReportList.Facts?) -> [[Markup]] {
    guard let facts else { return [[.text("its summary.json cannot be read")], [], [], [], [], []] }
    func lines(_ text: String, _ small: String) -> [Markup] { [.text(text), Markup("small", text: small)] }
    let severities = facts.severities.map(JSONWriter.number).joined(separator: ", ")
    return [
      [.text(facts.title)],
      lines(listed(facts.scenarios), "severity \(severities)"),
      lines(Unit.decimal(Double(facts.paths), decimals: 0), "seed \(facts.seed)"),
      [.text("\(facts.desks)")],
      facts.weakest.map { desk in
        facts.executes
          ? lines(
            "shortfall \(desk.figure.text(.basisPoints))", "of what is to be traded; \(desk.desk), \(desk.scenario)")
          : lines(desk.figure.text(.percent), "\(desk.desk), \(desk.scenario)")
      } ?? [.text("not known")],
      [.text(facts.verdicts.map(text) ?? "none of its own")],
    ]
  }

  /// "3 passes, 1 fails" in words.
  private static func text(_ verdicts: [CriterionLine.Verdict]) -> String {
    let counts = CriterionLine.Verdict.allCases.compactMap { verdict -> String? in
      let count = verdicts.count { $0 == verdict }
      return count == 0 ? nil : "\(count) \(verdict.text)"
    }
    return counts.joined(separator: ", ")
  }
}
