import Documents
import Foundation
import HTTPTypes
import Lab

/// What runs left behind: reports, their figures, charts and paths, and comparisons of two.
enum ReportsAPI {
  static let operations = [list, read, summary, charts, chart, path, comparison]

  /// The name of a report in a path.
  static let name = Parameter(
    "name", in: .path, .name, "the report's folder beneath reports", example: "flash-crash")

  private static let list = Operation(
    .get, "/api/v1/reports", id: "listReports", .reports, "Lists the reports of the workspace.",
    parameters: [.limit, .after],
    answer: .json(Schemas.list(of: "ReportEntry"), "A part of the list.", example: ["items": [], "next": nil])
  ) { call in
    let entries = try await call.context.apart { try call.context.reports.entries() }
    return .json(try call.page(entries, by: \.name, \.json))
  }

  private static let read = Operation(
    .get, "/api/v1/reports/{name}", id: "readReport", .reports, "Reads what a list tells of a report.",
    parameters: [name],
    answer: .json(
      Schemas.reference("ReportEntry"), "The report.", example: ReportLibrary.Entry.example), failures: [.notFound]
  ) { call in
    let name = call.name("name")
    return .json(try await call.context.apart { try call.context.reports.entry(name).json })
  }

  private static let summary = Operation(
    .get, "/api/v1/reports/{name}/summary", id: "readSummary", .reports,
    "Reads every number of a report with its interval and n (`summary.json`).", parameters: [name],
    answer: .json(["type": "object"], "The summary.", example: ["title": "Flash crash"]),
    failures: [.notFound]
  ) { call in
    let name = call.name("name")
    let bytes = try await call.context.apart { try call.context.reports.file("summary.json", of: name) }
    return Reply(.bytes(bytes, type: "application/json"))
  }

  private static let charts = Operation(
    .get, "/api/v1/reports/{name}/charts", id: "listCharts", .reports, "Lists the charts of a report.",
    parameters: [name],
    answer: .json(
      Schemas.object([("items", Schemas.texts)]), "Their names.", example: ["items": ["survival.svg"]]),
    failures: [.notFound]
  ) { call in
    let name = call.name("name")
    let names = try await call.context.apart { try call.context.reports.charts(of: name) }
    return .json(["items": .array(names.map { .string($0) })])
  }

  private static let chart = Operation(
    .get, "/api/v1/reports/{name}/charts/{chart}", id: "readChart", .reports, "Reads a chart of a report.",
    parameters: [
      name, Parameter("chart", in: .path, .name, "the chart's file", example: "survival.svg"),
    ],
    answer: .text("image/svg+xml", "The chart.", example: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    failures: [.notFound]
  ) { call in
    let (name, chart) = (call.name("name"), call.name("chart"))
    let bytes = try await call.context.apart { try call.context.reports.file("charts/\(chart)", of: name) }
    return Reply(
      .bytes(bytes, type: "image/svg+xml"), headers: [(.contentSecurityPolicy, ReportLibrary.policy)])
  }

  private static let path = Operation(
    .get, "/api/v1/reports/{name}/paths/{number}", id: "replayPath", .reports,
    "Lives through one path of a desk again, and tells it step by step.",
    parameters: [
      name, Parameter("number", in: .path, .integer(0...Int.max), "of the path", example: 0),
      Parameter("agent", in: .query, .text(1...200), "of the desk; needed where there are several", example: "hold"),
      Parameter("risk", in: .query, .text(1...200), "the desk's risk profile", example: "none"),
      Parameter("scenario", in: .query, .text(1...400), "where the report has several", example: "flash-crash"),
      Parameter("severity", in: .query, .number(0...100), "where the report has several", example: 1),
    ],
    answer: .json(["type": "object"], "The path.", example: ["path": 0, "steps": []]),
    failures: [.notFound, .unprocessableContent]
  ) { call in
    let name = call.name("name")
    _ = try await call.context.apart { try call.context.reports.entry(name) }
    var arguments = ["inspect", "\(Workspace.reports)/\(name)", "--path", "\(call.integer("number") ?? 0)", "--json"]
    for word in ["agent", "risk", "scenario"] {
      if let value = call.text(word) { arguments.append("--\(word)=\(value)") }
    }
    if let severity = call.number("severity") { arguments += ["--severity", JSONWriter.number(severity)] }
    return .json(try await call.context.helpers.run(arguments).json())
  }

  private static let comparison = Operation(
    .get, "/api/v1/comparisons", id: "compareReports", .reports, "Compares two reports desk by desk, path by path.",
    parameters: [
      Parameter(
        "baseline", in: .query, .name, isRequired: true, "the report that is judged by", example: "flash-crash"),
      Parameter(
        "candidate", in: .query, .name, isRequired: true, "the report that is judged", example: "flash-crash-2"),
    ],
    answer: .json(["type": "object"], "The comparison.", example: ["desks": []]),
    failures: [.notFound, .unprocessableContent]
  ) { call in
    let names = [call.name("baseline"), call.name("candidate")]
    _ = try await call.context.apart { try names.map { try call.context.reports.entry($0).name } }
    let arguments = ["compare"] + names.map { "\(Workspace.reports)/\($0)" } + ["--json"]
    return .json(try await call.context.helpers.run(arguments).json())
  }
}
