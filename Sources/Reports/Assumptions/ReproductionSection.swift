import Drawing
import Lab
import Statistics

/// What is needed to make the report again, to the bit.
struct ReproductionSection: PageSection {
  /// The section.
  init() {}

  func body(_ page: inout PageBuilder) -> [Markup] {
    let run = page.summary.run
    let last = run.firstPath + run.paths - 1
    var facts = [
      ("Paths", "\(Unit.decimal(Double(run.paths), decimals: 0)) (numbers \(run.firstPath) to \(last))"),
      ("Seed", "\(run.seed)"),
      ("Program", "StressLab \(run.programVersion)\(run.gitRevision.map { ", revision \($0)" } ?? "")"),
      ("Random streams", "version \(run.streamVersion)"),
      ("Processor level", run.cpuLevel),
    ]
    facts += run.files.map { file in
      let role = file.role.rawValue
      return ("\(role.prefix(1).uppercased())\(role.dropFirst())", "\(file.name), SHA-256 \(file.sha256)")
    }
    facts.append(("Digest of the outcomes", run.digest))
    if let stopping = page.summary.stopping {
      let reason =
        stopping.isMet
        ? "as every interval that the study names beforehand is narrow enough"
        : "as the budget of paths ended; not every interval that the study names is narrow enough"
      let (single, covered) = (run.confidence, stopping.confidence)
      facts.insert(
        (
          "Stopped",
          "\(reason); intervals are those of \(Unit.percent.tick(single, step: single)) for a fixed number of paths, so "
            + "that they hold in \(Unit.percent.tick(covered, step: covered)) of runs that stop by their width"
        ), at: 1)
    }
    let (first, files) = (facts.filter { !$0.1.contains("SHA-256") }, facts.filter { $0.1.contains("SHA-256") })
    return [
      page.heading(2, "How to make this report again", "again"),
      Markup("pre", [:], [Markup("code", text: run.command)]),
      Markup(
        "p",
        text:
          "The same program, files and seed on a processor of the same level give the same digest, whatever the number "
          + "of threads, and however often the run was interrupted. The digest is SHA-256 over all outcome rows."),
      Self.links,
      Markup(
        "details", [:],
        [
          Markup("summary", text: "Paths, seed, program, and the \(files.count) files and agents that went in"),
          Self.list(first), Self.list(files),
        ]),
    ]
  }

  private static func list(_ facts: [(String, String)]) -> Markup {
    Markup(
      "dl", [:], facts.flatMap { [Markup("dt", text: $0.0), Markup("dd", [:], [Markup("code", text: $0.1)])] })
  }

  /// The files of the run that lie beside the page.
  private static let links: Markup = {
    let files = [
      ("results.sqlite", "every outcome, for pandas, DuckDB or R"),
      ("summary.json", "every number of this report with its interval and n"),
      ("manifest.json", "what is needed to make it again"),
      ("charts.txt", "the list of the charts and pages of this report, each a file"),
    ]
    return Markup(
      "ul", [:],
      files.map { Markup("li", [:], [Markup("a", ["href": $0.0], text: $0.0), .text(": \($0.1)")]) })
  }()
}
