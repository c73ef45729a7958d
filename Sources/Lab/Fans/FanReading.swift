import Lanes
import Markets
import Statistics
import Trading

/// How the values of one series are read from a tile and its desks after a step.
struct FanReading: Sendable {
  let series: FanSeries
  let quantity: FanQuantity
  /// Index of the asset, or of the desk among those of its market.
  private let subject: Int

  init(_ series: FanSeries, firstDesk: Int) {
    self.series = series
    quantity = FanQuantities.quantity(series)
    subject = series.desk.map { $0 - firstDesk } ?? series.asset ?? 0
  }

  /// By what is multiplied what is read, before it is counted.
  var perScale: Double { 1 / series.scale * quantity.factor }

  /// Makes of values that were read what is counted.
  ///
  /// - Returns: by what it is multiplied still.
  func place(_ values: inout ContiguousArray<Lanes>) -> Double {
    guard series.reference != nil else { return perScale }
    for group in values.indices {
      let scaled = values[group] * perScale
      values[group] = Lanes { SymmetricLogarithm.place(of: scaled[$0]) }
    }
    return 1
  }

  /// What is counted of a relative quantity that was something else before the event.
  @inline(__always)
  func ratio(_ value: Double, to before: Double) -> Double {
    guard let reference = series.reference else { return value / before }
    return SymmetricLogarithm.place(of: 1 + (value - before) / reference)
  }

  /// Reads a value for each lane group.
  func read(_ tile: MarketTile, _ desks: [DeskTile], into values: inout ContiguousArray<Lanes>) {
    var span = values.mutableSpan
    switch quantity.reader {
    case .asset(let read): read(tile, subject, &span)
    case .desk(let read): read(desks[subject], tile, &span)
    }
  }
}
