import Documents
import MarketData
import Randomness

/// Everything about a market that its tiles share.
struct MarketPlan: Sendable {
  let scenario: Scenario
  let description: MarketDescription
  let streams: RandomStreams

  init(_ scenario: Scenario, _ severity: Double, _ streams: RandomStreams) throws(FormViolation) {
    self.scenario = scenario
    self.streams = streams
    let (clock, assets, movement) = (scenario.clock, scenario.assets, scenario.movement)
    let violations =
      movement.violations(for: assets, clock)
      + EventBounds.violations(scenario.events, of: assets, severity: severity)
      + [WarmupMemory.violation(clock, assets: assets.count)].compactMap(\.self)
    guard violations.isEmpty else { throw FormViolation(violations) }
    let latency = scenario.venue.latencySeconds / clock.stepSeconds
    let delay = latency.rounded(.down)
    description = MarketDescription(
      assets: assets.map(\.name), initialPrices: assets.map(\.price), liquidity: assets.map(\.liquidity), clock: clock,
      delaySteps: Int(delay), arrivalFraction: movement.hasBridge ? latency - delay : 0,
      substeps: movement.hasBridge ? clock.substeps : 1, correlation: movement.correlations(of: assets),
      events: scenario.events.map(\.name), venue: scenario.venue,
      tradedValuePerDay: zip(movement.dailyVolumes(of: assets, clock), assets).map { $0 * $1.price },
      severity: severity,
      venueReach: scenario.events.reduce(.none) { $0.joined($1.event.venueReach(severity: severity)) })
    do throws(StreamCollision) {
      try streams.checkCollisions(scenario.streamNames)
    } catch {
      throw FormViolation("\(error)")
    }
  }
}

extension Scenario {
  /// Names of all streams that the scenario's tiles draw from.
  fileprivate var streamNames: [String] {
    var names = [StreamName.accountBridge] + movement.streamNames(of: assets)
    for event in events {
      names += event.event.streamNames.map { StreamName.ofEvent(event.name, $0) }
      for name in event.event.assetStreamNames {
        names += assets.map { StreamName.ofEvent(event.name, name, asset: $0.name) }
      }
      for knot in event.event.knotNames {
        names.append(StreamName.accountKnot(knot, of: event.name))
        names += assets.map { StreamName.knot(knot, of: event.name, asset: $0.name) }
      }
      names += ParameterSite.event(event.name).streamNames(of: event.event)
    }
    return names
  }
}
