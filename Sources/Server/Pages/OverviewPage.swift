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
    let newest = reports.sorted { ($0.time, $0.name) > ($1.time, $1.name) }
    let changes = RunChanges(newest)
    return WebPage(
      title: "Overview", place: .overview, eyebrow: context.workspace.path, scripts: ["jobs.js"],
      content: [
        Markup("h2", text: "Runs now"), JobTable.markup(open, id: "open", empty: "Nothing runs or waits."),
        Markup(
          "p", [:],
          [
            Markup("a", ["class": "button", "href": "/studies"], text: "Start a study"), .text(" "),
            Markup("a", ["class": "button", "href": "/scenarios"], text: "Write a scenario"),
          ]),
        Markup("h2", text: "Last verdicts"), ReportTable.markup(Array(newest.prefix(12))),
        Markup("h2", text: "What changed since the run before"), changes.markup,
        Markup("h2", text: "Done"), JobTable.markup(over, id: "over", empty: "No job has ended yet."),
      ]
    ).reply
  }
}
