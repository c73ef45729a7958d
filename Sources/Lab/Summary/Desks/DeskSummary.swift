/// What happened to one desk: an agent behind a risk profile, in one scenario at one severity.
///
/// One object in `summary.json`, in which each measure and each fan is a key of its own.
package struct DeskSummary: Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// θ: 1 is the scenario as written, 0 the same paths without its events.
  package let severity: Double
  /// The agent's name in the panel.
  package let agent: String
  /// The risk profile's name in the study.
  package let risk: String
  /// The desk's number in the store.
  package let desk: Int
  /// Equity at t = 0, in quote currency.
  package let startEquity: Double
  /// What was estimated from its outcomes, by the catalogue of measures.
  package let measures: MeasureValues
  /// By quantity.
  package let fans: Fans
  /// The path with the smallest final equity, replayed; of several, the first. Nil where none was kept.
  package let worstPath: Trace?
  /// How the same path, with the same draws, ends for the desk at severity 0. Nil at severity 0, where that was not run, and in a
  /// file that does not say it.
  package let worstPathInCalm: PathEnding?
  /// How the path ends that ends lowest of those that the desk survives at severity 0: the worst that events alone do. Nil at
  /// severity 0, where that was not run or is survived on no path, and in a file that does not say it.
  package let worstByEvents: PathEnding?

  /// A run makes it from its store.
  package init(
    scenario: String, severity: Double, agent: String, risk: String, desk: Int, startEquity: Double,
    measures: MeasureValues, fans: Fans, worstPath: Trace? = nil,
    worstPathInCalm: PathEnding? = nil, worstByEvents: PathEnding? = nil
  ) {
    self.scenario = scenario
    self.severity = severity
    self.agent = agent
    self.risk = risk
    self.desk = desk
    self.startEquity = startEquity
    self.measures = measures
    self.fans = fans
    self.worstPath = worstPath
    self.worstPathInCalm = worstPathInCalm
    self.worstByEvents = worstByEvents
  }

  /// A fan, nil where the quantity was not counted.
  package subscript(quantity: FanQuantity) -> Fan? { fans[quantity] }
}

extension DeskSummary: Codable {
  private enum CodingKeys: String, CodingKey {
    case scenario, severity, agent, risk, desk, startEquity, worstPath, worstPathInCalm, worstByEvents
  }

  /// Reads an object of `summary.json`; measures and fans that this version does not know are passed over.
  ///
  /// - Throws: `DecodingError` where a key that names the desk is missing, or a value is of another type.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      scenario: try container.decode(String.self, forKey: .scenario),
      severity: try container.decode(Double.self, forKey: .severity),
      agent: try container.decode(String.self, forKey: .agent), risk: try container.decode(String.self, forKey: .risk),
      desk: try container.decode(Int.self, forKey: .desk),
      startEquity: try container.decode(Double.self, forKey: .startEquity),
      measures: try MeasureValues(from: decoder), fans: try Fans(FanQuantities.ofDesks, from: decoder),
      worstPath: try container.decodeIfPresent(Trace.self, forKey: .worstPath),
      worstPathInCalm: try container.decodeIfPresent(PathEnding.self, forKey: .worstPathInCalm),
      worstByEvents: try container.decodeIfPresent(PathEnding.self, forKey: .worstByEvents))
  }

  /// Writes one object: what names the desk, and each measure and each fan under its own key.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(scenario, forKey: .scenario)
    try container.encode(severity, forKey: .severity)
    try container.encode(agent, forKey: .agent)
    try container.encode(risk, forKey: .risk)
    try container.encode(desk, forKey: .desk)
    try container.encode(startEquity, forKey: .startEquity)
    try container.encodeIfPresent(worstPath, forKey: .worstPath)
    try container.encodeIfPresent(worstPathInCalm, forKey: .worstPathInCalm)
    try container.encodeIfPresent(worstByEvents, forKey: .worstByEvents)
    try measures.encode(to: encoder)
    try fans.encode(to: encoder)
  }
}
