import Trading

/// One path of one desk, step by step, with its trades.
package struct Trace: Codable, Sendable, Equatable {
  package let path: Int64
  /// Close of each step, in seconds since t = 0; the first is 0.
  package let seconds: [Double]
  /// Close per asset, in the assets' order; one value per entry of `seconds`.
  package let prices: [AssetSeries]
  /// Equity over starting equity at each close; frozen after ruin.
  package let equity: [Double]
  /// Units held per asset at each close.
  package let positions: [AssetSeries]
  package let trades: [Trade]
  package let markers: [Marker]
  /// What was drawn for this path, such as the crash's drop.
  package let parameters: [DrawnParameter]
  /// The path told in words.
  package let text: String

  package init(
    path: Int64, seconds: [Double], prices: [AssetSeries], equity: [Double], positions: [AssetSeries], trades: [Trade],
    markers: [Marker], parameters: [DrawnParameter], text: String
  ) {
    self.path = path
    self.seconds = seconds
    self.prices = prices
    self.equity = equity
    self.positions = positions
    self.trades = trades
    self.markers = markers
    self.parameters = parameters
    self.text = text
  }
}

/// Values of one asset along a trace.
package struct AssetSeries: Codable, Sendable, Equatable {
  package let asset: String
  package let values: [Double]

  package init(asset: String, values: [Double]) {
    self.asset = asset
    self.values = values
  }
}

/// A fill.
package struct Trade: Codable, Sendable, Equatable {
  /// Close of the step in which it filled, in seconds since t = 0.
  package let seconds: Double
  package let asset: String
  /// Units, negative when sold.
  package let quantity: Double
  /// Paid or received per unit, fees apart.
  package let price: Double
  /// Mid when it was decided; of a stop, its level.
  package let midAtDecision: Double
  /// Why it was made.
  package let reason: Fill.Reason

  package init(
    seconds: Double, asset: String, quantity: Double, price: Double, midAtDecision: Double, reason: Fill.Reason
  ) {
    self.seconds = seconds
    self.asset = asset
    self.quantity = quantity
    self.price = price
    self.midAtDecision = midAtDecision
    self.reason = reason
  }
}

/// A moment worth marking on a chart.
package struct Marker: Codable, Sendable, Equatable {
  package let seconds: Double
  /// Such as `crash starts` or `liquidated`.
  package let label: String

  package init(seconds: Double, label: String) {
    self.seconds = seconds
    self.label = label
  }
}

/// A number that the path drew for itself.
package struct DrawnParameter: Codable, Sendable, Equatable {
  /// JSON pointer in the scenario's file, such as `/events/crash/drop`.
  package let path: String
  package let value: Double

  package init(path: String, value: Double) {
    self.path = path
    self.value = value
  }
}
