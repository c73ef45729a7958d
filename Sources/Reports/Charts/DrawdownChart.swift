import Drawing
import Lab
import Statistics

/// How deep the desk's maximum drawdown is across paths: bars to the right, 0 on top, deeper further down.
struct DrawdownChart: Chart {
  private let scene: DeskScene

  /// The chart of a desk's maximum drawdown.
  init(_ scene: DeskScene) { self.scene = scene }

  private var frequencies: Frequencies { scene.desk.drawdownFrequencies }
  private var quantiles: [QuantileLine] { scene.desk.maximumDrawdownQuantiles }

  var title: String {
    let parts = quantiles.filter { $0.probability >= 0.5 }.map { line in
      "\(quantileName(line.probability)) \(line.estimate.text(.percent, otherwise: "not known"))"
    }
    return "\(scene.name): maximum drawdown, \(parts.joined(separator: "; "))"
  }
  var subtitle: String {
    let method = quantiles.first?.estimate.intervalName ?? ""
    return "Close-based, as a share of the running peak; n = "
      + "\(Unit.decimal(Double(frequencies.total), decimals: 0)) paths; \(method)"
  }
  var description: String { "Share of paths by how deep their maximum drawdown was." }
  var table: DataTable { frequencies.table("Maximum drawdown") }

  func draw(_ layout: Layout) -> Picture {
    let bars = frequencies.grouped(into: layout.isNarrow ? 15 : 20)
    let deepest = max(
      bars.last(where: { $0.share > 0 })?.upper ?? 0.1, quantiles.compactMap(\.estimate.value).max() ?? 0)
    let largest = max(bars.map(\.share).max() ?? 0, 0.01)
    var plot = Plot(
      layout.with(left: layout.left + 4, right: 106),
      x: .around([0, largest], "share of paths", unit: .percent),
      y: Axis("maximum drawdown", -max(deepest, 0.01)...0) { length in
        Axis.around([0, max(deepest, 0.01)], "", unit: .percent).ticks(length).filter { $0.value <= deepest }
          .map { Tick(-$0.value, $0.value == 0 ? $0.label : "\u{2212}\($0.label)") }
      })
    for bar in bars where bar.share > 0 && bar.lower < deepest {
      let top = plot.point(0, -bar.lower), bottom = plot.point(bar.share, -min(bar.upper, deepest))
      plot.histogramBar(
        top.x, top.y + 0.5, bottom.x - top.x, bottom.y - top.y - 1, style: "i \(scene.series)", note: bar.note)
    }
    // Of shallow ones a decimal tells the labels apart; of deep ones there is no room for it.
    let resolution = deepest < 0.1 ? max(0.0005, deepest / 20) : 0.06
    for line in quantiles where line.probability >= 0.5 {
      guard let value = line.estimate.value else { continue }
      plot.horizontalMark(-value, low: line.estimate.high.map { -$0 }, high: line.estimate.low.map { -$0 })
      plot.endLabel(
        "\(quantileName(line.probability)) \(Unit.percent.text(-value, resolution: resolution))", at: -value)
    }
    return plot.picture()
  }
}

/// A quantile's name: "median", "95th".
func quantileName(_ probability: Double) -> String {
  if probability == 0.5 { return "median" }
  let percent = probability * 100
  let text = Unit.decimal(percent, decimals: percent == percent.rounded() ? 0 : 1)
  let suffix = text.hasSuffix("1") && text != "11" ? "st" : text.hasSuffix("2") && text != "12" ? "nd" : "th"
  return text + suffix
}
