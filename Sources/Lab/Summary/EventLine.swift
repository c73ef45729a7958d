/// An event of a scenario, and when it happens.
///
/// Its times are those of the market's first 1,024 paths (fewer where it waits for prices over very many steps) at severity 1, whatever the run's range, as far as it starts
/// before the horizon on them; all are 0 where it starts on none.
package struct EventLine: Codable, Sendable, Equatable {
  /// Its name in the scenario.
  package let name: String
  /// The catalogue's name, such as `flashCrash`.
  package let model: String
  /// A sentence of what happens.
  package let text: String
  /// The share of those paths on which it starts before the horizon, in 0…1; nil in a file that does not say it.
  package let startingShare: Double?
  /// When it starts, in seconds of trading time since t = 0.
  package let startSeconds: Quantiles
  /// When it is at its worst, likewise.
  package let troughSeconds: Quantiles
  /// When the window ends in which costs count as the event's, likewise.
  package let windowEndSeconds: Quantiles
  /// Whether it moves a price itself, and not only what surrounds it; nil in a file that does not say it.
  package let movesPrice: Bool?
  /// Whether it moves it all at once, with no trading inside; likewise.
  package let jumps: Bool?
  /// Whether it starts when prices make it, so that severities differ in its times; likewise.
  package let waitsForPrices: Bool?
  /// How pairs of assets move together through it, where it changes that; nil elsewhere.
  package let correlations: [PairCorrelation]?

  /// A run makes it from the scenario's file and from paths.
  package init(
    name: String, model: String, text: String, startingShare: Double? = nil, startSeconds: Quantiles,
    troughSeconds: Quantiles, windowEndSeconds: Quantiles, movesPrice: Bool? = nil, jumps: Bool? = nil,
    waitsForPrices: Bool? = nil, correlations: [PairCorrelation]? = nil
  ) {
    self.name = name
    self.model = model
    self.text = text
    self.startingShare = startingShare
    self.startSeconds = startSeconds
    self.troughSeconds = troughSeconds
    self.windowEndSeconds = windowEndSeconds
    self.movesPrice = movesPrice
    self.jumps = jumps
    self.waitsForPrices = waitsForPrices
    self.correlations = correlations
  }
}
