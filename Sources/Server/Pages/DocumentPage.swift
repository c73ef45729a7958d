import Documents
import Drawing
import HTTPTypes
import Training

/// A document in the editor, its market and its common numbers beside it; a new one begins with the template of its kind.
enum DocumentPage {
  static let operations = [known, fresh]

  /// Kinds that are written here, scenarios first.
  static let kinds: [DocumentKind] = [.scenario, .study, .training, .tuning]

  /// Where a document is edited.
  static func address(_ name: WorkspaceName) -> String { "/scenarios/\(WebPage.segment(name))" }

  private static let known = Operation.page(
    "/scenarios/{name}", "A document in the editor",
    parameters: [
      DocumentsAPI.name,
      Parameter("version", in: .query, .integer(1...1_000_000), "an earlier one in its place", example: 1),
    ]
  ) { call in
    let (name, number, library) = (call.name("name"), call.integer("version"), call.context.library)
    return try await call.context.apart {
      let (entry, bytes) = try DocumentsAPI.found(name, library)
      let version = try number.map { number in
        guard let bytes = try library.version(number, of: name) else {
          throw Failure.notFound("there is no version \(number) of \(name)")
        }
        return bytes
      }
      let versions = library.savedVersions(of: name)
      return page(entry, String(decoding: version ?? bytes, as: UTF8.self), version: number, versions).reply
    }
  }

  private static let fresh = Operation.page(
    "/new/{kind}", "A new document",
    parameters: [Parameter("kind", in: .path, .choice(kinds.map(\.rawValue)), "of the document", example: "scenario")]
  ) { call in
    let kind = call.text("kind").flatMap(DocumentKind.init) ?? .scenario
    return WebPage(
      title: "A new \(kind.title)", place: place(kind), scripts: scripts,
      content: [split(editor(newForm(kind)), beside: beside(kind, ["data-name-field": "name"]))]
    ).reply
  }

  private static let scripts = ["editor.js", "preview.js", "numbers.js", "members.js", "criteria.js", "forms.js"]

  private static func page(
    _ entry: DocumentLibrary.Entry, _ text: String, version: Int?, _ versions: [VersionArchive.Version]
  ) -> WebPage {
    var content: [Markup] = []
    if !entry.description.isEmpty { content.append(Markup("p", text: PrintableText.escaped(entry.description))) }
    if let version {
      let words = "This is version \(version) of the document. Saving it puts it in the place of the newest. "
      let back = Markup("a", ["href": address(entry.name)], text: "The newest")
      content.append(Markup("p", ["class": "doubted"], [.text(words), back]))
    }
    content.append(start(entry))
    content.append(
      split(
        editor(form(entry, text)) + earlier(entry, versions), beside: beside(entry.kind, ["data-name": "\(entry.name)"])
      ))
    return WebPage(
      title: PrintableText.escaped(entry.title), place: place(entry.kind),
      eyebrow: "\(entry.name)", scripts: scripts, content: content)
  }

  /// The place of the interface that a kind belongs to.
  private static func place(_ kind: DocumentKind?) -> WebPage.Place {
    switch kind {
    case .study: .studies
    case .training, .tuning: .agents
    default: .scenarios
    }
  }

  private static func split(_ editor: [Markup], beside: [Markup]) -> Markup {
    guard !beside.isEmpty else { return Markup("div", [:], editor) }
    return Markup("div", ["class": "split"], [Markup("div", [:], editor), Markup("div", ["class": "beside"], beside)])
  }

  /// How the document is put to work.
  private static func start(_ entry: DocumentLibrary.Entry) -> Markup {
    let order: (address: String, words: String)
    switch entry.kind {
    case .scenario, .study:
      let run = Markup("a", ["class": "button", "href": StudiesPage.address(of: entry)], text: "Run it")
      return Markup("div", ["class": "buttons"], [run])
    case .training: order = ("/api/v1/trainings", "Train")
    case .tuning: order = ("/api/v1/searches", "Search")
    case .agent, nil: return Markup("div")
    }
    return Markup(
      "form", ["data-api": order.address, "data-method": "POST", "data-next": "/jobs/{id}"],
      [
        Markup("input", ["type": "hidden", "name": "document", "value": "\(entry.name)"]),
        Markup("div", ["class": "buttons"], [Markup("button", ["type": "submit"], text: order.words)]),
      ])
  }

