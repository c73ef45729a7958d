import Drawing
import Lab
import Statistics

/// On which of the drawn parameters survival hangs, at one severity of a scenario.
struct SensitivityPart: PageSection {
  private let scenario: ScenarioSummary
  private let severity: Double
  private let suffix: String

  /// The sensitivities of a severity; `suffix` tells several severities apart in headings.
  init(scenario: ScenarioSummary, severity: Double, suffix: String) {
    self.scenario = scenario
    self.severity = severity
    self.suffix = suffix
  }

  /// Parameters that a desk's row names and charts are drawn of, at most.
  private static let most = 3

  func body(_ page: inout PageBuilder) -> [Markup] {
    let known = Dictionary(
      (page.summary.sensitivities ?? []).map { ($0.desk, $0) }, uniquingKeysWith: { first, _ in first })
    let desks = page.desks(scenario, severity).compactMap { scene in
      known[scene.desk.desk].map { SensitivityScene.Desk(scene: scene, sensitivity: $0) }
    }
    guard !desks.isEmpty else { return [] }
    return [
      page.heading(
        2, "What survival hangs on\(suffix)", scenario.name, severityWord(severity), "sensitivity")
    ] + page.once(Self.text) + [
      CardTable(
        caption: "First-order indices", head: ["desk", "explained alone"],
        rows: desks.map { [$0.scene.name, explained($0.sensitivity)] }
      ).markup
    ] + page.grid(charts(desks, page.summary))
  }

  private static let text =
    "How much of the variance of being ruined a drawn parameter of the scenario explains alone (its first-order index), the "
    + "noise of so few paths taken off. The rest is what parameters do together, and chance that no parameter draws: "
    + "prices move on paths that drew the same. Desks with fewer than \(Sensitivity.fewest) ruined or "
    + "\(Sensitivity.fewest) surviving paths are left out."

  /// The parameters that are known to explain something, and what each of the others explains at most.
  private func explained(_ sensitivity: Sensitivity) -> String {
    let known = sensitivity.parameters.filter { ($0.firstOrder.low ?? 0) > 0 }.prefix(Self.most)
    let names = known.map { "\(parameterName($0.pointer)) \($0.firstOrder.text(.percent))" }.joined(separator: ", ")
    let others = sensitivity.parameters.filter { !known.map(\.pointer).contains($0.pointer) }
    guard let most = others.compactMap(\.firstOrder.high).max() else { return names }
    let bound = Unit.percent.text(max(most, 0), resolution: 0.0005)
    if known.isEmpty { return "none is known to explain anything: at most \(bound)" }
    return others.count == 1 ? "\(names); the other at most \(bound)" : "\(names); the others at most \(bound) each"
  }

  /// A chart for each of the parameters that matter most to any desk.
  private func charts(_ desks: [SensitivityScene.Desk], _ summary: Summary) -> [PageBuilder.Wish] {
    var most: [(pointer: String, index: Double)] = []
    for parameter in desks.flatMap({ $0.sensitivity.parameters.prefix(Self.most) }) {
      let index = parameter.firstOrder.value ?? 0
      guard (parameter.firstOrder.low ?? 0) > 0 else { continue }
      if let place = most.firstIndex(where: { $0.pointer == parameter.pointer }) {
        most[place].index = max(most[place].index, index)
      } else {
        most.append((parameter.pointer, index))
      }
    }
    let order = most.enumerated().sorted { one, other in
      one.element.index != other.element.index ? one.element.index > other.element.index : one.offset < other.offset
    }
    return order.prefix(Self.most).enumerated().flatMap { rank, found in
      let pointer = found.element.pointer
      let scene = SensitivityScene(summary: summary, scenario: scenario, pointer: pointer, desks: desks)
      return ChartCatalogue.sensitivity.compactMap { entry in
        entry.make(scene).map { chart in
          PageBuilder.Wish(
            chart: chart, words: [scenario.name, severityWord(severity), pointer, entry.name],
            rank: rank == 0 ? entry.rank : .further, isWide: true)
        }
      }
    }
  }
}

/// A parameter in words: "crash: drop" of `/events/crash/drop`.
func parameterName(_ pointer: String) -> String {
  let keys = pointer.split(separator: "/").dropFirst().map {
    $0.replacing("~1", with: "/").replacing("~0", with: "~")
  }
  guard let first = keys.first, keys.count > 1 else { return pointer }
  return "\(first): \(keys.dropFirst().joined(separator: " "))"
}
