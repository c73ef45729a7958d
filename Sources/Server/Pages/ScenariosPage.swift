import Documents
import Drawing
import Training

/// The library: every document of the workspace, scenarios by their families.
enum ScenariosPage {
  static let operation = Operation.page("/scenarios", "All documents, scenarios by family") { call in
    let entries = try await call.context.apart { try call.context.library.entries() }
    return WebPage(title: "Scenarios", place: .scenarios, content: [beginnings] + sections(entries)).reply
  }

  /// What can be begun anew.
  private static let beginnings = Markup(
    "div", ["class": "buttons"],
    DocumentPage.kinds.map { kind in
      Markup(
        "a", ["class": kind == .scenario ? "button primary" : "button", "href": "/new/\(kind.rawValue)"],
        text: "New \(kind.title)")
    })

  private static func sections(_ entries: [DocumentLibrary.Entry]) -> [Markup] {
    guard !entries.isEmpty else {
      return [Markup("p", ["class": "note"], text: "There is no document yet. A new one begins with an example.")]
    }
    let scenarios = entries.filter { $0.kind == .scenario }
    let families = Set(scenarios.map(\.family)).sorted()
    var sections = families.flatMap { family in
      section(family.isEmpty ? "Scenarios" : heading(family), scenarios.filter { $0.family == family })
    }
    for kind in DocumentPage.kinds.dropFirst() {
      sections += section(kind.plural, entries.filter { $0.kind == kind })
    }
    return sections + section("What cannot be told what it is", entries.filter { $0.kind == nil })
  }

  /// The name of a folder as a heading.
  private static func heading(_ family: String) -> String {
    let words = family.replacing("-", with: " ").replacing("/", with: ", ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func section(_ title: String, _ entries: [DocumentLibrary.Entry]) -> [Markup] {
    guard !entries.isEmpty else { return [] }
    return [Markup("h2", text: title), Markup("ul", ["class": "card-grid"], entries.map(card))]
  }

  private static func card(_ entry: DocumentLibrary.Entry) -> Markup {
    var content = [
      Markup(
        "h3", [:], [Markup("a", ["href": DocumentPage.address(entry.name)], text: PrintableText.escaped(entry.title))]),
      Markup("p", ["class": "note"], [Markup("code", text: "\(entry.name)")]),
    ]
    if !entry.description.isEmpty { content.append(Markup("p", text: PrintableText.escaped(entry.description))) }
    if entry.kind == .scenario || entry.kind == .study {
      content.append(Markup("p", [:], [Markup("a", ["href": StudiesPage.address(of: entry)], text: "Run it")]))
    }
    return Markup("li", ["class": "card"], content)
  }
}

extension DocumentKind {
  /// What people call one.
  var title: String { self == .tuning ? "search" : rawValue }

  /// What people call several, as a heading.
  var plural: String {
    switch self {
    case .scenario: "Scenarios"
    case .study: "Studies"
    case .agent: "Agents"
    case .training: "Trainings"
    case .tuning: "Searches"
    }
  }
}
