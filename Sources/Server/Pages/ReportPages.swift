import Documents
import Drawing
import Foundation
import HTTPTypes

/// The reports: their index, each one in its frame, and its own files as they lie.
enum ReportPages {
  static let operations = [index, report, page, chart]

  private static let index = Operation.page("/reports", "All reports") { call in
    let entries = try await call.context.apart { try call.context.reports.entries() }
    return WebPage(
      title: "Reports", place: .reports, scripts: ["forms.js"],
      content: [
        Markup("p", [:], [Markup("a", ["class": "button", "href": "/comparisons"], text: "Compare reports")]),
        ReportTable.markup(entries),
      ]
    )
    .reply
  }

  private static let report = Operation.page("/reports/{name}", "A report", parameters: [ReportsAPI.name]) { call in
    let name = call.name("name")
    let entry = try await call.context.apart { try call.context.reports.entry(name) }
    let address = "/reports/\(WebPage.segment(name))/files/index.html"
    return WebPage(
      title: entry.facts?.title ?? entry.name, place: .reports, scripts: ["replay.js"],
      content: [
        Markup(
          "p", [:],
          [
            Markup("a", ["href": address], text: "The page alone"), .text(" · "),
            Markup("a", ["href": "/api/v1/reports/\(WebPage.segment(name))/summary"], text: "All figures as JSON"),
          ]),
        Markup("div", ["id": "replay", "data-report": "\(name)"]),
        Markup("iframe", ["class": "report", "src": address, "title": "The report's page"]),
      ]
    ).reply
  }

  private static let file = Parameter("file", in: .path, .name, "a file", example: "index.html")

  private static let page = Operation.page(
    "/reports/{name}/files/{file}", "A page of a report as it lies", parameters: [ReportsAPI.name, file]
  ) { call in
    let (name, file) = (call.name("name"), call.name("file"))
    guard file.last.hasSuffix(".html") else { throw Failure.notFound("\(name) has no page \(file)") }
    let bytes = try await call.context.apart { try call.context.reports.file("\(file)", of: name) }
    return Reply(
      .bytes(bytes, type: "text/html; charset=utf-8"), headers: [(.contentSecurityPolicy, ReportLibrary.policy)])
  }

  private static let chart = Operation.page(
    "/reports/{name}/files/charts/{file}", "A chart of a report as it lies", parameters: [ReportsAPI.name, file]
  ) { call in
    let (name, file) = (call.name("name"), call.name("file"))
    let bytes = try await call.context.apart { try call.context.reports.file("charts/\(file)", of: name) }
    return Reply(.bytes(bytes, type: "image/svg+xml"), headers: [(.contentSecurityPolicy, ReportLibrary.policy)])
  }
}
