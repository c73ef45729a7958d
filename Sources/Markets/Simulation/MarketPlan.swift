import Documents
import MarketData
import Randomness

/// Everything about a market that its tiles share.
struct MarketPlan: Sendable {
  let scenario: Scenario
  let description: MarketDescription
  let streams: RandomStreams
  let severity: Double
  /// Factor of the correlations; nil for recorded bars.
  let factor: CholeskyFactor?

  init(_ scenario: Scenario, _ severity: Double, _ streams: RandomStreams) throws {
    guard severity >= 0, severity <= Market.largestSeverity else {
      throw FormViolation("severity", "\(severity) is outside 0…\(JSONWriter.number(Market.largestSeverity))")
    }
    self.scenario = scenario
    self.streams = streams
    self.severity = severity
    let clock = scenario.clock
    let assets = scenario.assets
    let names = assets.map(\.name)
    let correlation: [[Double]]
    let volumes: [Double]
    switch scenario.movement {
    case .processes(_, let dependence):
      correlation = dependence.correlations(of: names)
      guard let factor = CholeskyFactor(correlation) else {
        throw FormViolation(
          "dependence", "the correlations are not those of any joint law: no positive definite matrix")
      }
      self.factor = factor
      volumes = assets.map { $0.liquidity.volumePerDay ?? 0 }
    case .history(_, let record):
      correlation = record.intradayCorrelations
      factor = nil
      volumes = record.columns.map { $0.volume.reduce(0, +) / Double(record.count) * Double(clock.stepsPerDay) }
    }
    let latency = scenario.venue.latencySeconds / clock.stepSeconds
    let bridges = factor != nil
    // Recorded bars have no price between open and close: there an order fills at the open of the step it arrives in.
    let delay = latency.rounded(.down)
    description = MarketDescription(
      assets: names, initialPrices: assets.map(\.price), liquidity: assets.map(\.liquidity), clock: clock,
      delaySteps: Int(delay), arrivalFraction: bridges ? latency - delay : 0, correlation: correlation,
      hasBridge: bridges, events: scenario.events.map(\.name), venue: scenario.venue,
      tradedValuePerDay: zip(volumes, assets).map { $0 * $1.price }, severity: severity)
    try streams.checkCollisions(Self.streamNames(scenario))
  }

  /// Names of all streams that the scenario's tiles draw from.
  private static func streamNames(_ scenario: Scenario) -> [String] {
    var names = [StreamName.accountBridge, StreamName.historyRow]
    for asset in scenario.assets { names += StreamName.all(of: asset.name) }
    if case .processes(let processes, _) = scenario.movement {
      for (asset, process) in zip(scenario.assets, processes) { names += process.streamNames(asset: asset.name) }
    }
    for event in scenario.events { names += event.event.streamNames(event: event.name) }
    return names
  }
}

/// Names of the dense streams: they say what a stream drives, and nothing else moves a draw.
enum StreamName {
  /// Uniforms for the equity of accounts with several positions.
  static let accountBridge = "account/bridge"
  /// Uniforms for the rows of resampled history.
  static let historyRow = "history/row"

  /// Normals of the gap at session openings.
  static func overnight(_ asset: String) -> String { "asset/\(asset)/overnight" }
  /// Normals from open to close.
  static func diffusion(_ asset: String) -> String { "asset/\(asset)/diffusion" }
  /// Normals of the price when orders arrive, given both ends of the step.
  static func arrival(_ asset: String) -> String { "asset/\(asset)/arrival" }
  /// Uniforms of the extremes.
  static func extremes(_ asset: String) -> String { "asset/\(asset)/extremes" }
  /// Normals of the log volume.
  static func volume(_ asset: String) -> String { "asset/\(asset)/volume" }

  static func all(of asset: String) -> [String] {
    [overnight(asset), diffusion(asset), arrival(asset), extremes(asset), volume(asset)]
  }
}

extension MarketPlan {
  /// What makes the steps of a tile.
  func makeEngine(warmupYears: Double, groups: Int) -> any BarEngine {
    switch scenario.movement {
    case .processes(let processes, _):
      guard let factor else { preconditionFailure("Invariant: processes have a factored dependence") }
      return ProcessEngine(self, processes, factor, warmupYears: warmupYears, groups: groups)
    case .history(let model, let record):
      return HistoryEngine(self, model, record, groups: groups)
    }
  }
}
