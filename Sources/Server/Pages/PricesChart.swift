import Drawing
import MarketData
import Statistics

/// The closes of recorded bars.
struct PricesChart: Chart {
  private let name: String
  /// Seconds since 1970, evenly taken.
  private let times, closes: [Double]
  private let count: Int

  /// The most points that are drawn.
  private static let most = 4000

  /// Nil for fewer than two bars.
  init?(_ name: String, _ series: BarSeries) {
    guard series.count > 1 else { return nil }
    self.name = name
    count = series.count
    let places = DataTable.thinned(series.count, most: Self.most)
    times = places.map { Double(series.time[$0]) / 1000 }
    closes = places.map { series.close[$0] }
  }

  var title: String {
    let change = closes[closes.count - 1] / closes[0] - 1
    return "\(name) went from \(Unit.price(closes[0])) to \(Unit.price(closes[closes.count - 1])), "
      + (change < 0 ? "down " : "up ") + Unit.percent.text(abs(change), resolution: 0.001)
  }
  var subtitle: String {
    "Closes of \(Unit.decimal(Double(count), decimals: 0)) bars"
      + (count > closes.count ? "; \(Unit.decimal(Double(closes.count), decimals: 0)) of them are drawn" : "")
  }
  var description: String { "Closing prices against time: a line." }

  private var rows: [Int] { DataTable.thinned(closes.count) }

  var table: DataTable {
    DataTable(["Time", "close"], rows.map { [Self.day(times[$0]), Unit.price(closes[$0])] })
  }

  func draw(_ layout: Layout) -> Picture {
    let (first, last) = (times[0], times[times.count - 1])
    var plot = Plot(
      layout,
      x: Axis("", first...last) { length in
        let count = max(2, Int(length / 110))
        return (0...count).map { place in
          let time = first + (last - first) * Double(place) / Double(count)
          return Tick(time, Self.day(time))
        }
      },
      y: .around(closes, "close", mayBeLogarithmic: true, headroom: 0.08) { Unit.number.tick($0, step: $1) })
    plot.line(times, closes, style: "m s1")
    plot.endLabel(Unit.price(closes[closes.count - 1]), at: closes[closes.count - 1], series: "s1")
    return plot.picture(crosshair: rows.map { times[$0] })
  }

  private static func day(_ seconds: Double) -> String {
    String(Timestamp.text(milliseconds: Int64(seconds * 1000)).prefix(10))
  }
}