  private static func editor(_ form: Markup) -> [Markup] {
    [form, Markup("noscript", [:], [Markup("p", ["class": "note"], text: "Saving needs scripts, or the API.")])]
  }

  private static func form(_ entry: DocumentLibrary.Entry, _ text: String) -> Markup {
    let address = "/api/v1/documents/\(WebPage.segment(entry.name))"
    return Markup(
      "form",
      [
        "data-api": address, "data-method": "PUT", "data-etag": "\"\(entry.digest)\"", "data-done": "Saved",
      ],
      [
        area(entry.kind, text, ["data-name": "\(entry.name)"]),
        Markup(
          "div", ["class": "buttons"],
          [
            Markup("button", ["type": "submit", "class": "primary"], text: "Save"),
            Markup(
              "button", ["type": "submit", "class": "quiet", "data-api": "\(address)?draft=true"],
              text: "Save with its problems"),
          ]),
      ])
  }

  private static func newForm(_ kind: DocumentKind) -> Markup {
    let folder = kind == .scenario ? "" : kind == .study ? "studies/" : "\(kind.rawValue)/"
    return Markup(
      "form",
      [
        "data-api": "/api/v1/documents/{name}", "data-method": "PUT", "data-new": "", "data-next": "/scenarios/{name}",
      ],
      [
        Markup(
          "p", ["class": "field"],
          [
            Markup("label", ["for": "name"], text: "Its file"),
            Markup(
              "input",
              [
                "id": "name", "name": "name", "required": "required", "value": "scenarios/\(folder)mine.json",
                "autocomplete": "off", "spellcheck": "false", "aria-describedby": "name-help",
              ]),
            Markup(
              "span", ["class": "note", "id": "name-help"], text: "In scenarios, or a folder in it; it ends in .json."),
          ]),
        area(kind, kind.template, ["data-name-field": "name"]),
        Markup("div", ["class": "buttons"], [Markup("button", ["type": "submit", "class": "primary"], text: "Save")]),
      ])
  }

  private static func area(_ kind: DocumentKind?, _ text: String, _ name: KeyValuePairs<String, String>) -> Markup {
    var box = Markup("div", ["data-editor": "", "data-kind": kind?.rawValue ?? ""])
    for (key, value) in name { box = box.with(key, value) }
    // A line break at the very beginning of a text area is the parser's; ours stands before the text's own.
    let area = Markup(
      "textarea", ["id": "text", "name": "text", "rows": "24", "spellcheck": "false"], [.exact("\n\(text)")])
    return box.adding(Markup("label", ["for": "text"], text: "The document")).adding(area)
  }

  /// The market and the numbers that people turn most; of other kinds the numbers alone.
  private static func beside(_ kind: DocumentKind?, _ name: KeyValuePairs<String, String>) -> [Markup] {
    guard let kind, kind != .agent else { return [] }
    var preview = Markup("div", ["data-preview": "text"])
    for (key, value) in name { preview = preview.with(key, value) }
    let numbers = Markup("div", ["data-numbers": "text", "data-kind": kind.rawValue])
    switch kind {
    case .scenario: return [section("Its market", "market", preview), section("Common numbers", "numbers", numbers)]
    case .study:
      return [
        section("What is asked", "criteria", CriteriaFields.markup(of: "text")),
        section("Common numbers", "numbers", numbers),
      ]
    case .training: return [section("Its values", "values", TrainingFields.markup(of: "text"))]
    default: return [section("Common numbers", "numbers", numbers)]
    }
  }

  private static func section(_ title: String, _ id: String, _ content: Markup) -> Markup {
    Markup("section", ["aria-labelledby": id], [Markup("h2", ["id": id], text: title), content])
  }

  private static func earlier(_ entry: DocumentLibrary.Entry, _ versions: [VersionArchive.Version]) -> [Markup] {
    guard !versions.isEmpty else { return [] }
    let rows = versions.reversed().map { version in
      Markup(
        "li", [:],
        [
          Markup("a", ["href": "\(address(entry.name))?version=\(version.number)"], text: "Version \(version.number)"),
          .text(", saved \(Moment.text(seconds: version.time)), \(version.size) bytes"),
        ])
    }
    return [
      Markup(
        "details", [:],
        [Markup("summary", text: "Earlier versions: \(versions.count)"), Markup("ul", [:], rows)])
    ]
  }
}
