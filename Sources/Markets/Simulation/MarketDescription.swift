import MarketData

/// What is known about a market before any path is drawn; the same for all paths.
package struct MarketDescription: Sendable {
  /// Names of the assets, in order; their indices are used everywhere.
  package let assets: [String]
  /// Prices at t = 0, quote currency per unit.
  package let initialPrices: [Double]
  /// How prices follow from processes, by asset: which may come to be negative.
  package let scales: [PriceScale]
  /// Liquidity of each asset without events.
  package let liquidity: [Liquidity]
  /// Steps, warm-up, calendar.
  package let clock: Clock
  /// Whole steps n of the latency: the orders from the close of step t arrive in step t + 1 + n.
  package let delaySteps: Int
  /// The rest s of the latency: how far into that step, as a fraction of it, in 0 ..< 1.
  package let arrivalFraction: Double
  /// Sub-steps of a step; 1 where nothing is known between open and close.
  package let substeps: Int
  /// Correlations of the diffusive parts; for recorded bars those of the open-to-close returns.
  package let correlation: [[Double]]
  /// Whether agents are shown a signal of what comes, by asset.
  package let showsSignals: [Bool]
  /// Names of the events, in order; their indices are those of `MarketTile.eventStart`.
  package let events: [String]
  /// What events blend the correlations towards, in the order of the events' names.
  let targets: [DependenceTarget]
  /// What the venue asks.
  package let venue: VenueTerms
  /// Mean traded value of each asset in a day without events, quote currency.
  package let tradedValuePerDay: [Double]
  /// Severity θ of the events; 1 is as the file says.
  package let severity: Double
  /// What trading must have room for by its events.
  package let venueReach: VenueReach

  /// Whether nothing at all is drawn, so that every path is the same one.
  package let isSameOnEveryPath: Bool
  /// How many paths there are, where a file holds them; nil where there are as many as anybody asks for.
  package let pathCount: Int?

  /// What a unit of each asset counts as where its price may be negative; empty where none may, so that those who ask step by
  /// step have their answer at once.
  package var references: [Double?] { scales.contains(where: \.isArithmetic) ? scales.map(\.reference) : [] }

  /// The latency in steps.
  package var latencySteps: Double { venue.latencySeconds / clock.stepSeconds }

  /// The sub-step of its step in which the orders of a step arrive.
  package var arrivalSubstep: Int { min(substeps - 1, Int(arrivalFraction * Double(substeps))) }
  /// How far into that sub-step, as a fraction of it, in 0 ..< 1; 0 at its open.
  var arrivalWithin: Double { max(0, arrivalFraction * Double(substeps) - Double(arrivalSubstep)) }
}
