/// What stands around the sections: the document, its policy, its header and its contents list.
package struct PageFrame: Sendable {
  private let title: String
  private let kind: String
  private let eyebrow: String
  private let headings: [PageOutline.Heading]
  private let back: (text: String, address: String)?

  /// The frame of a page.
  ///
  /// - Parameters:
  ///   - title: the page's heading.
  ///   - kind: what sort of page it is, for the title of the browser's tab.
  ///   - eyebrow: a line over the heading.
  ///   - headings: of the contents list, known once all sections are made.
  ///   - back: the page that this one belongs to; nil for one that stands alone.
  package init(
    title: String, kind: String, eyebrow: String, headings: [PageOutline.Heading],
    back: (text: String, address: String)? = nil
  ) {
    self.back = back
    self.title = title
    self.kind = kind
    self.eyebrow = eyebrow
    self.headings = headings
  }

  /// The whole document, which is valid HTML and well-formed XML alike.
  ///
  /// - Parameters:
  ///   - sections: those without anything in them are left out.
  ///   - parts: what the sections hold as `Markup.part`, by number.
  package func markup(_ sections: [Markup], parts: [String]) -> String {
    let main = Markup(
      "main", ["id": "main", "tabindex": "-1"], sections.filter { $0 != Markup("section") })
    let head = Markup(
      "head", [:],
      [
        Markup("meta", ["charset": "utf-8"]),
        Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        Markup(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(PageScript.sha256)'; "
              + "img-src data:; base-uri 'none'; form-action 'none'",
          ]),
        Markup("meta", ["name": "color-scheme", "content": "light dark"]),
        Markup("title", text: "\(title) – \(kind)"),
        Markup("style", [:], [.verbatim(PageStyle.rules)]),
      ])
    let body = Markup(
      "body", [:],
      [
        Markup("a", ["class": "skip", "href": "#main"], text: "Skip the contents"),
        Markup("svg", ["class": "hidden", "aria-hidden": "true"], [ChartStyle.hatch]),
        Markup("div", ["class": "page"], [header, contents, main]),
        Markup("script", [:], [.verbatim(PageScript.text)]),
      ])
    var document = "<!DOCTYPE html>\n"
    Markup("html", ["lang": "en"], [head, body]).write(to: &document, parts: parts)
    return document + "\n"
  }

  private var header: Markup {
    Markup(
      "header", [:],
      [
        Markup("button", ["id": "theme", "type": "button", "hidden": "hidden"], text: "Light or dark"),
        Markup("p", ["class": "eyebrow"], text: eyebrow),
        Markup("h1", text: title),
      ] + (back.map { [Markup("p", [:], [Markup("a", ["href": $0.address], text: $0.text)])] } ?? []))
  }

  /// The headings as a list: level 2, with level 3 under each. Narrow pages have it as a menu, wide ones always open.
  private var contents: Markup {
    var items: [(heading: PageOutline.Heading, children: [PageOutline.Heading])] = []
    for heading in headings {
      if heading.level > 2, !items.isEmpty {
        items[items.count - 1].children.append(heading)
      } else {
        items.append((heading, []))
      }
    }
    let link = { (heading: PageOutline.Heading) in
      Markup("a", ["href": "#\(heading.anchor)"], text: heading.text)
    }
    return Markup(
      "nav", ["aria-label": "Contents"],
      [
        Markup(
          "details", [:],
          [
            Markup("summary", text: "Contents"),
            Markup(
              "ul", [:],
              items.map { item in
                let nested = item.children.map { Markup("li", [:], [link($0)]) }
                return Markup("li", [:], [link(item.heading)] + (nested.isEmpty ? [] : [Markup("ul", [:], nested)]))
              }),
          ])
      ])
  }
}
