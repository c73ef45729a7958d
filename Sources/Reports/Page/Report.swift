import Drawing
import Foundation
import Lab
import Statistics
import Threads

/// The report of a run: a page that compares and needs nothing but itself, a page beside it for each scenario's market, each
/// desk and each trained agent, and each of their charts as a file.
///
/// The same summary gives the same bytes: no clock, no locale, no order that a run could change.
package struct Report: Sendable {
  /// The page, `index.html`.
  package let page: String
  /// The pages beside it: file name, and contents.
  package let pages: [(name: String, contents: String)]
  /// The charts in the pages' order: file name under `charts/`, and contents.
  package let charts: [(name: String, contents: String)]

  /// The parts of the page from top to bottom. A new section is one file and one line here.
  static func sections(_ summary: Summary) -> [any PageSection] {
    [VerdictSection(), PanelSection()]
      + summary.scenarios.map { ScenarioSection(scenario: $0) }
      + [AgentsSection(), WorstPathSection(), AssumptionsSection(), LimitsSection(), ReproductionSection()]
  }

  /// The pages beside it, in their order.
  static func pages(_ page: PageBuilder) -> [any ReportPage] {
    MarketPage.all(page) + DeskPage.all(page) + AgentPage.all(page)
  }

  /// Draws the report of a summary; its charts on several threads, which never change it.
  package init(_ summary: Summary, threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
    var builder = PageBuilder(summary)
    let sections = Report.sections(summary).map { $0.body(&builder) }.filter { !$0.isEmpty }
      .map { Markup("section", [:], $0) }
    var builders = [builder]
    let others = Report.pages(builder)
    let bodies = others.map { other in
      builders.append(PageBuilder(beside: builders[builders.count - 1]))
      return other.body(&builders[builders.count - 1])
    }
    let figures = builders.flatMap(\.figures)
    let drawn = orderedMap(figures.count, threads: threads) { number in
      figures[number].figure.drawn(inPage: figures[number].isInPage)
    }
    var parts = builders.map { _ in [String]() }
    for (number, page) in builders.indices.flatMap({ page in builders[page].figures.map { _ in page } }).enumerated() {
      parts[page].append(drawn[number].page ?? "")
    }
    let paths = Statistics.Unit.decimal(Double(summary.run.paths), decimals: 0)
    let run = "\(paths) paths · seed \(summary.run.seed)"
    page = PageFrame(
      title: summary.title, kind: "StressLab report", eyebrow: "StressLab report · \(run)", headings: builder.headings
    ).markup(sections, parts: parts[0])
    pages = others.indices.map { index in
      let other = others[index]
      let frame = PageFrame(
        title: other.title, kind: "StressLab report", eyebrow: "StressLab report · \(other.kind) · \(run)",
        headings: builders[index + 1].headings,
        back: (text: "Back to the report “\(summary.title)”", address: "index.html#\(other.origin)"))
      return (other.file, frame.markup(bodies[index], parts: parts[index + 1]))
    }
    charts = zip(figures, drawn).map { ("\($0.figure.id).svg", $1.file) }
  }

  /// Writes `index.html`, the pages beside it and `charts/*.svg` into a folder, which is made where it does not exist.
  ///
  /// Charts and pages that an earlier report listed are removed, so that none of them is left that the page does not show.
  /// - Throws: what is in the way, and what the system refuses.
  package func write(to folder: ReportFolder) throws(StoreProblem) {
    try folder.write(page: page, pages: pages, charts: charts)
  }

  /// The files that `write` puts into a folder.
  package var files: [FolderVerification.DrawnFile] {
    ReportFolder.files(page: page, pages: pages, charts: charts)
  }
}
