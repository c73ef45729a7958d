import Documents
import MarketData
import Randomness

/// Everything about a market that its tiles share.
struct MarketPlan: Sendable {
  let scenario: Scenario
  let description: MarketDescription
  let streams: RandomStreams
  /// What draws prices and volumes.
  private let generator: Generator

  init(
    _ scenario: Scenario, _ severity: Double, _ streams: RandomStreams, _ generator: Generator
  ) throws(FormViolation) {
    self.scenario = scenario
    self.streams = streams
    self.generator = generator
    let (clock, assets, movement) = (scenario.clock, scenario.assets, scenario.movement)
    let violations =
      movement.violations(for: assets, clock)
      + EventScales.violations(scenario.events, of: assets, movement.scales(of: assets))
      + EventBounds.violations(scenario.events, of: assets, movement.scales(of: assets), severity: severity)
      + [WarmupMemory.violation(clock, assets: assets.count)].compactMap(\.self)
    guard violations.isEmpty else { throw FormViolation(violations) }
    let correlation = movement.correlations(of: assets)
    let targets = try Self.targets(scenario, correlation)
    let latency = scenario.venue.latencySeconds / clock.stepSeconds
    let delay = latency.rounded(.down)
    description = MarketDescription(
      assets: assets.map(\.name), initialPrices: assets.map(\.price), scales: movement.scales(of: assets),
      liquidity: assets.map(\.liquidity), clock: clock,
      delaySteps: Int(delay), arrivalFraction: movement.hasBridge ? latency - delay : 0,
      substeps: movement.hasBridge ? clock.substeps : 1, correlation: correlation,
      showsSignals: movement.showsSignals(of: assets), events: scenario.events.map(\.name), targets: targets,
      venue: scenario.venue,
      tradedValuePerDay: zip(movement.dailyVolumes(of: assets, clock), assets).map { $0 * $1.price },
      severity: severity,
      venueReach: scenario.events.reduce(.none) { $0.joined($1.event.venueReach(severity: severity)) },
      isSameOnEveryPath: movement.isSameOnEveryPath
        && (severity == 0 || scenario.events.allSatisfy { !$0.event.draws }),
      pathCount: movement.pathCount)
    do throws(StreamCollision) {
      try streams.checkCollisions(scenario.streamNames(targets))
    } catch {
      throw FormViolation("\(error)")
    }
  }

  /// What makes the sub-steps of a tile.
  func makeEngine(groups: Int) -> any BarEngine {
    let site = EngineSite(assets: scenario.assets, market: description, streams: streams, groups: groups)
    switch generator {
    case .philox: return scenario.movement.makeEngine(site)
    case .gsl: return scenario.movement.makeReferenceEngine(site)
    }
  }

  /// What the events blend correlations towards.
  private static func targets(_ scenario: Scenario, _ correlation: [[Double]]) throws(FormViolation)
    -> [DependenceTarget]
  {
    let names = scenario.assets.map(\.name)
    var violations: [FormViolation] = []
    var targets: [DependenceTarget] = []
    for (index, event) in scenario.events.enumerated() {
      do throws(FormViolation) {
        guard let stress = try event.event.stress(of: names, correlation) else { continue }
        guard scenario.movement.hasBridge else { throw CorrelationEvent.recordedRows }
        targets.append(DependenceTarget(event: index, stress, of: names, correlation))
      } catch {
        violations.append(error.under("events/\(JSONPointer.escape(event.name))"))
      }
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
    return targets
  }
}

extension Scenario {
  /// Names of all streams that the scenario's tiles draw from.
  fileprivate func streamNames(_ targets: [DependenceTarget]) -> [String] {
    var names = [StreamName.accountBridge] + movement.streamNames(of: assets)
    for event in events {
      names += event.event.streamNames.map { StreamName.ofEvent(event.name, $0) }
      for name in event.event.assetStreamNames {
        names += assets.map { StreamName.ofEvent(event.name, name, asset: $0.name) }
      }
      for knot in event.event.knotNames {
        names.append(StreamName.accountKnot(knot, of: event.name))
        names += assets.map { StreamName.knot(knot, of: event.name, asset: $0.name) }
        for target in targets {
          names += target.streamNames(of: events[target.event].name, at: knot, of: event.name)
        }
        if !targets.isEmpty { names.append(StreamName.stressedExtremes(at: knot, of: event.name)) }
      }
      names += ParameterSite.event(event.name).streamNames(of: event.event)
    }
    for target in targets { names += target.streamNames(of: events[target.event].name) }
    if !targets.isEmpty { names.append(StreamName.stressedExtremes) }
    return names
  }
}

extension MarketEvent {
  /// Whether it draws anything, be it its parameters or what it does.
  fileprivate var draws: Bool {
    parameters.contains { $0.draw.fixedValue == nil } || !streamNames.isEmpty || !assetStreamNames.isEmpty
  }
}
