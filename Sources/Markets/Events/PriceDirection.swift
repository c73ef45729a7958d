import Documents
import Randomness

/// Which way an event moves prices.
package enum PriceDirection: String, Codable, Sendable, Hashable {
  /// On all paths and assets down.
  case down
  /// On all paths and assets up.
  case up
  /// On some up and on others down.
  case either

  /// Of a signed change of price, of those that catch it, and of those that move with the market.
  init(change: Draw, _ contagion: Named<Contagion>, _ marketBetas: Named<Double>) {
    let own: Self = change.lowerBound >= 0 ? .up : change.upperBound <= 0 ? .down : .either
    let goesAgainst =
      contagion.values.contains { $0.beta.lowerBound < 0 }
      || marketBetas.contains { $0.value < 0 && contagion[$0.name] == nil }
    self = goesAgainst ? .either : own
  }

  /// Of several events of which one happens; nil for none.
  init?(_ directions: [PriceDirection]) {
    guard let first = directions.first else { return nil }
    self = directions.allSatisfy { $0 == first } ? first : .either
  }
}
