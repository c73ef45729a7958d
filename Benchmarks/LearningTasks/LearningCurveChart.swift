import Drawing
import Learning
import Statistics

/// What an agent earned as it learned, one line for each training seed and their median.
package struct LearningCurveChart: Chart {
  private let name: String
  private let trainings: [[UpdateRecord]]
  private let best: Double?
  private let measure: Measure

  /// What is shown of each update.
  package enum Measure: Sendable {
    /// Mean reward of a step.
    case reward
    /// Mean return of the episodes that ended.
    case episodeReturn

    fileprivate func value(_ record: UpdateRecord) -> Double {
      switch self {
      case .reward: record.meanReward
      case .episodeReturn: record.meanReturn ?? .nan
      }
    }

    fileprivate var title: String {
      switch self {
      case .reward: "mean reward of a step"
      case .episodeReturn: "mean return of an episode"
      }
    }
  }

  /// The chart of some trainings of the same task, of the same number of updates; nil where there is nothing to draw.
  ///
  /// - Parameters:
  ///   - name: of the task.
  ///   - trainings: the records of each seed.
  ///   - best: the best that can be reached, where that is known.
  package init?(_ name: String, _ trainings: [[UpdateRecord]], measure: Measure, best: Double? = nil) {
    guard let updates = trainings.map(\.count).min(), updates > 1 else { return nil }
    self.name = name
    self.trainings = trainings.map { Array($0.prefix(updates)) }
    self.measure = measure
    self.best = best
  }

  private var steps: [Double] { trainings[0].map { Double($0.steps) } }

  /// Each update averaged with its neighbours: a rollout is a small sample.
  private func smooth(_ records: [UpdateRecord]) -> [Double] {
    let values = records.map { measure.value($0) }
    let reach = max(1, values.count / 60)
    return values.indices.map { index in
      let near = values[max(0, index - reach)...min(values.count - 1, index + reach)].filter(\.isFinite)
      return near.isEmpty ? .nan : near.reduce(0, +) / Double(near.count)
    }
  }

  private var curves: [[Double]] { trainings.map { smooth($0) } }

  private func median(_ curves: [[Double]]) -> [Double] {
    steps.indices.map { index in
      let values = curves.map { $0[index] }.filter(\.isFinite).sorted()
      return values.isEmpty ? .nan : (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
    }
  }

  package var title: String {
    let end = median(curves).last { $0.isFinite } ?? .nan
    let seeds = trainings.count == 1 ? "one training" : "the median of \(trainings.count) trainings"
    return "\(name): \(seeds) ends at \(Self.text(end))" + (best.map { ", the best is \(Self.text($0))" } ?? "")
  }

  private static func text(_ value: Double) -> String { value == 0 ? "0" : Unit.number.text(value) }

  package var subtitle: String {
    "\(measure.title.prefix(1).uppercased() + measure.title.dropFirst()) while exploring, averaged over neighbouring "
      + "updates; thin: each seed, thick: their median; n = \(trainings.count)"
  }

  package var description: String { "\(measure.title) against environment steps, for each training seed." }

  private var rows: [Int] { DataTable.thinned(steps.count) }

  package var table: DataTable {
    let (curves, steps) = (curves, steps)
    let middle = median(curves)
    return DataTable(
      ["Steps", "median"] + curves.indices.map { "seed \($0 + 1)" },
      rows.map { row in
        ["\(Int(steps[row]))"] + ([middle] + curves).map { $0[row].isFinite ? Unit.number.text($0[row]) : "–" }
      })
  }

  package func draw(_ layout: Layout) -> Picture {
    let (curves, steps) = (curves, steps)
    let middle = median(curves)
    let last = steps.last ?? 1
    var plot = Plot(
      layout,
      x: Axis("environment steps", 0...last) { length in
        NiceTicks.linear(0...last, most: max(3, Int(length / 90))).values.map { Tick($0, Self.count($0)) }
      },
      y: .around(curves.joined() + (best.map { [$0] } ?? []), measure.title, headroom: 0.08) {
        Unit.number.tick($0, step: $1)
      })
    for curve in curves { plot.line(steps, curve, style: "p s1") }
    plot.line(steps, middle, style: "m s1")
    if let best {
      plot.level(best)
      plot.endLabel("best \(Self.text(best))", at: best)
    }
    if let end = middle.last(where: \.isFinite) {
      plot.endLabel(Self.text(end), at: end, series: "s1")
    }
    return plot.picture(crosshair: rows.map { steps[$0] })
  }

  /// A number of steps, short.
  private static func count(_ value: Double) -> String {
    if value >= 1e6 {
      return Unit.decimal(value / 1e6, decimals: value.truncatingRemainder(dividingBy: 1e6) == 0 ? 0 : 1) + "M"
    }
    return value >= 1e3 ? Unit.decimal(value / 1e3, decimals: 0) + "k" : "\(Int(value))"
  }
}
