import Documents
import Drawing
import HTTPTypes
import Lab
import Reports
import Training

/// The studies, and the start of a run: under which study, which scenarios, agents and profiles, how many paths, how long.
enum StudiesPage {
  /// What stands for the study that needs no file.
  private static let standard = "default"

  static let operation = Operation.page(
    "/studies", "The studies, and the start of a run",
    parameters: [
      Parameter("study", in: .query, .name, "under which is run; \(standard) for the default one", example: "default"),
      Parameter("scenario", in: .query, .name, "that is ticked", example: "scenarios/flash-crash.json"),
    ]
  ) { call in
    let context = call.context
    let study = call.optionalName("study").flatMap { "\($0)" == standard ? nil : $0 }
    let scenario = call.optionalName("scenario")
    return try await context.apart {
      let choice = try StudyChoice(study: study, scenario: scenario, context)
      return WebPage(
        title: "Studies", place: .studies, scripts: ["forms.js", "study.js"],
        content: [studyForm(choice)] + told(choice) + [runForm(choice)]
      ).reply
    }
  }

  /// Where a scenario or a study is run.
  static func address(of entry: DocumentLibrary.Entry) -> String {
    "/studies?\(entry.kind == .study ? "study" : "scenario")=\(WebPage.segment(entry.name))"
  }

  /// Which study: a form that works without scripts.
  private static func studyForm(_ choice: StudyChoice) -> Markup {
    let options = [(standard, "The default study")] + choice.studies.map { ("\($0.name)", "\($0.title) (\($0.name))") }
    let chosen = choice.study.map { "\($0)" } ?? standard
    let ticked = choice.ticked.sorted().map {
      Markup("input", ["type": "hidden", "name": "scenario", "value": "\($0)"])
    }
    return Markup(
      "form", ["method": "get", "action": "/studies"],
      ticked + [
        Markup(
          "p", ["class": "field"],
          [
            Markup("label", ["for": "study"], text: "Under which study"),
            Markup(
              "select", ["id": "study", "name": "study"],
              options.map { value, title in
                let option = Markup("option", ["value": value], text: PrintableText.escaped(title))
                return value == chosen ? option.with("selected", "selected") : option
              }),
          ]),
        Markup("div", ["class": "buttons"], [Markup("button", ["type": "submit"], text: "Choose it")]),
      ])
  }

  /// What the study says.
  private static func told(_ choice: StudyChoice) -> [Markup] {
    var content: [Markup] = []
    if let file = choice.file {
      content.append(Markup("h2", text: PrintableText.escaped(file.study.title)))
      if !file.study.description.isEmpty {
        content.append(Markup("p", text: PrintableText.escaped(file.study.description)))
      }
      let clock = ClockSummary(file.scenarios[0].scenario.clock)
      let criteria = file.study.criteria.map {
        Markup("li", text: "\($0.text(clock)), with confidence \($0.confidence)")
      }
      content += [
        Markup("h3", text: "What is asked"),
        criteria.isEmpty
          ? Markup("p", ["class": "note"], text: "The study asks nothing of its own: the usual criteria are judged.")
          : Markup("ul", [:], criteria),
      ]
    }
    if !choice.problems.isEmpty {
      content += [
        Markup("h2", text: "This study cannot be run"),
        Markup("ul", [:], choice.problems.prefix(20).map { Markup("li", ["class": "wrong"], text: $0.description) }),
      ]
    }
    let change =
      choice.study.map { ("Change the study and what it asks", DocumentPage.address($0)) }
      ?? ("Write a study that asks something else", "/new/study")
    content.append(Markup("p", [:], [.link(change.0, to: change.1)]))
    return content
  }

