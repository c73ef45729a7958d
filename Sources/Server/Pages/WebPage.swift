import Documents
import Drawing
import Foundation
import HTTPTypes
import Hummingbird

/// A page of the web interface: the same frame around each, with the places that there are, and no script or style but files of
/// ours.
struct WebPage: Sendable {
  /// The places of the interface, in the order of the bar.
  enum Place: String, Sendable, CaseIterable {
    case overview, scenarios, studies, agents, data, reports, monitors

    /// What it is called.
    var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    /// Where it is.
    var address: String { self == .overview ? "/" : "/\(rawValue)" }
  }

  /// The heading.
  let title: String
  /// Which place it belongs to; nil for none.
  let place: Place?
  /// A line over the heading.
  var eyebrow: String = ""
  /// Scripts that it needs, by the names of their files.
  var scripts: [String] = []
  /// What it says.
  let content: [Markup]

  /// The document.
  var text: String {
    let head = Markup(
      "head", [:],
      [
        Markup("meta", ["charset": "utf-8"]),
        Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        Markup("meta", ["name": "color-scheme", "content": "light dark"]),
        Markup("title", text: "\(title) – StressLab"),
        Markup("link", ["rel": "icon", "href": "/assets/icon.svg", "type": "image/svg+xml"]),
        Markup("link", ["rel": "stylesheet", "href": "/assets/report.css"]),
        Markup("link", ["rel": "stylesheet", "href": "/assets/style.css"]),
        Markup("script", ["src": "/assets/page.js"]),
      ]
        + scripts.map { Markup("script", ["type": "module", "src": "/assets/\($0)"]) })
    let body = Markup(
      "body", ["class": "app"],
      [
        Markup("a", ["class": "skip", "href": "#main"], text: "Skip to the contents"),
        Markup("svg", ["class": "hidden", "aria-hidden": "true"], [Self.hatch]),
        Markup(
          "header", ["class": "bar"],
          [
            Markup("a", ["class": "brand", "href": "/"], text: "StressLab"),
            Markup("nav", ["aria-label": "Places", "class": "places"], [Markup("ul", [:], Place.allCases.map(link))]),
            Markup("button", ["id": "theme", "type": "button", "hidden": "hidden"], text: "Light or dark"),
          ]),
        Markup(
          "main", ["id": "main", "tabindex": "-1"],
          (eyebrow.isEmpty ? [] : [Markup("p", ["class": "eyebrow"], text: eyebrow)]) + [Markup("h1", text: title)]
            + content),
        Markup("div", ["id": "status", "class": "status", "role": "status", "aria-live": "polite"]),
      ])
    var document = "<!DOCTYPE html>\n"
    Markup("html", ["lang": "en"], [head, body]).write(to: &document)
    return document + "\n"
  }

  /// The hatching of what is not known, as charts name it; its colour is in the style sheet.
  private static let hatch = Markup(
    "defs", [:],
    [
      Markup(
        "pattern",
        [
          "id": "hatch", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse",
          "patternTransform": "rotate(45)",
        ], [Markup("path", ["class": "hatching", "d": "M0 0V6"])])
    ])

  private func link(_ place: Place) -> Markup {
    var link = Markup("a", ["href": place.address], text: place.title)
    if place == self.place { link = link.with("aria-current", "page") }
    return Markup("li", [:], [link])
  }

  /// As an answer.
  var reply: Reply { .page(text) }
}

extension WebPage {
  /// Another address that a browser is sent to.
  struct Redirect: Error {
    let address: String
    init(to address: String) { self.address = address }
  }

  /// Whether a browser asks for a page, and not a program for JSON.
  static func isAsked(for request: Request) -> Bool {
    !request.uri.path.hasPrefix("/api/") && (request.headers[.accept]?.contains("text/html") ?? false)
  }

  /// The page of a failure.
  static func failure(_ failure: Failure) -> String {
    WebPage(
      title: failure.status.reasonPhrase, place: nil, eyebrow: "\(failure.status.code)",
      content: [
        Markup("p", text: PrintableText.escaped(failure.message)),
        Markup(
          "ul", [:],
          failure.problems.prefix(50).map { problem in
            Markup(
              "li", text: problem.line > 0 ? "\(problem.line):\(problem.column): \(problem.message)" : problem.message)
          }),
        Markup("p", [:], [Markup("a", ["href": "/"], text: "Overview")]),
      ]
    ).text
  }

  /// A name as one segment of an address.
  static func segment(_ name: some CustomStringConvertible) -> String {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-_.~")
    return "\(name)".addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  }
}
