import Drawing
import Lab
import Statistics

/// What an agent's episodes came to while it learned.
struct TrainingReturnChart: Chart {
  private let scene: TrainedScene
  private let curve: LearningCurve

  /// Nil where there is nothing to draw.
  init?(_ scene: TrainedScene) {
    guard let curve = scene.record.learning, curve.steps.count > 1 else { return nil }
    self.scene = scene
    self.curve = curve
  }

  var title: String {
    guard let first = curve.meanReturn.first, let last = curve.meanReturn.last else { return "" }
    return
      "While it learned, \(scene.name) went from \(Unit.number.text(first)) to \(Unit.number.text(last)) an episode"
  }
  var subtitle: String {
    let episodes = curve.episodes.reduce(0, +)
    return "Mean sum of rewards of an episode, exploring; \(Unit.decimal(Double(episodes), decimals: 0)) episodes of "
      + "\(Unit.decimal(Double(curve.updates), decimals: 0)) updates, neighbouring ones taken together; one training"
  }
  var description: String { "The mean return of the episodes of training against environment steps: a line." }

  private var rows: [Int] { DataTable.thinned(curve.steps.count) }

  var table: DataTable {
    DataTable(
      ["Steps", "mean return", "episodes"],
      rows.map {
        [StepCount.text(curve.steps[$0]), Unit.number.text(curve.meanReturn[$0]), "\(curve.episodes[$0])"]
      })
  }

  func draw(_ layout: Layout) -> Picture {
    var plot = Plot(
      layout, x: StepCount.axis(to: curve.steps.last ?? 1),
      y: .around(curve.meanReturn, "mean return of an episode", headroom: 0.08))
    plot.level(0)
    plot.line(curve.steps, curve.meanReturn, style: "m \(scene.series)")
    if let last = curve.meanReturn.last {
      plot.endLabel(Unit.number.text(last), at: last, series: scene.series)
    }
    return plot.picture(crosshair: rows.map { curve.steps[$0] })
  }
}
