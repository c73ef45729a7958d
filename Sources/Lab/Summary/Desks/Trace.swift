/// One path of one desk, step by step, with its trades.
package struct Trace: Codable, Sendable, Equatable {
  /// Number of the path.
  package let path: Int64
  /// Close of each step in seconds of trading time since t = 0; the first is 0, the last the horizon. From 4,000 steps
  /// on only each second, third or further one is here.
  package let seconds: [Double]
  /// Close per asset, in the assets' order; one value per entry of `seconds`.
  package let prices: [AssetSeries]
  /// Equity over starting equity at each close; frozen after ruin, and at the horizon net of closing out.
  package let equity: [Double]
  /// Units held per asset at each close.
  package let positions: [AssetSeries]
  /// All fills from t = 0 to the horizon, in the order of time.
  package let trades: [Trade]
  /// Starts of events, and ruin, in the order of time.
  package let markers: [Marker]
  /// What was drawn for this path, such as the crash's drop.
  package let parameters: [DrawnParameter]
  /// What moved the equity from start to end, the largest first; they add up to what it changed. Nil in a file that does
  /// not say it.
  package let equityParts: [EquityPart]?
  /// The five steps that changed equity most, or fewer, in the order of time. Nil in a file that does not say it.
  package let largestSteps: [EquityMove]?
  /// Of the stretches from a step with fills to the next, the five that changed equity most, or fewer, in the order of time:
  /// with what the fills cost and what became of the position that they left. Likewise.
  package let holdings: [EquityMove]?
  /// Where trading in an asset stood still, in the order of time; nil where no event can halt it, or in a file that does not
  /// say it.
  package let halts: [HaltSpan]?
  /// Orders that arrived in a halt, of which nothing was filled; each arrived within one of `halts`, or in the step that
  /// ends where it begins or begins where it ends. Likewise.
  package let heldBack: Int?
  /// The path told in words.
  package let text: String

  /// Made when the path is replayed; every series has a value for each entry of `seconds`.
  package init(
    path: Int64, seconds: [Double], prices: [AssetSeries], equity: [Double], positions: [AssetSeries], trades: [Trade],
    markers: [Marker], parameters: [DrawnParameter], equityParts: [EquityPart]? = nil,
    largestSteps: [EquityMove]? = nil, holdings: [EquityMove]? = nil, halts: [HaltSpan]? = nil, heldBack: Int? = nil,
    text: String
  ) {
    self.path = path
    self.seconds = seconds
    self.prices = prices
    self.equity = equity
    self.positions = positions
    self.trades = trades
    self.markers = markers
    self.parameters = parameters
    self.equityParts = equityParts
    self.largestSteps = largestSteps
    self.holdings = holdings
    self.halts = halts
    self.heldBack = heldBack
    self.text = text
  }
}

/// Values of one asset along a trace.
package struct AssetSeries: Codable, Sendable, Equatable {
  /// The asset's name.
  package let asset: String
  /// Prices in quote currency, or units held, as the trace's property says.
  package let values: [Double]

  /// One value per entry of the trace's `seconds`.
  package init(asset: String, values: [Double]) {
    self.asset = asset
    self.values = values
  }
}

/// A time in which trading in an asset stood still, from close to open of steps; of a halt within a step, the step.
package struct HaltSpan: Codable, Sendable, Equatable {
  /// The asset's name.
  package let asset: String
  /// The close of the step in which it was called, in seconds of trading time since t = 0.
  package let from: Double
  /// The open of the step in which it is traded again, likewise; the horizon where it never is.
  package let to: Double

  /// Made when the path is replayed.
  package init(asset: String, from: Double, to: Double) {
    self.asset = asset
    self.from = from
    self.to = to
  }
}

/// A moment worth marking on a chart.
package struct Marker: Codable, Sendable, Equatable {
  /// Trading time since t = 0, in seconds; of ruin, the close of its step.
  package let seconds: Double
  /// Such as `crash starts` or `liquidated`.
  package let label: String

  /// Made when the path is replayed.
  package init(seconds: Double, label: String) {
    self.seconds = seconds
    self.label = label
  }
}

/// A number that the path drew for itself.
package struct DrawnParameter: Codable, Sendable, Equatable {
  /// JSON pointer in the scenario's file, such as `/events/crash/drop`.
  package let path: String
  /// In the unit that the scenario's file has there; a duration in seconds.
  package let value: Double
  /// What it counts, in words; nil of a pure number, of a duration, and in a file that does not say it.
  package let unit: String?
  /// Whether it is a duration; nil in a file that does not say it.
  package let isDuration: Bool?

  /// Made when the path is replayed.
  package init(path: String, value: Double, unit: String? = nil, isDuration: Bool? = nil) {
    self.path = path
    self.value = value
    self.unit = unit
    self.isDuration = isDuration
  }
}
