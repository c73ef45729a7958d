import Agents
import Documents
import Drawing
import Learning
import Training

/// The values of a training as a form beside its text: each with its range and its default, also those that the text leaves to
/// the default. `members.js` writes what is filled in into the text.
enum TrainingFields {
  private static let parts: [(key: String, title: String, fields: [FieldDescription])] = [
    ("hyperparameters", "How it learns", PPOParameters.form.fields),
    ("mandate", "How far it may go", Mandate.form.fields),
    ("validation", "How it is judged while it learns", Validation.form.fields),
  ]

  /// The form for the text area of an identifier.
  static func markup(of area: String) -> Markup {
    Markup("div", ["data-members": area], parts.enumerated().map { part($1.key, $1.title, $1.fields, isOpen: $0 == 0) })
  }

  private static func part(_ key: String, _ title: String, _ fields: [FieldDescription], isOpen: Bool) -> Markup {
    let part = Markup(
      "details", [:],
      [
        Markup("summary", text: title),
        Markup("div", ["class": "fields"], fields.filter { $0.type.fields.isEmpty }.map { field(key, $0) }),
      ])
    return isOpen ? part.with("open", "open") : part
  }

  private static func field(_ key: String, _ field: FieldDescription) -> Markup {
    let id = "\(key)-\(field.name)"
    let standard = field.defaultValue.map { JSONWriter.write($0) } ?? ""
    let notes = [
      field.summary, [field.type.range, field.type.unit].filter { !$0.isEmpty }.joined(separator: " "),
      standard.isEmpty ? "" : "\(standard) unless given",
    ]
    let attributes: KeyValuePairs = [
      "id": id, "data-path": "\(key)/\(field.name)", "aria-describedby": "\(id)-note", "autocomplete": "off",
    ]
    let isFlag = field.type.name == "true or false" || standard == "true" || standard == "false"
    let input =
      isFlag
      ? Markup(
        "select", attributes,
        ["", "true", "false"].map { Markup("option", ["value": $0], text: $0.isEmpty ? "as usual" : $0) })
      : Markup("input", attributes).with("placeholder", standard).with("inputmode", "decimal")
    return Markup(
      "p", ["class": "field"],
      [
        Markup("label", ["for": id], [Markup("code", text: field.name)]), input,
        Markup(
          "span", ["class": "note", "id": "\(id)-note"],
          text: PrintableText.escaped(notes.filter { !$0.isEmpty }.joined(separator: "; "))),
      ])
  }
}
