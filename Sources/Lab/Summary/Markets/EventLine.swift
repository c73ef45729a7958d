import Markets
import Statistics

/// An event of a scenario, and when it happens.
///
/// Its times are those of the market's first paths at severity 1, whatever the run's range, as far as it starts before the
/// horizon on them; all are 0 where it starts on none.
package struct EventLine: Codable, Sendable, Equatable {
  /// Its name in the scenario.
  package let name: String
  /// The catalogue's name, such as `flashCrash`.
  package let model: String
  /// A sentence of what happens.
  package let text: String
  /// The share of those paths on which it starts before the horizon, in 0…1; nil in a file that does not say it.
  package let startingShare: Double?
  /// The same with its interval and the number of those paths: 1,024, or fewer where they have very many steps; likewise.
  package let starting: Estimate?
  /// When it starts, in seconds of trading time since t = 0.
  package let startSeconds: Quantiles
  /// When it is at its worst, likewise.
  package let troughSeconds: Quantiles
  /// When the window ends in which costs count as the event's, likewise.
  package let windowEndSeconds: Quantiles
  /// Whether it moves a price itself, and not only what surrounds it; nil in a file that does not say it.
  package let movesPrice: Bool?
  /// Which way; nil where it moves none, or in a file that does not say it.
  package let direction: PriceDirection?
  /// Whether it moves it all at once, with no trading inside; nil in a file that does not say it, likewise below.
  package let jumps: Bool?
  /// Whether it halts trading or limits prices.
  package let halts: Bool?
  /// Whether it starts when prices make it.
  package let waitsForPrices: Bool?
  /// Whether a path may have it at another time, or not at all, at another severity.
  package let severityMovesStart: Bool?
  /// How pairs of assets move together through it, where it changes that; nil elsewhere.
  package let correlations: [PairCorrelation]?
  /// Pairs of assets whose correlations it changes: more than were measured where there are many; likewise.
  package let correlationPairs: Int?

  /// A run makes it from the scenario's file and from paths.
  package init(
    name: String, model: String, text: String, starting: Estimate? = nil, startSeconds: Quantiles,
    troughSeconds: Quantiles, windowEndSeconds: Quantiles, traits: EventTraits,
    correlations: [PairCorrelation]? = nil
  ) {
    self.name = name
    self.model = model
    self.text = text
    startingShare = starting?.value
    self.starting = starting
    self.startSeconds = startSeconds
    self.troughSeconds = troughSeconds
    self.windowEndSeconds = windowEndSeconds
    movesPrice = traits.movesPrice
    direction = traits.direction
    jumps = traits.jumps
    halts = traits.halts
    waitsForPrices = traits.waitsForPrices
    severityMovesStart = traits.severityMovesStart
    self.correlations = correlations
    correlationPairs = correlations.map { _ in traits.correlates.count * (traits.correlates.count - 1) / 2 }
  }
}
