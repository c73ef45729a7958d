import Documents
import Drawing
import Statistics
import Tracking

/// Which agent to trust: every version with its figures, and what can be done with them.
enum AgentsPage {
  private static let orders = ["name", "survival", "added"]

  static let operation = Operation.page(
    "/agents", "Models by version",
    parameters: [Parameter("by", in: .query, .choice(orders), "the order of the versions", example: "survival")]
  ) { call in
    let context = call.context
    let order = call.text("by") ?? "name"
    let (lines, studies, records) = try await context.apart {
      (
        try AgentLine.all(context.models),
        try context.library.entries().filter { $0.kind == .study }.map { "\($0.name)" },
        try RunTable.records(context.tracking, most: 8)
      )
    }
    var content: [Markup] = [Markup("h2", text: "Model selection")]
    if lines.isEmpty {
      content += [
        Markup(
          "p",
          [:],
          Markup.prose(
            "No agent has a version yet. The best agent of a training becomes one, called as its document is; "
              + "`stresslab agents add FOLDER --as NAME` takes one that lies in a folder.")),
        Markup("p", [:], [Markup("a", ["class": "button primary", "href": "/trainings"], text: "Train an agent")]),
      ]
    } else {
      content += [sorting(order), AgentLine.table(sorted(lines, by: order)).markup]
      content += actions(lines.map(\.version.title), studies)
    }
    content += [Markup("h2", text: "Trainings and searches"), RunTable.markup(records)]
    content.append(
      Markup("p", [:], [Markup("a", ["class": "button", "href": "/trainings"], text: "All trainings; start one")]))
    return WebPage(title: "Agents", place: .agents, scripts: ["forms.js"], content: content).reply
  }

  private static func sorting(_ order: String) -> Markup {
    let words = ["by model", "by least survival", "newest first"]
    return Markup(
      "p", ["class": "sub"],
      [.text("In order: ")]
        + zip(orders, words).flatMap { name, words -> [Markup] in
          let link = Markup("a", ["href": "/agents?by=\(name)"], text: words)
          return [name == order ? link.with("aria-current", "true") : link, .text(" ")]
        })
  }

  private static func sorted(_ lines: [AgentLine], by order: String) -> [AgentLine] {
    switch order {
    case "survival": lines.sorted { ($0.least?.survival ?? -1) > ($1.least?.survival ?? -1) }
    case "added": lines.sorted { $0.version.time > $1.version.time }
    default: lines
    }
  }

  /// The forms to compare and to promote.
  private static func actions(_ titles: [String], _ studies: [String]) -> [Markup] {
    guard !studies.isEmpty else {
      return [.note("Comparing and promoting need a study whose panel names agents:NAME@champion; there is none.")]
    }
    let note = "of each scenario and severity; the study’s unless given"
    let gate = studies.first { $0.hasSuffix("/gate.json") }
    let paths: KeyValuePairs = ["type": "number", "min": "1", "max": "10000000"]
    let comparison = WorkForm(
      api: "/api/v1/agent-comparisons", button: "Compare",
      fields: [
        WorkForm.choice("compare", "first", "Judged by", options: titles),
        WorkForm.choice("compare", "second", "Judged", options: titles, chosen: titles.last),
        WorkForm.choice(
          "compare", "study", "Through the study", "its panel names agents:NAME@champion", options: studies,
          chosen: gate),
        WorkForm.input("compare", "paths", "Paths", note, more: paths),
      ], id: "compare")
    let promotion = WorkForm(
      api: "/api/v1/promotions", button: "Promote",
      fields: [
        WorkForm.choice("promote", "agent", "Version", options: titles, chosen: titles.last),
        WorkForm.input(
          "promote", "alias", "To be", "champion is what desks trust", value: "champion", isNeeded: true),
        WorkForm.choice(
          "promote", "study", "Through the study", "those of earlier checks unless given", options: [""] + studies,
          chosen: gate),
        WorkForm.input("promote", "paths", "Paths", note, more: paths),
      ], id: "promote", confirm: "The version becomes what it is promoted to, if it is not worse in the study.")
    return [
      Markup("h2", text: "Compare two versions"),
      .note("Both of one model, on the same paths; nothing is changed. `stresslab agents compare` does the same."),
      comparison.markup, Markup("h2", text: "Promote a version"),
      .note("Only what is not worse than the champion passes the gate; the decision stays on record."),
      promotion.markup,
    ]
  }
}

/// A version with its least survival on record.
struct AgentLine: Sendable {
  let version: ModelVersion
  /// The stress result with the least survival; nil where none is on record.
  let least: ModelResult?
  /// How many results there are.
  let results: Int

  /// All versions of a server's models.
  static func all(_ models: ModelStore?, of name: String? = nil) throws -> [AgentLine] {
    guard let models else { return [] }
    return try models.versions(of: name).map { version in
      let results = try models.results(of: version)
      let least = results.filter { $0.survival != nil }.min { ($0.survival ?? 1) < ($1.survival ?? 1) }
      return AgentLine(version: version, least: least, results: results.count)
    }
  }

  static func table(_ lines: [AgentLine]) -> CardRows {
    CardRows(
      caption: "Versions; survival is the least of all desks on record, with its interval",
      head: ["Version", "Alias", "Validation", "Least survival", "Results", "Added"],
      rows: lines.map { line in
        let version = line.version
        let address = "/agents/\(WebPage.segment(version.name))?version=\(version.version)"
        return [
          [.link(version.title, to: address)],
          version.aliases.flatMap { [.badge($0, $0 == "champion" ? "good" : ""), .text(" ")] },
          [.text(PrintableText.escaped(version.validation ?? "not on record"))],
          line.least.map { least in
            [.text(survival(least)), Markup("small", ["class": "said"], text: PrintableText.escaped(least.study))]
          } ?? [.text("not on record")],
          [.text("\(line.results)")], [.text(RecordTime.text(version.time))],
        ]
      })
  }

  /// "97.2 % (96.1 to 98.0 %)".
  static func survival(_ result: ModelResult) -> String {
    guard let survival = result.survival else { return "not known" }
    let value = Unit.percent.text(survival, resolution: 0.001)
    guard let low = result.low, let high = result.high else { return value }
    return "\(value) (\(Unit.percent.text(low, resolution: 0.001)) to \(Unit.percent.text(high, resolution: 0.001)))"
  }
}
