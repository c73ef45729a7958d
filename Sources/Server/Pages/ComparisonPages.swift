import Documents
import Drawing
import Foundation
import HTTPTypes

/// Reports side by side: which ones is chosen in a form, the comparison is the command's own page.
enum ComparisonPages {
  static let operations = [choice, page]

  private static let words = ["baseline", "candidate", "second", "third"]
  private static let labels = ["Judged by", "Judged", "and", "and"]

  private static let parameters = words.map {
    Parameter($0, in: .query, .text(0...400), "a report", example: "flash-crash")
  }

  private static let choice = Operation.page("/comparisons", "Reports side by side", parameters: parameters) { call in
    let entries = try await call.context.apart { try call.context.reports.entries() }.filter { $0.facts != nil }
    let chosen = names(call)
    var content = [form(entries.map(\.name), chosen: words.map { call.text($0) ?? "" })]
    if entries.count < 2 {
      content = [
        Markup(
          "p", text: "Two finished reports can be compared. Start a study, and once more with another agent or figure."),
        Markup("p", [:], [Markup("a", ["class": "button", "href": "/studies"], text: "Start a study")]),
      ]
    } else if chosen.count > 1 {
      let query = zip(words, chosen).map { "\($0)=\(WebPage.segment($1))" }.joined(separator: "&")
      content.append(
        Markup(
          "iframe",
          [
            "class": "report", "src": "/comparisons/page?\(query)",
            "title": "The comparison of \(chosen.joined(separator: " and "))",
          ]
        ))
    }
    return WebPage(title: "Reports side by side", place: .reports, content: content).reply
  }

  private static func form(_ names: [String], chosen: [String]) -> Markup {
    let fields = zip(zip(words, labels), chosen).map { name, chosen -> Markup in
      let isNeeded = name.0 == words[0] || name.0 == words[1]
      let options = (isNeeded ? [] : [""]) + names
      return Markup(
        "p", ["class": "field"],
        [
          Markup("label", ["for": name.0], text: name.1),
          Markup(
            "select", ["id": name.0, "name": name.0],
            options.map { option in
              let item = Markup("option", ["value": option], text: option.isEmpty ? "–" : option)
              return option == chosen ? item.with("selected", "selected") : item
            }),
        ])
    }
    return Markup(
      "form", ["action": "/comparisons", "method": "get", "class": "row"],
      fields + [Markup("button", ["type": "submit", "class": "primary"], text: "Compare")])
  }

  /// The reports that are asked for, none twice.
  private static func names(_ call: Call) -> [String] {
    words.compactMap { call.text($0) }.filter { !$0.isEmpty }.reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  private static let page = Operation.page(
    "/comparisons/page", "The comparison as a page of its own", parameters: parameters
  ) { call in
    let names = names(call)
    guard names.count > 1 else { throw Failure(.badRequest, "badRequest", "two reports are compared, or more") }
    _ = try await call.context.apart {
      try names.map { name in
        guard let word = WorkspaceName(name) else { throw Failure.notFound("there is no report \(quoted(name))") }
        return try call.context.reports.entry(word).name
      }
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "stresslab-comparison-\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: file) }
    let arguments = ["compare"] + names.map { "\(Workspace.reports)/\($0)" } + ["--page", file.path, "--quiet"]
    try await call.context.helpers.run(arguments).check()
    let bytes = try await call.context.apart { try FileContents.readOwn(file.path) ?? [] }
    return Reply(
      .bytes(bytes, type: "text/html; charset=utf-8"), headers: [(.contentSecurityPolicy, ReportLibrary.policy)])
  }
}
