import Drawing
import Lab

extension DeskScene {
  /// Whether it traded on any path, so that its survival tells how trading fares.
  var trades: Bool { desk.executionCostBps.value != nil }

  /// "In “Flash crash”", with the severity where it is not the scenario as written.
  var place: String {
    "In “\(scenario.title)”" + (desk.severity == 1 ? "" : " at severity \(severityText(desk.severity))")
  }
}

extension Sequence<DeskScene> {
  /// All desks whose key is least; those without a key are passed over. More than one: none of them stands out alone.
  func lowest(_ key: (DeskSummary) -> Double?) -> [DeskScene] {
    let known = compactMap { scene in key(scene.desk).map { (scene: scene, key: $0) } }
    guard let least = known.map(\.key).min() else { return [] }
    return known.filter { $0.key == least }.map(\.scene)
  }

  /// All desks whose key is largest, likewise.
  func highest(_ key: (DeskSummary) -> Double?) -> [DeskScene] { lowest { desk in key(desk).map { -$0 } } }
}

/// Names in a row: "A", "A and B", "A, B and C", and of more than `most` the first with how many others there are.
func listed(_ names: [String], most: Int = 3) -> String {
  guard names.count > 1 else { return names.first ?? "" }
  guard names.count <= most else { return "\(names[0]) and \(names.count - 1) others" }
  return names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
}

/// Names under a chart: the first eight, each shortened where it is long, and how many others there are.
func shortList(_ names: [String]) -> String {
  let shown = names.prefix(8).map { TextWidth.shortened($0, size: 13, width: 220) }
  return listed(names.count > shown.count ? shown + ["\(names.count - shown.count) others"] : shown, most: 9)
}

extension Summary {
  /// Risk profiles in the order in which they are told apart: those without rules first, each kind in the order of names.
  func inOrder(_ profiles: Set<String>) -> [String] {
    let free = Set((riskProfiles ?? []).filter(\.isWithoutRules).map(\.name))
    return profiles.sorted { (free.contains($0) ? 0 : 1, $0) < (free.contains($1) ? 0 : 1, $1) }
  }
}

extension ScenarioSummary {
  /// "the event", or "the events"; empty where the scenario has none.
  var eventWord: String {
    switch events.count {
    case 0: ""
    case 1: "the event"
    default: "the events"
    }
  }
}
