import Documents
import Drawing
import Foundation
import Tracking

/// A model: its versions, and of one of them how it learned, what became of it and why it is what it is.
enum AgentPage {
  static let operation = Operation.page(
    "/agents/{name}", "A model",
    parameters: [
      Parameter("name", in: .path, .text(1...200), "the model's name", example: "calm"),
      Parameter(
        "version", in: .query, .integer(1...1_000_000), "which one is shown; the champion, or the candidate",
        example: 2),
    ]
  ) { call in
    let (name, number) = (call.text("name") ?? "", call.integer("version"))
    let context = call.context
    let models = try AgentsAPI.models(context)
    let content = try await context.apart {
      let version = try AgentsAPI.version(number.map { "\(name):\($0)" } ?? name, models)
      let lines = try AgentLine.all(models, of: version.name)
      return [AgentLine.table(lines).markup] + (try shown(version, models, context))
    }
    return WebPage(title: name, place: .agents, eyebrow: "Model", scripts: ["forms.js", "charts.js"], content: content)
      .reply
  }

  private static func shown(
    _ version: ModelVersion, _ models: ModelStore, _ context: ServerContext
  ) throws -> [Markup] {
    let details = try models.details(of: version)
    var content = [
      Markup("h2", [:], [.text(version.title)] + version.aliases.flatMap { [.text(" "), .badge($0)] }),
      Markup.facts([
        ("Added", RecordTime.text(version.time)), ("Validation", version.validation ?? "not on record"),
        ("Lies in", "tracking/models/\(version.name)/\(version.version)"), ("SHA-256", version.sha256),
        ("Its documents", version.documents ?? "not on record"),
      ]),
    ]
    if let run = version.run {
      content.append(
        Markup("p", [:], [.text("Made by "), .link("the training \(run.prefix(8))", to: "/trainings/records/\(run)")]))
    }
    content.append(Markup("h2", text: "How it learned"))
    let charts = try version.run.map { try LearningCharts.markup(of: $0, details, context.tracking) } ?? []
    content +=
      charts.isEmpty
      ? [.note("No learning curve is on record: it was added from a folder, or trained without a record.")] : charts
    content += try results(version, models, context)
    content += try judged(version, models)
    if !details.datasets.isEmpty {
      content += [
        Markup("h2", text: "What it was trained on"),
        CardRows(
          "Files by their content", head: ["File", "For", "SHA-256"],
          texts: details.datasets.map { [$0.source, $0.context, String($0.digest.prefix(16))] }
        ).markup,
      ]
    }
    return content
  }

  /// Stress results, each with its report, and the behaviour maps of the newest one that has them.
  private static func results(
    _ version: ModelVersion, _ models: ModelStore, _ context: ServerContext
  ) throws -> [Markup] {
    let results = try models.results(of: version)
    let heading = Markup("h2", text: "Stress results and behaviour")
    guard !results.isEmpty else {
      return [
        heading,
        .note(
          "No run on record has met it. Put agents:\(version.name):\(version.version) in a study's panel and run it; the report "
            + "has its behaviour maps."),
        Markup("p", [:], [Markup("a", ["class": "button", "href": "/studies"], text: "Start a study")]),
      ]
    }
    var folders: [String: String] = [:]
    if let folder = context.tracking, let store = try TrackingStore.read(folder) {
      for run in Set(results.map(\.run)) { folders[run] = try store.details(of: run).tags["folder"] }
      try store.close()
    }
    let rows = results.map { result -> [[Markup]] in
      [
        [.text(PrintableText.escaped(result.study))], [.text(PrintableText.escaped(result.desk))],
        [.text(AgentLine.survival(result))], links(folders[result.run], context.workspace),
      ]
    }
    return [
      heading,
      CardRows(
        caption: "Desks of runs that it was in, the newest first", head: ["Study", "Desk", "Survival", "Report"],
        rows: rows
      ).markup,
    ] + maps(results, folders, context.workspace)
  }

  /// What the agent does in which state, as the newest report that has it draws it.
  private static func maps(
    _ results: [ModelResult], _ folders: [String: String], _ workspace: Workspace
  ) -> [Markup] {
    for result in results {
      guard let report = report(folders[result.run]) else { continue }
      // A desk is AGENT/PROFILE in SCENARIO at severity θ; a chart is named by agent and scenario.
      guard let scenario = result.desk.firstMatch(of: #/ in (.*) at severity [^ ]+$/#)?.1 else { continue }
      var anchors = Anchors()
      let beginning = anchors.make("agent", String(result.desk.prefix { $0 != "/" }), String(scenario), "map") + "-"
      let charts = workspace.files(in: "\(Workspace.reports)/\(report)/charts", endingIn: ".svg").map(\.last)
        .filter { $0.hasPrefix(beginning) }
      guard !charts.isEmpty else { continue }
      let figures = charts.sorted().prefix(mostMaps).map { chart in
        let address = "/api/v1/reports/\(WebPage.segment(report))/charts/\(WebPage.segment(chart))"
        return Markup(
          "figure", ["data-chart": address], [Markup("figcaption", [:], [.link("Behaviour map \(chart)", to: address)])]
        )
      }
      return [
        Markup("h3", text: "What it does in which state, by the report \(PrintableText.escaped(report))"),
        Markup("div", ["class": "grid charts"], figures),
      ]
    }
    return []
  }

  /// Of a report with many scenarios and assets the first are shown; its own page has them all.
  private static let mostMaps = 6

  /// The name of a report by the folder of its run; nil where it does not lie in the workspace.
  private static func report(_ folder: String?) -> String? {
    let beginning = "\(Workspace.reports)/"
    guard let folder, let place = folder.range(of: beginning, options: .backwards) else { return nil }
    let name = String(folder[place.upperBound...])
    return WorkspaceName(name) == nil ? nil : name
  }

  /// The report of a run, and its pages of trained agents.
  private static func links(_ folder: String?, _ workspace: Workspace) -> [Markup] {
    guard let name = report(folder) else { return [.text("not in here")] }
    let report = "/reports/\(WebPage.segment(name))"
    let pages = workspace.files(in: "\(Workspace.reports)/\(name)", endingIn: ".html").map(\.last).filter {
      $0.hasPrefix("agent-")
    }
    return [.link(name, to: report)]
      + pages.flatMap { [.text(" · "), .link("maps of \($0.dropFirst(6).dropLast(5))", to: "\(report)/files/\($0)")] }
  }

  private static func judged(_ version: ModelVersion, _ models: ModelStore) throws -> [Markup] {
    let checks = try models.checks(of: version)
    let decisions = try models.decisions(on: version)
    var content = [Markup("h2", text: "Checks and decisions")]
    if checks.isEmpty, decisions.isEmpty {
      content.append(.note("It was not judged yet; the forms to compare and to promote are on the page of all agents."))
    }
    if !checks.isEmpty {
      content.append(
        CardRows(
          "Checks against a champion", head: ["When", "Study", "Against", "Found", "Verdict"],
          texts: checks.map {
            [RecordTime.text($0.time), $0.study, ":\($0.champion)", $0.isWorse ? "worse" : "not worse", $0.verdict]
          }
        ).markup)
    }
    if !decisions.isEmpty {
      content.append(
        CardRows(
          "Decisions", head: ["When", "As", "How", "Why"],
          texts: decisions.map {
            [RecordTime.text($0.time), $0.alias, $0.isForced ? "by force" : "through the gate", $0.reason]
          }
        ).markup)
    }
    content.append(
      Markup("p", [:], [Markup("a", ["class": "button", "href": "/agents#compare"], text: "Compare or promote")]))
    return content
  }
}
