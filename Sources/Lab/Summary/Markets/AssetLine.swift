/// An asset of a scenario.
package struct AssetLine: Codable, Sendable, Equatable {
  /// Its name in the scenario.
  package let name: String
  /// At t = 0, in quote currency.
  package let price: Double
  /// The catalogue's name of its price process, such as `gbm`; `history` for recorded prices.
  package let process: String

  /// A run makes it from the scenario's file.
  package init(name: String, price: Double, process: String) {
    self.name = name
    self.price = price
    self.process = process
  }
}
