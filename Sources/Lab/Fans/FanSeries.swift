/// A quantity that is counted at a fixed list of times, of one asset or one desk of a market: what becomes a fan chart.
struct FanSeries: Sendable, Hashable, Codable {
  /// The number in the store, unique in a run.
  let number: Int
  let market: Int
  /// The desk whose quantity it is; nil for an asset's.
  let desk: Int?
  /// Index of the asset whose quantity it is; nil for a desk's.
  let asset: Int?
  /// `FanQuantity.name`.
  let quantity: String
  /// Whether times count from the event's start on each path, rather than from t = 0.
  let isInEventTime: Bool
  /// What a value is divided by before it is counted.
  let scale: Double
  /// The starting price, where the price that it follows may be negative: it is counted by `SymmetricLogarithm` then.
  var reference: Double?
  /// The first of the series' slots, one for each time.
  let firstSlot: Int
  /// Trading time of each slot.
  let seconds: [Double]
}
