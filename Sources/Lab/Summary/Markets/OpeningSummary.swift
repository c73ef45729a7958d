import Markets
import Trading

/// What the account of every desk of a scenario holds at t = 0.
package struct OpeningSummary: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// In quote currency, positions included.
  package let startEquity: Double
  /// What is not in positions; negative where it is borrowed.
  package let cash: Double
  /// In the order of the assets; those that are held.
  package let positions: [Position]

  /// A position.
  package struct Position: Codable, Sendable, Equatable {
    /// The asset's name.
    package let asset: String
    /// Signed, in the asset's units.
    package let quantity: Double
    /// What a unit was bought or sold at, in quote currency.
    package let entryPrice: Double
    /// What a unit is worth at t = 0, likewise.
    package let price: Double

    /// Signed, in quote currency.
    package var value: Double { quantity * price }
    /// What it has gained since it was opened, likewise.
    package var gain: Double { quantity * (price - entryPrice) }
  }

  /// The sum of the positions' sizes, in quote currency.
  package var gross: Double { positions.reduce(0) { $0 + abs($1.value) } }

  /// Of a market of a scenario; nil where all is cash.
  init?(scenario: String, _ market: MarketDescription, _ terms: DeskTerms) {
    guard !terms.opening.isEmpty else { return nil }
    let positions = zip(zip(market.assets, market.initialPrices), terms.opening).compactMap { asset, held in
      held.quantity == 0
        ? nil : Position(asset: asset.0, quantity: held.quantity, entryPrice: held.entryPrice, price: asset.1)
    }
    self.scenario = scenario
    startEquity = terms.startEquity
    cash = terms.startEquity - positions.reduce(0) { $0 + $1.value }
    self.positions = positions
  }
}
