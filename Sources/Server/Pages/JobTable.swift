import Documents
import Drawing

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
        Markup("td", ["data-label": "Began"], [Markup("time", text: Moment.words(seconds: Int(began / 1000)))]),
        Markup("td", ["data-label": "Said"], text: job.message.map { PrintableText.escaped($0) } ?? ""),
      ])
  }
}
