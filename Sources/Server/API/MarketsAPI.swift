import Documents
import Foundation
import HTTPTypes

/// A scenario's market alone, before anybody trades in it.
enum MarketsAPI {
  static let operations = [preview]

  private static let preview = Operation(
    .post, "/api/v1/previews", id: "preview", .markets,
    "Draws a scenario's market: charts of what happens, and the stylised facts of its returns.",
    body: PreviewBody.form,
    example: ["text": .string(DocumentsAPI.scenarioTemplate), "name": "scenarios/mine.json", "paths": 200],
    answer: .json(
      Schemas.reference("Preview"), "The charts as SVG, and the facts.",
      example: ["seconds": 0.6, "charts": [["title": "Prices fall by 8%", "svg": "<svg/>"]], "facts": []])
  ) { call, body in
    let context = call.context
    let start = ContinuousClock.now
    let name = body.document.name ?? NamedText.usualName
    let bytes = Array(body.document.text.utf8)
    let check = try await context.apart { DocumentCheck(bytes, name: name, context.workspace) }
    guard check.errors.isEmpty else { throw Failure.invalid(check.errors) }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-charts-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var arguments = ["preview", "-", "--name", name, "--json", "--charts", folder.path]
    if let paths = body.paths { arguments += ["--paths", "\(paths)"] }
    if let severity = body.severity { arguments += ["--severity", JSONWriter.number(severity)] }
    let facts = try await context.helpers.run(arguments, input: bytes).json()
    let charts = try await context.apart { try ChartFolder(folder.path).charts() }
    return .json([
      "seconds": .number((start.duration(to: .now) / .milliseconds(1)).rounded() / 1000),
      "charts": .array(charts.map { ["title": .string($0.title), "svg": .string($0.svg)] }), "facts": facts,
    ])
  }
}

/// A body with a scenario and how it is looked at.
struct PreviewBody: Sendable {
  let document: NamedText
  let severity: Double?
  let paths: Int?

  static let form = Form(
    Field("text", .string, "a scenario"),
    Field("name", .optional(.documentName), "its file, from which paths in it count"),
    Field("severity", .optional(.number(in: .between(0, 10))), "of its events; 1 unless given"),
    Field("paths", .optional(.integer(in: 8...20_000)), "how many are drawn"),
    make: { text, name, severity, paths throws(FormViolation) in
      PreviewBody(document: NamedText(text: text, name: name.map { "\($0)" }), severity: severity, paths: paths)
    })
}

/// The charts that a preview has written.
struct ChartFolder {
  private let path: String

  init(_ path: String) { self.path = path }

  /// In their order.
  func charts() throws -> [(title: String, svg: String)] {
    guard let bytes = try FileContents.readOwn("\(path)/index.json"),
      let index = try? DocumentParser.parse(bytes, file: "index.json").root
    else { return [] }
    return try (index.elements ?? []).compactMap { node in
      guard let file = node["file"]?.string, let title = node["title"]?.string,
        let svg = try FileContents.readOwn("\(path)/\(file)")
      else { return nil }
      // The page that shows it has the style sheet, and takes no other.
      return (title, String(decoding: svg, as: UTF8.self).replacing(#/<style>[^<]*<\/style>| style="[^"]*"/#, with: ""))
    }
  }
}
