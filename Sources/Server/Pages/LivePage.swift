import Documents
import Drawing

/// A job as it goes: the live page.
enum LivePage {
  static let operation = Operation.page(
    "/jobs/{id}", "A job as it goes", parameters: [Parameter("id", in: .path, .text(1...64), "of the job", example: "")]
  ) { call in
    let job = try await JobsAPI.job(call)
    let log = try await call.context.apart {
      try JobsAPI.refusing { try call.context.jobs.log(of: job.id, last: 1 << 14) }
    }
    let facts = [
      ("State", job.state.rawValue), ("Kind", job.order.kind.rawValue), ("Attempts", "\(job.attempts)"),
      ("Documents", job.order.documents.joined(separator: ", ")), ("Output", job.order.output ?? "–"),
      ("Said", job.message ?? "–"),
    ]
    var links: [Markup] = []
    if let output = job.order.output, output.hasPrefix("\(Workspace.reports)/"),
      job.state == .finished || job.state == .missed
    {
      let name = output.dropFirst(Workspace.reports.utf8.count + 1)
      links = [
        Markup(
          "p", [:],
          [Markup("a", ["class": "button", "href": "/reports/\(WebPage.segment(name))"], text: "Open the report")])
      ]
    }
    return WebPage(
      title: job.order.title, place: .overview, eyebrow: "Job \(job.id)", scripts: ["live.js"],
      content: links + [
        Markup(
          "div",
          [
            "id": "live", "data-job": job.id, "data-kind": job.order.kind.rawValue, "data-state": job.state.rawValue,
            "data-resumable": job.isResumable ? "true" : "false",
          ]),
        Markup(
          "dl", [:],
          facts.flatMap { name, text in
            [
              Markup("dt", text: name),
              Markup("dd", ["data-fact": name.lowercased()], text: PrintableText.escaped(text)),
            ]
          }),
        Markup("h2", text: "What its process said"),
        Markup("pre", ["id": "log"], text: log.isEmpty ? "Nothing." : PrintableText.escaped(log)),
      ]
    ).reply
  }
}
