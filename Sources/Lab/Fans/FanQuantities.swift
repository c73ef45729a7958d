/// Every quantity that becomes a fan. A new one is one file and one line here.
package enum FanQuantities {
  /// Counted for each asset of a market, in the order of their series.
  package static let ofAssets: [FanQuantity] = [
    .price, .priceThroughEvent, .halfSpread, .depth, .volume, .range,
  ]

  /// Counted for each desk, in the order of their series.
  package static let ofDesks: [FanQuantity] = [.equity, .leverage]

  /// The quantity of a series; nil where another version of this program has counted it.
  static func known(_ series: FanSeries) -> FanQuantity? {
    (series.desk == nil ? ofAssets : ofDesks).first { $0.name == series.quantity }
  }

  /// The quantity of a series of this program's own.
  static func quantity(_ series: FanSeries) -> FanQuantity {
    guard let quantity = known(series) else {
      preconditionFailure("Invariant: a series counts a quantity of the catalogue")
    }
    return quantity
  }
}
