import Drawing
import Foundation
import Lab
import Statistics
import Threads

/// The report of a run: one page that needs nothing but itself, and each of its charts as a file beside it.
///
/// The same summary gives the same bytes: no clock, no locale, no order that a run could change.
package struct Report: Sendable {
  /// The page, `index.html`.
  package let page: String
  /// The charts in the page's order: file name under `charts/`, and contents.
  package let charts: [(name: String, contents: String)]

  /// The parts of the page from top to bottom. A new section is one file and one line here.
  static func sections(_ summary: Summary) -> [any PageSection] {
    [VerdictSection(), CriteriaSection(), ComparisonSection(), PanelSection()]
      + summary.scenarios.map { ScenarioSection(scenario: $0) }
      + [MeasuresSection(), LimitsSection(), ReproductionSection()]
  }

  /// Draws the report of a summary; its charts on several threads, which never change it.
  package init(_ summary: Summary, threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
    var builder = PageBuilder(summary)
    let sections = Report.sections(summary).map { Markup("section", [:], $0.body(&builder)) }
    let figures = builder.figures
    let drawn = orderedMap(figures.count, threads: threads) { number in
      figures[number].figure.drawn(inPage: figures[number].isInPage)
    }
    let paths = Statistics.Unit.decimal(Double(summary.run.paths), decimals: 0)
    page = PageFrame(
      title: summary.title, kind: "StressLab report",
      eyebrow: "StressLab report · \(paths) paths · seed \(summary.run.seed)", headings: builder.headings
    ).markup(sections, parts: drawn.map { $0.page ?? "" })
    charts = zip(figures, drawn).map { ("\($0.figure.id).svg", $1.file) }
  }

  /// Writes `index.html` and `charts/*.svg` into a folder, which is made where it does not exist.
  ///
  /// Charts that an earlier report listed are removed, so that none of them is left that the page does not show.
  /// - Throws: what is in the way, and what the system refuses.
  package func write(to folder: ReportFolder) throws(StoreProblem) {
    try folder.write(page: page, charts: charts)
  }
}
