import Documents
import Drawing

/// The form of a new monitor. Its name is a part of the address that it is sent to, which a script puts there.
struct MonitorForm {
  let studies: [String]
  let scenarios: [String]
  let datasets: [String]

  var markup: Markup {
    Markup(
      "form",
      [
        "id": "monitor-form", "data-api": "/api/v1/monitors/", "data-method": "PUT", "data-next": "/monitors/{name}",
      ],
      [
        Markup(
          "div", ["class": "fields"],
          [
            field("monitor-name", nil, "Name", "letters, digits, - and _", isNeeded: true),
            choice("study", "Study", studies, isNeeded: true),
            field("agent", "agent", "Agent", "of its panel, or agents:NAME@champion", isNeeded: true),
            field("risk", "risk", "Risk profile", "by its name in the study", isNeeded: true),
            choice("data", "Bars", datasets, isNeeded: true),
            field("asset", "asset", "Asset", "the first unless given"),
            choice("base", "Venue, liquidity and calendar of", scenarios),
            number("window", "Bars that it trades", 200, 20...5000), number("warmup", "Bars before", 100, 2...5000),
            number("alarmBars", "Newest bars that are compared", 24, 8...2000),
            field(
              "reference", "reference", "Compared with", "data:NAME or a scenario; what it was trained on unless given"),
          ]),
        Markup(
          "details", [:],
          [
            Markup("summary", text: "Collect newer bars"),
            Markup(
              "div", ["class": "fields"],
              [
                number("pollSeconds", "Every so many seconds", nil, 10...604_800),
                field("exchange", "exchange", "Exchange", "such as kraken"),
                field("market", "market", "Market", "such as BTC/USD"),
                field("step", "step", "A bar lasts", "such as 1h"),
              ]),
          ]),
        Markup("button", ["type": "submit", "class": "primary"], text: "Watch"),
      ])
  }

  private func field(_ id: String, _ name: String?, _ label: String, _ note: String, isNeeded: Bool = false) -> Markup {
    var input = Markup(
      "input",
      ["id": id, "type": "text", "autocomplete": "off", "spellcheck": "false", "aria-describedby": "\(id)-note"])
    if let name { input = input.with("name", name) }
    if isNeeded { input = input.with("required", "required") }
    return labelled(id, label, [input, Markup("span", ["class": "note", "id": "\(id)-note"], text: note)])
  }

  private func number(_ id: String, _ label: String, _ value: Int?, _ range: ClosedRange<Int>) -> Markup {
    var input = Markup(
      "input",
      ["id": id, "name": id, "type": "number", "min": "\(range.lowerBound)", "max": "\(range.upperBound)", "step": "1"])
    if let value { input = input.with("value", "\(value)") }
    return labelled(id, label, [input])
  }

  private func choice(_ id: String, _ label: String, _ options: [String], isNeeded: Bool = false) -> Markup {
    let all = (isNeeded ? [] : [""]) + options
    var select = Markup(
      "select", ["id": id, "name": id],
      all.map { Markup("option", ["value": $0], text: $0.isEmpty ? "–" : PrintableText.escaped($0)) })
    if isNeeded { select = select.with("required", "required") }
    return labelled(id, label, [select])
  }

  private func labelled(_ id: String, _ label: String, _ content: [Markup]) -> Markup {
    Markup("p", ["class": "field"], [Markup("label", ["for": id], text: label)] + content)
  }
}
