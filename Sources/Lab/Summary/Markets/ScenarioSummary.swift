/// What a scenario says, as the report tells it.
package struct ScenarioSummary: Codable, Sendable, Equatable {
  /// The file's name without its extension; unique in the study.
  package let name: String
  /// As the file says it, for a heading.
  package let title: String
  /// As the file says it; may be empty.
  package let description: String
  /// As given on the command line or in the study.
  package let file: String
  /// How time runs in it.
  package let clock: ClockSummary
  /// In the order of their names.
  package let assets: [AssetLine]
  /// Every number of the file, in the file's order.
  package let parameters: [ParameterLine]
  /// In the order of their names.
  package let events: [EventLine]
  /// By asset, in the order of their names, how often and how long trading stands still; nil where no event can halt it, or
  /// in a file that does not say it.
  package let halts: [HaltLine]?
  /// What is not modelled, in plain words.
  package let limits: [String]
  /// What is easier in it than in any real market, in words for a reader before any figure; nil where nothing is, or in a file
  /// that does not say it.
  package let caveats: [String]?
  /// What a grid has put into it, in the order of the study; nil without one.
  package let point: [GridValue]?

  /// A run makes it from the scenario's file, and the times of its events from paths.
  package init(
    name: String, title: String, description: String, file: String, clock: ClockSummary, assets: [AssetLine],
    parameters: [ParameterLine], events: [EventLine], halts: [HaltLine]?, limits: [String], caveats: [String]? = nil,
    point: [GridValue]? = nil
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.file = file
    self.clock = clock
    self.assets = assets
    self.parameters = parameters
    self.events = events
    self.halts = halts
    self.limits = limits
    self.caveats = caveats
    self.point = point
  }
}
