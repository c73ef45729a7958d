import Documents
import Drawing

/// A form whose fields are sent to the API as JSON by `forms.js`.
struct WorkForm: Sendable {
  /// Where it is sent.
  let api: String
  /// What the button says.
  let button: String
  /// The fields, in order.
  let fields: [Markup]
  /// Begins the identifiers of its fields.
  let id: String
  /// What is asked before it is sent; nothing unless given.
  var confirm: String?

  var markup: Markup {
    let form = Markup(
      "form", ["id": id, "data-api": api, "data-method": "POST", "data-next": "/jobs/{id}"],
      [Markup("div", ["class": "fields"], fields), Markup("p", [:], [Self.submit(button)])])
    return confirm.map { form.with("data-confirm", $0) } ?? form
  }

  static func submit(_ words: String) -> Markup {
    Markup("button", ["type": "submit", "class": "primary"], text: words)
  }

  /// A field for a text or a number.
  static func input(
    _ form: String, _ name: String, _ label: String, _ note: String = "", value: String = "", isNeeded: Bool = false,
    more: KeyValuePairs<String, String> = [:]
  ) -> Markup {
    var input = Markup("input", ["id": "\(form)-\(name)", "name": name, "value": value, "autocomplete": "off"])
    for (key, value) in more { input = input.with(key, value) }
    return field(form, name, label, note, isNeeded ? input.with("required", "required") : input)
  }

  /// A field with words to choose from; an empty one stands for none.
  static func choice(
    _ form: String, _ name: String, _ label: String, _ note: String = "", options: [String], chosen: String? = nil,
    none: String = "–"
  ) -> Markup {
    field(
      form, name, label, note,
      Markup(
        "select", ["id": "\(form)-\(name)", "name": name],
        options.map { option in
          let item = Markup("option", ["value": option], text: option.isEmpty ? none : PrintableText.escaped(option))
          return option == chosen ? item.with("selected", "selected") : item
        }))
  }

  private static func field(_ form: String, _ name: String, _ label: String, _ note: String, _ input: Markup) -> Markup
  {
    let id = "\(form)-\(name)"
    var parts = [Markup("label", ["for": id], text: label)]
    guard !note.isEmpty else { return Markup("p", ["class": "field"], parts + [input]) }
    parts += [
      input.with("aria-describedby", "\(id)-note"), Markup("span", ["class": "note", "id": "\(id)-note"], text: note),
    ]
    return Markup("p", ["class": "field"], parts)
  }
}
