import Drawing
import Lab

extension Plot {
  /// A strip of bars along the horizontal axis: the value bought upwards, the value sold downwards, in stretches of five
  /// user units; both sides to the same scale,
  /// which is of square roots, so that small trades show beside large ones.
  mutating func tradeStrip(_ trades: [Trade], top: Double, height: Double, series: String) {
    let width = 5.0
    let count = Int(layout.plotWidth / width) + 1
    var bought = [Double](repeating: 0, count: count), sold = bought
    for trade in trades {
      let bin = min(max(Int((point(trade.seconds, 0).x - layout.plotLeft) / width), 0), count - 1)
      let value = abs(trade.quantity * trade.price)
      if trade.quantity > 0 { bought[bin] += value } else { sold[bin] += value }
    }
    let middle = top + height / 2
    let largest = max(bought.max() ?? 0, sold.max() ?? 0)
    guard largest > 0 else { return }
    var bars = PathData()
    for bin in 0..<count {
      let x = layout.plotLeft + (Double(bin) + 0.5) * width
      let up = (bought[bin] / largest).squareRoot() * height / 2
      let down = (sold[bin] / largest).squareRoot() * height / 2
      if up + down > 0 { bars.append([Point(x, middle - up), Point(x, middle + down)]) }
    }
    let axis = PathData.line([Point(layout.plotLeft, middle), Point(layout.plotRight, middle)])
    add(Markup("path", ["class": "x", "d": axis]))
    add(Markup("path", ["class": "bars \(series)", "d": bars.text]))
    addLabel(text("bought", layout.plotLeft - 7, middle - 5, style: "t e"))
    addLabel(text("sold", layout.plotLeft - 7, middle + 14, style: "t e"))
  }
}
