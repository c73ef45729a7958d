import Documents
import Drawing
import Lab

/// What a study asks, as a form beside its text: a row for each criterion. `criteria.js` makes the rows of the template and writes
/// what is chosen into the text.
enum CriteriaFields {
  /// The form for the text area of an identifier.
  static func markup(of area: String) -> Markup {
    Markup(
      "div", ["data-criteria": area],
      [
        Markup(
          "p", ["class": "note", "data-none": ""],
          text: "The study asks nothing of its own: the usual criteria are judged, and no run fails by them."),
        Markup("div", ["data-rows": ""]), Markup("template", [:], [row]),
        Markup(
          "div", ["class": "buttons"], [Markup("button", ["type": "button", "data-add": ""], text: "Ask one more")]),
      ])
  }

  private static var row: Markup {
    Markup(
      "fieldset", ["class": "fields criterion"],
      [
        Markup("legend"),
        field(
          "Measure", "measure", choice(Criterion.measures.map { ($0.name, "\($0.title) (\($0.name))", words($0.unit)) })
        ),
        field("Is to be", "side", choice([("atLeast", "at least", ""), ("atMost", "at most", "")])),
        field("Limit", "limit", number("")).adding(Markup("span", ["class": "note", "data-limit-unit": ""])),
        field("Of losses over", "loss", number("0.2")).with("data-only", "loss"),
        field("Beyond the share of", "level", number("0.975")).with("data-only", "level"),
        field("Confidence", "confidence", number("0.95")),
        field("Desk", "desk", Markup("input", ["placeholder": "every desk", "spellcheck": "false"])),
        Markup("div", ["class": "buttons"], [Markup("button", ["type": "button", "data-remove": ""], text: "Remove")]),
      ])
  }

  private static func field(_ title: String, _ key: String, _ control: Markup) -> Markup {
    Markup(
      "div", ["class": "field"],
      [
        Markup("label", [:], [Markup("span", text: title), control.with("data-key", key).with("autocomplete", "off")]),
        Markup("span", ["class": "wrong", "role": "status"]),
      ])
  }

  private static func number(_ usual: String) -> Markup {
    Markup("input", ["inputmode": "decimal", "placeholder": usual])
  }

  private static func choice(_ options: [(value: String, title: String, unit: String)]) -> Markup {
    Markup(
      "select", [:],
      options.map {
        Markup("option", ["value": $0.value, "data-unit": $0.unit], text: PrintableText.escaped($0.title))
      })
  }

  /// In what a limit is written.
  private static func words(_ unit: MeasureUnit) -> String {
    switch unit {
    case .fraction: "a fraction: 0.05 is 5 %"
    case .seconds: "seconds of trading time"
    case .basisPoints: "basis points"
    case .number: "a pure number"
    case .count: "paths"
    }
  }
}
