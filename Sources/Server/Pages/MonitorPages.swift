import Documents
import Drawing
import Lab
import Pipeline

/// What is watched: the list with a form for a new one, and each monitor as it stands. Paper only, and they say so.
enum MonitorPages {
  static let operations = [index, monitor]

  private static let index = Operation.page("/monitors", "What is watched on paper") { call in
    let (context, store) = (call.context, call.context.monitors.store)
    let (monitors, documents, datasets) = try await context.apart {
      (
        store.names().map { (name: $0, monitor: try? store.monitor($0)) }, try context.library.entries(),
        try context.data.datasets()
      )
    }
    return WebPage(
      title: "Monitors", place: .monitors, eyebrow: "Paper only", scripts: ["forms.js", "monitors.js"],
      content: [
        Markup("p", text: MonitorState.paperOnly), table(monitors), Markup("h2", text: "Watch bars"),
        MonitorForm(
          studies: documents.filter { $0.kind == .study }.map { "\($0.name)" },
          scenarios: documents.filter { $0.kind == .scenario }.map { "\($0.name)" },
          datasets: datasets.map(\.description)
        ).markup,
      ]
    ).reply
  }

  private static func table(_ monitors: [(name: MonitorName, monitor: Monitor?)]) -> Markup {
    guard !monitors.isEmpty else { return Markup("p", ["class": "note"], text: "Nothing is watched yet.") }
    let head = ["Monitor", "Agent", "Bars", "Asked for"]
    return Markup(
      "table", ["class": "cards words", "id": "monitors"],
      [
        Markup("thead", [:], [Markup("tr", [:], head.map { Markup("th", ["scope": "col"], text: $0) })]),
        Markup("tbody", [:], monitors.map { row($0.name, $0.monitor) }),
      ])
  }

  private static func row(_ name: MonitorName, _ monitor: Monitor?) -> Markup {
    let cells = monitor.map { monitor in
      [
        ("Agent", "\(monitor.agent) behind \(monitor.risk)"), ("Bars", "\(monitor.data)"),
        (
          "Asked for",
          monitor.poll.map { "every \($0.seconds) s from \($0.exchange)" } ?? "as they lie"
        ),
      ]
    }
    return Markup(
      "tr", [:],
      [Markup("th", ["scope": "row"], [Markup("a", ["href": "/monitors/\(WebPage.segment(name))"], text: "\(name)")])]
        + (cells ?? [("", "it cannot be read"), ("", ""), ("", "")]).map {
          Markup("td", ["data-label": $0.0], text: PrintableText.escaped($0.1))
        })
  }

  private static let monitor = Operation.page(
    "/monitors/{name}", "A monitor as it stands", parameters: [MonitorsAPI.name]
  ) { call in
    let name = try MonitorName(call.name("name"))
    let state = try await call.context.monitors.state(of: name)
    let address = "/api/v1/monitors/\(WebPage.segment(name))"
    return WebPage(
      title: "\(name)", place: .monitors, eyebrow: "Monitor, paper only", scripts: ["forms.js", "monitors.js"],
      content: MonitorParts(state).markup + [
        Markup(
          "div", ["class": "buttons"],
          [
            Markup("a", ["class": "button", "href": "/monitors/\(WebPage.segment(name))"], text: "Look again"),
            Markup("a", ["href": "\(address)/state"], text: "All figures as JSON"),
          ]),
        Markup(
          "div",
          [
            "id": "watched", "data-state": "\(address)/state",
            "data-newest": state.newest.map { Moment.text(seconds: $0) } ?? "",
            "data-seconds": state.monitor.poll.map { "\($0.seconds)" } ?? "",
          ]),
        Markup(
          "form",
          [
            "data-api": address, "data-method": "DELETE", "data-next": "/monitors",
            "data-confirm": "Remove this monitor? Collected bars stay.", "data-yes": "Remove",
          ], [Markup("button", ["type": "submit", "class": "danger"], text: "Remove this monitor")]),
      ]
    ).reply
  }
}
