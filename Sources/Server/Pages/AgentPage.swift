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
    return WebPage(title: name, place: .agents, eyebrow: "Model", scripts: ["forms.js"], content: content).reply
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

  /// Stress results, each with its report, where the behaviour maps are.
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
    ]
  }

  /// The report of a run, and its pages of trained agents.
  private static func links(_ folder: String?, _ workspace: Workspace) -> [Markup] {
    let beginning = "\(Workspace.reports)/"
    guard let folder, let place = folder.range(of: beginning, options: .backwards) else {
      return [.text("not in here")]
    }
    let name = String(folder[place.upperBound...])
    guard WorkspaceName(name) != nil else { return [.text("not in here")] }
    let report = "/reports/\(WebPage.segment(name))"
    let pages = workspace.files(in: beginning + name, endingIn: ".html").map(\.last).filter { $0.hasPrefix("agent-") }
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
