import Documents
import Drawing
import Lab
import Statistics

/// What is needed to make the report again, to the bit, to check it, and how a case went whose answer is known.
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
      ("Its licence", "GPL-3.0-or-later: who passes the program on passes its sources on"),
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
      Markup("pre", [:], [Markup("code", text: "\(run.command)\nstresslab verify .\n\(Self.expected(run))")]),
      Markup(
        "p", ["class": "full"],
        text:
          "The same program, files and seed on a processor of the same level give the same digest, whatever the number "
          + "of threads, and however often the run was interrupted: SHA-256 over all outcome rows, each in binary, by path and "
          + "desk. The second line, in the folder that holds this page, checks every file and row, and simulates a sample again, "
          + "bit for bit. Another “--seed” says how far the figures hang on it.\(Self.study(run))"),
    ] + known(page.summary) + [
      Self.links,
      Markup(
        "details", [:],
        [
          Markup("summary", text: "Paths, seed, program, and the \(files.count) files and agents that went in"),
          Self.list(first), Self.list(files),
        ]),
    ]
  }

  /// What the command must come to, as a comment of the shell.
  private static func expected(_ run: RunIdentity) -> String {
    "# StressLab \(run.programVersion) on \(run.cpuLevel), digest of the outcomes: \(run.digest)"
  }

  /// Which study runs where the command names a scenario alone, behind a blank; empty where it names one.
  private static func study(_ run: RunIdentity) -> String {
    guard let study = run.files.first(where: { $0.role == .study }), !run.command.contains(study.name) else {
      return ""
    }
    return " The command names no study, so the program’s default one runs: \(study.name)."
  }

  /// What the program made of cases with a known answer before this report.
  private func known(_ summary: Summary) -> [Markup] {
    guard let known = summary.knownCase else { return [] }
    let percent = { (value: Double) in Unit.percent.tick(value, step: 0.01) }
    let interval = "\(Unit.percent.tick(KnownCase.confidence, step: 0.001)) interval"
    let paths = Unit.decimal(Double(known.ruined.n), decimals: 0)
    var text =
      "Before this report the program lived through \(known.fall == nil ? "a case whose answer is known" : "two cases whose answers are known"), "
      + "with the same seed. Who holds a share that follows geometric Brownian motion (drift \(percent(KnownCase.drift)) and "
      + "volatility \(percent(KnownCase.volatility)) a year) is ruined at \(percent(KnownCase.level)) of the start within "
      + "\(KnownCase.days) days of a year of 365 on \(known.ruined.figureText(.percent)) of \(paths) paths (\(interval)); the "
      + "first-passage formula says \(Unit.percent.tick(known.expected, step: 0.0001))."
    if let fall = known.fall {
      let depths = KnownFall.depths
      text +=
        " Who holds a still share at \(JSONWriter.number(KnownFall.leverage)) times equity, bought at a cost of "
        + "\(Unit.decimal(fall.costBps, decimals: 2)) bps of it where half-spread, half of the order’s impact and fee are "
        + "\(JSONWriter.number(KnownFall.expectedCostBps)), and lives through a flash crash of "
        + "\(percent(depths.lowerBound)) to \(percent(depths.upperBound)), is closed out by the venue on "
        + "\(fall.called.figureText(.percent)) of \(Unit.decimal(Double(fall.called.n), decimals: 0)) paths (\(interval)); a "
        + "maintenance margin of \(percent(KnownFall.margin)) lasts for a fall of "
        + "\(Unit.percent.tick(KnownFall.deepest, step: 0.0001)), which \(Unit.percent.tick(fall.expected, step: 0.0001)) of the "
        + "drawn falls exceed."
    }
    return [
      Markup(
        "p", ["class": "full"],
        text: known.isMet
          ? text
          : text + " That is not so here, and nothing in this report should be believed before it is understood.")
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
      "ul", ["class": "limits"],
      files.map { Markup("li", [:], [Markup("a", ["href": $0.0], text: $0.0), .text(": \($0.1)")]) })
  }()
}
