import Lanes
import Markets
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

  /// Reads a value for each lane group.
  func read(_ tile: MarketTile, _ desks: [DeskTile], into values: inout ContiguousArray<Lanes>) {
    var span = values.mutableSpan
    switch quantity.reader {
    case .asset(let read): read(tile, subject, &span)
    case .desk(let read): read(desks[subject], tile, &span)
    }
  }
}
