import Documents
import Drawing
import Statistics
import Tracking

/// A training or search as it is on record.
enum RecordPage {
  static let operation = Operation.page(
    "/trainings/records/{id}", "A training on record",
    parameters: [Parameter("id", in: .path, .text(1...300), "of the training", example: "0f3a9c52b1d84e7a")]
  ) { call in
    let word = call.text("id") ?? ""
    let folder = try RecordsAPI.folder(call.context)
    let (run, content) = try await call.context.apart { try read(word, folder) }
    return WebPage(
      title: PrintableText.escaped(run.name), place: .agents, eyebrow: "\(run.kind.rawValue) \(run.id)",
      content: content
    ).reply
  }

  private static func read(_ word: String, _ folder: TrackingFolder) throws -> (RunRecord, [Markup]) {
    try RecordsAPI.reading(folder) { store in
      let run = try RecordsAPI.run(word, store)
      let parts = try store.parts(of: run.id).map { ($0, try store.details(of: $0.id)) }
      return (run, try told(run, store.details(of: run.id), parts, folder))
    }
  }

  private static func told(
    _ run: RunRecord, _ details: RunDetails, _ parts: [(RunRecord, RunDetails)], _ folder: TrackingFolder
  ) throws -> [Markup] {
    var content = [
      Markup.facts([
        ("State", run.status == .running ? "goes on, or was killed" : run.status.rawValue.lowercased()),
        ("Began", RecordTime.text(run.start)), ("Ended", run.end.map(RecordTime.text) ?? "–"),
        ("Best", RunTable.figure(run, details)), ("Document", details.parameters["document"] ?? "–"),
        ("Lies in", details.tags["folder"] ?? "–"),
      ])
    ]
    let charts = try LearningCharts.markup(of: run.id, details, folder)
    if !charts.isEmpty { content += [Markup("h2", text: "How it learned")] + charts }
    let trials = parts.filter { $0.0.kind == .trial }
    if !trials.isEmpty { content += [Markup("h2", text: "Trials"), table(trials, of: details)] }
    content += [
      Markup("h2", text: "What it was asked"),
      .folded(
        "\(details.parameters.count) values", [.facts(details.parameters.sorted { $0.key < $1.key }.map { ($0, $1) })]),
      Markup("h2", text: "What it rests on and what it made"),
      CardRows(
        "Files by their content", head: ["File", "For", "SHA-256"],
        texts: details.datasets.map { [$0.source, $0.context, String($0.digest.prefix(16))] }
          + details.artefacts.map { [$0.file, "made", String($0.sha256.prefix(16))] }
      ).markup,
      Markup("p", [:], [.link("All of it as JSON", to: "/api/v1/records/\(run.id)")]),
    ]
    return content
  }

  private static func table(_ trials: [(RunRecord, RunDetails)], of search: RunDetails) -> Markup {
    let measure = search.parameters["measure"] ?? "validation"
    return CardRows(
      "The search's trials", head: ["Trial", measure, "Rung", "State", "Values"],
      texts: trials.map { trial, details in
        [
          trial.name, details.latest[measure].map { Unit.number.text($0.value) } ?? "–",
          details.latest["rung"].map { Unit.decimal($0.value, decimals: 0) } ?? "–", details.tags["status"] ?? "–",
          details.parameters.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined(separator: ", "),
        ]
      }
    ).markup
  }
}
