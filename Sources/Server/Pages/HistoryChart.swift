import Documents
import Drawing
import Statistics
import Tracking

/// A figure of a training, update by update.
struct HistoryChart: Chart {
  /// The figure's name for people, and what it measures.
  let name, meaning: String
  private let steps, values: [Double]

  /// Nil where there are fewer than two finite values.
  init?(_ name: String, _ meaning: String, _ points: [MetricPoint]) {
    let finite = points.filter(\.value.isFinite)
    guard finite.count > 1 else { return nil }
    (self.name, self.meaning) = (name, meaning)
    (steps, values) = (finite.map { Double($0.step) }, finite.map(\.value))
  }

  var title: String {
    "\(name.prefix(1).uppercased() + name.dropFirst()) went from \(Unit.number.text(values[0])) to "
      + Unit.number.text(values[values.count - 1])
  }
  var subtitle: String { "\(meaning); \(values.count) values on record" }
  var description: String { "\(name) against updates: a line." }

  private var rows: [Int] { DataTable.thinned(values.count) }

  var table: DataTable {
    DataTable(["Update", name], rows.map { ["\(Int(steps[$0]))", Unit.number.text(values[$0])] })
  }

  /// What the axis counts in: figures of millionths would fill it with zeros.
  private var scale: (factor: Double, name: String) {
    let largest = values.map(abs).max() ?? 0
    return largest > 0 && largest < 1e-3 ? (1e6, "\(name), millionths") : (1, name)
  }

  func draw(_ layout: Layout) -> Picture {
    let last = max(steps.last ?? 1, 1)
    let (factor, axis) = scale
    let values = values.map { $0 * factor }
    var plot = Plot(
      layout,
      x: Axis("updates", 0...last) { length in
        NiceTicks.linear(0...last, most: max(3, Int(length / 80))).values.filter { $0 == $0.rounded() }.map {
          Tick($0, Unit.decimal($0, decimals: 0))
        }
      },
      y: .around(values, axis, headroom: 0.08) { Unit.number.tick($0, step: $1) })
    plot.level(0)
    plot.line(steps, values, style: "m s1")
    plot.endLabel(Unit.number.text(values[values.count - 1]), at: values[values.count - 1], series: "s1")
    return plot.picture(crosshair: rows.map { steps[$0] })
  }
}

/// How a training went, from its record.
enum LearningCharts {
  private static let leading = [
    ("meanReturn", "mean return of an episode", "Mean sum of rewards of an episode, exploring"),
    ("validation", "validation", "On paths that nothing is learned from; the best of several flatters by its luck"),
  ]
  private static let others = [
    ("approximateKL", "divergence", "Approximate KL divergence of an update’s policy from the one before"),
    ("entropy", "entropy", "Entropy of the policy: how much it still explores"),
    ("clipFraction", "clipped share", "Share of samples whose ratio of probabilities was clipped"),
    ("explainedVariance", "explained variance", "How much of the returns the value function explains"),
    ("valueLoss", "value loss", "Squared error of the value function"),
  ]

  /// The charts of a training; none where nothing is on record.
  static func markup(of run: String, _ details: RunDetails, _ folder: TrackingFolder?) throws -> [Markup] {
    guard let folder, let store = try TrackingStore.read(folder) else { return [] }
    // Of windows that roll over recorded bars the first stands for all; the record has the others.
    let isRolling = details.latest["meanReturn"] == nil && details.latest["window-1/meanReturn"] != nil
    var number = 0
    func charts(_ figures: [(String, String, String)]) throws -> [Markup] {
      try figures.compactMap { key, name, meaning in
        let key = isRolling ? "window-1/\(key)" : key
        guard let chart = HistoryChart(name, meaning, try store.history(of: key, in: run)) else { return nil }
        number += 1
        return .figure(chart, id: "curve-\(number)", number: number)
      }
    }
    let (first, more) = (try charts(leading), try charts(others))
    try store.close()
    var content = first.isEmpty ? [] : [Markup("div", ["class": "grid"], first)]
    if isRolling, !content.isEmpty { content.insert(.note("Of its first window."), at: 0) }
    if !more.isEmpty {
      content.append(.folded("Divergence, entropy and more", [Markup("div", ["class": "grid"], more)]))
    }
    return content
  }
}
