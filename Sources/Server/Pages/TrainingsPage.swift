import Documents
import Drawing
import Tracking
import Training

/// What can be trained and searched for, each started with a press, and what is on record.
enum TrainingsPage {
  static let operation = Operation.page("/trainings", "Trainings and searches") { call in
    let context = call.context
    let (entries, records, spaces) = try await context.apart {
      let entries = try context.library.entries()
      let spaces = try entries.filter { $0.kind == .tuning }.map {
        (entry: $0, space: space(try context.library.bytes(of: $0.name) ?? [], "\($0.name)"))
      }
      return (entries, try RunTable.records(context.tracking, most: 50), spaces)
    }
    let trainings = entries.filter { $0.kind == .training }
    var content: [Markup] = [
      Markup("h2", text: "Train"),
      .note(
        "A training document says on which markets, with which inputs and how an agent learns; open one to turn its values. Each "
          + "start trains all its seeds, and the best agent becomes the next version of its model."),
    ]
    content.append(
      trainings.isEmpty
        ? .note(
          "There is no training document yet: begin one here, or with `stresslab template training > scenarios/training/mine.json`."
        )
        : Markup("ul", ["class": "card-grid"], trainings.map { card($0, api: "/api/v1/trainings", "Train", []) }))
    content += [
      Markup("p", [:], [Markup("a", ["class": "button", "href": "/new/training"], text: "A new training")]),
      Markup("h2", text: "Search for values"),
      .note(
        "A search trains with many settings, stops the weaker ones early, and tests the winner on markets of its own."),
    ]
    content.append(
      spaces.isEmpty
        ? .note(
          "There is no search document yet: begin one here, or with `stresslab template tuning > scenarios/tuning/mine.json`."
        )
        : Markup(
          "ul", ["class": "card-grid"], spaces.map { card($0.entry, api: "/api/v1/searches", "Search", $0.space) }))
    content += [
      Markup("p", [:], [Markup("a", ["class": "button", "href": "/new/tuning"], text: "A new search")]),
      Markup("h2", text: "On record"), RunTable.markup(records),
    ]
    return WebPage(
      title: "Trainings and searches", place: .agents, eyebrow: "Agents", scripts: ["forms.js"], content: content
    ).reply
  }

  private static func card(
    _ entry: DocumentLibrary.Entry, api: String, _ words: String, _ space: [Markup]
  ) -> Markup {
    let title = Markup("h3", [:], [.link(entry.title, to: DocumentPage.address(entry.name))])
    let form = Markup(
      "form", ["data-api": api, "data-method": "POST", "data-next": "/jobs/{id}"],
      [
        Markup("input", ["type": "hidden", "name": "document", "value": "\(entry.name)"]),
        Markup(
          "button", ["type": "submit", "aria-label": PrintableText.escaped("\(words): \(entry.title)")], text: words),
      ])
    return Markup(
      "li", ["class": "card"],
      [
        title, Markup("p", ["class": "note"], text: PrintableText.escaped("\(entry.name)")),
        Markup("p", text: PrintableText.escaped(entry.description)),
      ] + space + [form])
  }

  /// A search's space in words, a value a line; nothing where it cannot be read.
  private static func space(_ bytes: [UInt8], _ file: String) -> [Markup] {
    guard let root = try? DocumentParser.parse(bytes, file: file).root, let space = root["space"] else { return [] }
    return [
      Markup(
        "ul", [:],
        (space.members ?? []).map { axis in
          let words =
            axis.value["values"].map { "one of \($0.json.plain)" }
            ?? axis.value["between"].map { "within \($0.json.plain)" } ?? ""
          let scale = axis.value["scale"]?.string.map { ", \($0)" } ?? ""
          return Markup(
            "li", [:], [Markup("code", text: axis.name), .text(PrintableText.escaped(" \(words)\(scale)"))])
        })
    ]
  }
}

extension JSONValue {
  /// An array's values between commas, or the value.
  fileprivate var plain: String {
    guard case .array(let values) = self else { return JSONWriter.write(self) }
    return values.map { JSONWriter.write($0) }.joined(separator: ", ")
  }
}
