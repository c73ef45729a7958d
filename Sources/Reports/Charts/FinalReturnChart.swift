import Drawing
import Lab
import Statistics

/// How the desk's return over the whole horizon is spread across paths.
struct FinalReturnChart: Chart {
  private let scene: DeskScene

  /// The chart of a desk's final return.
  init(_ scene: DeskScene) { self.scene = scene }

  private var frequencies: Frequencies { scene.desk.finalReturnFrequencies }

  var title: String {
    "\(scene.name): mean return \(scene.desk.finalReturnMean.text(.percent, otherwise: "not known")); \(tail)"
  }

  /// What the worst twentieth of the paths does; it may gain.
  private var tail: String {
    let loss = scene.desk.expectedShortfall
    guard let value = loss.value else {
      return "the mean of the worst 5\u{A0}% of paths: \(loss.text(.percent, otherwise: "not known"))"
    }
    if value >= 0 { return "the worst 5\u{A0}% of paths lose \(loss.text(.percent)) on average" }
    return "even the worst 5\u{A0}% of paths gain \(Unit.percent.text(-value, resolution: 0.005)) on average"
  }
  var subtitle: String {
    "Final equity, net of closing out, over starting equity, less one; n = "
      + "\(Unit.decimal(Double(frequencies.total), decimals: 0)) paths; mean: \(scene.desk.finalReturnMean.intervalName)"
  }
  var description: String { "Share of paths by their return." }
  var table: DataTable { frequencies.table("Return") }

  func draw(_ layout: Layout) -> Picture {
    let bars = frequencies.grouped(into: layout.isNarrow ? 20 : 30)
    let low = bars.first?.lower ?? -0.01, high = bars.last?.upper ?? 0.01
    let margin = max(0.02 * (high - low), 1e-4)
    var plot = Plot(
      layout.with(right: 24),
      x: Axis("return over the horizon", min(low, 0) - margin...max(high, 0) + margin) { length in
        Axis.around([low, high], "", unit: .percent).ticks(length * 0.7)
          .filter { $0.value >= min(low, 0) - margin && $0.value <= max(high, 0) + margin }
      },
      y: .around([0, bars.map(\.share).max() ?? 0.01], "share of paths", unit: .percent, headroom: 0.25))
    for bar in bars where bar.share > 0 {
      let top = plot.point(bar.lower, bar.share), bottom = plot.point(bar.upper, 0)
      plot.histogramBar(
        top.x + 0.5, top.y, bottom.x - top.x - 1, bottom.y - top.y, style: "i \(scene.series)", note: bar.note)
    }
    if let shortfall = scene.desk.expectedShortfall.value {
      plot.verticalMark(
        -shortfall, low: scene.desk.expectedShortfall.high.map { -$0 },
        high: scene.desk.expectedShortfall.low.map { -$0 }, label: "worst 5\u{A0}%, mean")
    }
    for line in scene.desk.finalReturnQuantiles where line.probability == 0.5 {
      guard let value = line.estimate.value else { continue }
      plot.verticalMark(value, low: line.estimate.low, high: line.estimate.high, label: "median")
    }
    if let mean = scene.desk.finalReturnMean.value {
      plot.verticalMark(mean, low: scene.desk.finalReturnMean.low, high: scene.desk.finalReturnMean.high, label: "mean")
    }
    return plot.picture()
  }
}
