import Drawing
import Lab
import Statistics

/// The same panel on the same paths without the event, and what the event alone did.
struct AttributionPart: PageSection {
  private let scenario: ScenarioSummary
  private let severity: Double
  private let suffix: String

  /// The comparison of a severity with severity 0.
  init(scenario: ScenarioSummary, severity: Double, suffix: String) {
    self.scenario = scenario
    self.severity = severity
    self.suffix = suffix
  }

  func body(_ page: inout PageBuilder) -> [Markup] {
    let desks = page.desks(scenario, severity).filter { $0.calm != nil }
    guard !desks.isEmpty, !scenario.events.isEmpty else { return [] }
    let (event, verb) = (scenario.eventWord, scenario.events.count == 1 ? "is" : "are")
    let head = ["desk", "ruined with \(event)", "ruined without", "\(event) alone", "mean return with", "without"]
    let rows = desks.map { scene in
      let cells = [
        scene.desk.survival.complement.text(.percent), scene.calm?.survival.complement.text(.percent) ?? "not run",
        scene.desk.ruinFromEvent?.text(.percent, otherwise: "not known") ?? "not computed",
        scene.desk.finalReturnMean.text(.percent, otherwise: "not known"),
        scene.calm?.finalReturnMean.text(.percent, otherwise: "not known") ?? "not run",
      ]
      return CardTable.Row(scene.rowHeading, cells.map { [.text($0)] })
    }
    return [
      page.heading(
        3, "What \(event) alone did\(suffix)", scenario.name, severityWord(severity), "event-alone"),
      Markup(
        "p",
        text:
          "At severity 0 the market draws the same random numbers, bit for bit, and only \(event) \(verb) left out. The "
          + "difference is taken path by path, so its interval is the one of a paired comparison: paths that are ruined "
          + "with \(event) and not without, less those that are ruined without and not with."),
      CardTable(head: head, rows: rows).markup,
    ]
  }
}
