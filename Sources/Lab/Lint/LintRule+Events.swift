import Documents
import Lanes
import Markets

extension LintRule {
  /// Paths that are lived through to see what an event does, or all of a file that has fewer.
  private static let paths = 64

  /// Events without which the first paths are the same, bit for bit.
  static let withoutEffect = LintRule(name: "effect") { file throws(FormViolation) in
    var problems: [Problem] = []
    for scenario in file.scenarios {
      for event in scenario.scenario.events where try !hasEffect(event, in: scenario.scenario) {
        problems.append(
          scenario.problem(
            "/events/\(JSONPointer.escape(event.name))",
            "\(quoted(event.name)) changes nothing on the first \(min(paths, scenario.scenario.movement.pathCount ?? paths)) paths: "
              + "no price, spread, depth, volume, halt or margin"
          ))
      }
    }
    return problems
  }

  /// Events that come after the horizon on nearly all paths.
  static let seldomStarts = LintRule(name: "start") { file throws(FormViolation) in
    var problems: [Problem] = []
    for scenario in file.scenarios where !scenario.scenario.events.isEmpty {
      guard let times = EventTimes(try Market(scenario: scenario.scenario, seed: 1)) else { continue }
      for (event, moments) in zip(scenario.scenario.events, times.events) where moments.start.count * 20 < times.paths {
        problems.append(
          scenario.problem(
            "/events/\(JSONPointer.escape(event.name))",
            "\(quoted(event.name)) starts before the horizon on \(moments.start.count) of \(times.paths) paths"))
      }
    }
    return problems
  }

  /// Whether a market is another one without an event, the others left as they are, or the event alone acts on the venue.
  private static func hasEffect(_ event: NamedEvent, in scenario: Scenario) throws(FormViolation) -> Bool {
    func market(_ events: [NamedEvent]) throws(FormViolation) -> Market {
      try Market(
        scenario: Scenario(
          title: "", clock: scenario.clock, assets: scenario.assets, movement: scenario.movement, venue: scenario.venue,
          events: events), seed: 1)
    }
    let rest = scenario.events.filter { $0.name != event.name }
    let markets = [try market(scenario.events), try market(rest), try market([event])]
    let groups = min(paths / Lanes.count, WarmupMemory.groups(markets[0].description))
    let tiles = markets.map { $0.makeTile(groups: groups) }
    for tile in tiles { tile.reset(firstPath: 0) }
    for _ in 0..<scenario.clock.warmupSteps + scenario.clock.steps {
      for tile in tiles { tile.advance() }
      if tiles[2].venueEffects.isActive || tiles[0].bars != tiles[1].bars { return true }
    }
    return false
  }
}
