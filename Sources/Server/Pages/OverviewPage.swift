import Documents
import Drawing
import Lab

/// The first page: what runs, what ran, what got worse, the last verdicts.
enum OverviewPage {
  static let operation = Operation.page("/", "What runs, what ran, what got worse") { call in
    let context = call.context
    let (jobs, reports) = try await context.apart {
      (try JobsAPI.refusing { try context.jobs.jobs(JobQuery(limit: 30)).jobs }, try context.reports.entries())
    }
    let open = jobs.filter { !$0.state.isOver }
    let over = jobs.filter(\.state.isOver)
    let newest = reports.sorted { ($0.time, $0.name) > ($1.time, $1.name) }.prefix(12)
    return WebPage(
      title: "Overview", place: .overview, eyebrow: context.workspace.path, scripts: ["jobs.js"],
      content: [
        Markup("h2", text: "Runs now"), JobTable.markup(open, id: "open", empty: "Nothing runs or waits."),
        Markup("h2", text: "Last verdicts"), ReportTable.markup(Array(newest)),
        Markup("h2", text: "Done"), JobTable.markup(over, id: "over", empty: "No job has ended yet."),
      ]
    ).reply
  }
}

/// Jobs as a table.
enum JobTable {
  static func markup(_ jobs: [Job], id: String, empty: String) -> Markup {
    guard !jobs.isEmpty else { return Markup("p", ["class": "note", "id": id], text: empty) }
    let head = ["Job", "Kind", "State", "Began", "What there is to say"]
    return Markup(
      "table", ["class": "cards words", "id": id],
      [
        Markup("thead", [:], [Markup("tr", [:], head.map { Markup("th", ["scope": "col"], text: $0) })]),
        Markup("tbody", [:], jobs.map(row)),
      ])
  }

  private static func row(_ job: Job) -> Markup {
    let began = job.started ?? job.created
    return Markup(
      "tr", ["data-job": job.id, "data-state": job.state.rawValue],
      [
        Markup("th", ["scope": "row"], [Markup("a", ["href": "/jobs/\(job.id)"], text: job.order.title)]),
        Markup("td", ["data-label": "Kind"], text: job.order.kind.rawValue),
        Markup(
          "td", ["data-label": "State"],
          [Markup("span", ["class": "badge \(job.state.rawValue)"], text: job.state.rawValue)]),
        Markup("td", ["data-label": "Began"], [Markup("time", text: Moment.text(seconds: Int(began / 1000)))]),
        Markup("td", ["data-label": "Said"], text: job.message.map { PrintableText.escaped($0) } ?? ""),
      ])
  }
}

/// Reports as a table.
enum ReportTable {
  static func markup(_ entries: [ReportLibrary.Entry]) -> Markup {
    guard !entries.isEmpty else { return Markup("p", ["class": "note"], text: "There is no report yet.") }
    let head = ["Report", "Paths", "Desks", "Least survival", "Criteria"]
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
        Markup(
          "td", ["data-label": "Least"], text: facts.weakest.map { "\($0.desk) \(percent($0.figure.value))" } ?? "–"),
        Markup("td", ["data-label": "Criteria"], text: words.isEmpty ? "–" : words.joined(separator: ", ")),
      ])
  }

  private static func percent(_ value: Double?) -> String {
    value.map { "\(JSONWriter.number(($0 * 1000).rounded() / 10))\u{A0}%" } ?? "–"
  }
}