  private static func runForm(_ choice: StudyChoice) -> Markup {
    guard let file = choice.file else {
      return Markup("p", ["class": "note"], text: "There is nothing to run yet: write a scenario first.")
    }
    var parts: [Markup] = []
    if let study = choice.study {
      parts.append(Markup("input", ["type": "hidden", "name": "study", "value": "\(study)"]))
    }
    if !choice.own.isEmpty { parts.append(whichField(choice)) }
    parts += scenarioFields(choice)
    parts.append(
      chooser(
        "Agents", "agents", "All of them, unless some are chosen.",
        file.agentLines(file.study.panel.names).map { ($0.name, $0.text) }))
    parts.append(
      chooser(
        "Risk profiles", "risks", "All of them, unless some are chosen.",
        file.riskProfileLines.map { ($0.name, $0.text) }))
    let usual = file.study.severities.map(JSONWriter.number).joined(separator: ", ")
    parts.append(
      Markup(
        "div", ["class": "fields"],
        [
          number(
            "paths", "Paths", "of each scenario and severity", usual: "\(file.study.monteCarlo.paths)", least: "1"),
          field("severities", "Severities", "of the events, between commas", usual: usual, ["data-type": "numbers"]),
          number("seed", "Seed", "what all draws follow from", usual: "\(file.study.monteCarlo.seed)", least: "0"),
          field("folder", "Folder", "of the report, beneath reports", usual: "the document's name", [:]),
          number("priority", "Priority", "the greater, the sooner", usual: "0", least: "-100"),
        ]))
    parts += [
      Markup("p", ["class": "pace", "id": "estimate", "role": "status"]),
      Markup(
        "div", ["class": "buttons"],
        [Markup("button", ["type": "submit", "class": "primary", "data-busy": "Starting …"], text: "Start the run")]),
    ]
    return Markup(
      "form", ["id": "run", "data-api": "/api/v1/runs", "data-method": "POST", "data-next": "/jobs/{id}"], parts)
  }

  /// The study's own scenarios, or others under its terms.
  private static func whichField(_ choice: StudyChoice) -> Markup {
    func radio(_ value: String, _ words: String, isChosen: Bool) -> Markup {
      let input = Markup("input", ["type": "radio", "name": "which", "value": value])
      return Markup("label", [:], [isChosen ? input.with("checked", "checked") : input, Markup("span", text: words)])
    }
    let names = choice.own.prefix(8).joined(separator: "; ") + (choice.own.count > 8 ? "; and others" : "")
    return Markup(
      "fieldset", [:],
      [
        Markup("legend", text: "What is run"),
        radio("own", "The study's own scenarios: \(PrintableText.escaped(names))", isChosen: choice.ticked.isEmpty),
        radio("these", "The scenarios that are ticked below", isChosen: !choice.ticked.isEmpty),
      ])
  }

  private static func scenarioFields(_ choice: StudyChoice) -> [Markup] {
    let families = Set(choice.scenarios.map(\.family)).sorted()
    return families.map { family in
      let boxes = choice.scenarios.filter { $0.family == family }.map { entry in
        box("documents", "\(entry.name)", entry.title, "\(entry.name)", isTicked: choice.ticked.contains(entry.name))
      }
      let legend = Markup("legend", text: family.isEmpty ? "Scenarios" : "Scenarios: \(family)")
      return Markup("fieldset", ["class": "choices"], [legend] + boxes)
    }
  }

  private static func chooser(
    _ title: String, _ name: String, _ note: String, _ lines: [(name: String, text: String)]
  ) -> Markup {
    Markup(
      "fieldset", ["class": "choices"],
      [Markup("legend", text: title), Markup("p", ["class": "note"], text: note)]
        + lines.map { box(name, $0.name, $0.name, $0.text, isTicked: false) })
  }

  private static func box(_ name: String, _ value: String, _ title: String, _ note: String, isTicked: Bool) -> Markup {
    let input = Markup("input", ["type": "checkbox", "name": name, "value": value])
    return Markup(
      "label", [:],
      [
        isTicked ? input.with("checked", "checked") : input,
        Markup(
          "span", [:],
          [
            .text(PrintableText.escaped(title)),
            Markup("small", ["class": "note"], text: PrintableText.escaped(note)),
          ]),
      ])
  }

  private static func number(_ name: String, _ title: String, _ note: String, usual: String, least: String) -> Markup {
    field(name, title, note, usual: usual, ["type": "number", "min": least, "step": "1"])
  }

  private static func field(
    _ name: String, _ title: String, _ note: String, usual: String, _ more: KeyValuePairs<String, String>
  ) -> Markup {
    var input = Markup(
      "input",
      ["id": name, "name": name, "autocomplete": "off", "placeholder": usual, "aria-describedby": "\(name)-help"])
    for (key, value) in more { input = input.with(key, value) }
    return Markup(
      "p", ["class": "field"],
      [
        Markup("label", ["for": name], text: title), input,
        Markup("span", ["class": "note", "id": "\(name)-help"], text: "\(note); \(usual) unless given"),
      ])
  }
}
