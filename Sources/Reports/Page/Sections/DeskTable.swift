import Drawing
import Lab
import Statistics

/// The desks of one scenario at one severity in figures, each with its interval; n where it differs from the paths run.
struct DeskTable: Sendable {
  private let desks: [DeskScene]
  private let summary: Summary

  /// A table of desks.
  init(desks: [DeskScene], summary: Summary) {
    self.desks = desks
    self.summary = summary
  }

  /// A column: its heading and its cell.
  private struct Column: Sendable {
    let heading: String
    let cell: @Sendable (DeskScene) -> Cell
  }

  /// What stands in a cell: a value, and small lines under it.
  private struct Cell: Sendable {
    let value: String
    /// The interval; empty for none.
    var interval = ""
    /// Whether the interval is words, which may take several lines.
    var isWords = false
    /// How many paths it is of, where that differs from the others.
    var count = ""

    var small: [Markup] {
      let bounds = interval.isEmpty ? [] : [Markup("small", isWords ? ["class": "said"] : [:], text: interval)]
      return bounds + (count.isEmpty ? [] : [Markup("small", text: count)])
    }
  }

  /// Measures of one number that the page tells in other places.
  private static let elsewhere: Set<String> = [
    Measures.RuinFromEvent().name, Measures.TimeSurvived().name, Measures.TimeImpaired().name,
    Measures.FilledShare().name, Measures.TimeUnderWater().name,
  ]

  /// The chosen columns, and one for each measure of one number that stands nowhere else.
  private var columns: [Column] {
    let hasCalm = desks.contains { $0.calm != nil && !$0.scenario.events.isEmpty }
    let level = Unit.percent.text(summary.recovery.level.rawValue, resolution: 1)
    let (recovery, median, drawdown) = (
      Measures.Recovery(), Measures.MedianRecovery(), Measures.DrawdownQuantiles()
    )
    var chosen: [(name: String, column: Column)] = [column(Measures.Survival())]
    if hasCalm { chosen.append(column(Measures.RuinFromEvent())) }
    chosen += [
      (
        recovery.name,
        Column(heading: "\(recovery.title) (to \(level))") { scene in
          let estimate = scene.desk.recovery
          if estimate.n == 0 { return Cell(value: "no path was impaired") }
          var cell = Self.cell(estimate, recovery, scene)
          cell.count = "n = \(Unit.decimal(Double(estimate.n), decimals: 0))"
          return cell
        }
      ),
      (
        median.name,
        Column(heading: median.title) { scene in
          if scene.desk.recovery.n == 0 { return Cell(value: "\u{2013}") }
          return Self.cell(scene.desk.medianRecoverySeconds, median, scene, otherwise: "not reached")
        }
      ),
      column(Measures.ExecutionCost(), otherwise: "nothing traded"),
      column(Measures.CostWithForcedSales(), otherwise: "nothing traded"),
      (
        drawdown.name,
        Column(heading: "median \(drawdown.title)") { Self.cell($0.desk.drawdown(0.5), drawdown, $0) }
      ),
      column(Measures.ExpectedShortfall()),
    ]
    chosen.append(column(Measures.FinalReturnMean()))
    let shown = Self.elsewhere.union(chosen.map(\.name))
    let further = Measures.catalogue.filter { measure in
      !shown.contains(measure.name) && desks.contains { $0.desk.measures.value(of: measure) is Estimate }
    }
    return chosen.map(\.column)
      + further.map { measure in
        Column(heading: measure.title) { scene in
          Self.cell(scene.desk.measures.value(of: measure) as? Estimate, measure, scene)
        }
      }
  }

  /// The column of a measure of one number.
  private func column<M: Measure>(
    _ measure: M, otherwise: String = "not known"
  ) -> (name: String, column: Column) where M.Value == Estimate {
    (
      measure.name,
      Column(heading: measure.title) { Self.cell($0.desk.measures[measure], measure, $0, otherwise: otherwise) }
    )
  }

  /// An estimate and its interval, in a measure's unit.
  private static func cell(
    _ estimate: Estimate?, _ measure: any Measure, _ scene: DeskScene, otherwise: String = "not known"
  ) -> Cell {
    guard let estimate else { return Cell(value: "not run") }
    let unit = Unit(measure.unit, scene.scenario.clock)
    return Cell(
      value: estimate.valueText(unit, otherwise: otherwise),
      interval: estimate.value == nil ? "" : estimate.intervalText(unit), isWords: estimate.evidenceText != nil)
  }

  /// The table; on a narrow page each row becomes a card.
  var markup: Markup {
    let columns = self.columns
    let paths = Unit.decimal(Double(desks.first?.desk.survival.n ?? 0), decimals: 0)
    return CardTable(
      caption: "n = \(paths) paths for each desk, the same paths for all, unless a cell says otherwise",
      head: ["desk"] + columns.map(\.heading),
      rows: desks.map { scene in
        CardTable.Row(
          scene.rowHeading,
          columns.map { column in
            let cell = column.cell(scene)
            return [Markup("span", [:], [.text(cell.value)] + cell.small)]
          })
      }
    ).markup
  }
}

extension DeskSummary {
  /// A quantile of maximum drawdown, nil where it was not estimated.
  func drawdown(_ probability: Double) -> Estimate? {
    maximumDrawdownQuantiles.first { abs($0.probability - probability) < 1e-9 }?.estimate
  }
}

extension DeskScene {
  /// The heading of the desk's row in a table, with its colour. The name may break before the risk profile; a long one
  /// breaks anywhere and gets room, so that it has few lines.
  var rowHeading: Markup {
    CardTable.Row.heading(
      [Markup("span", ["class": "swatch \(series)"]), .text(name.replacing("·\u{A0}", with: "· "))],
      isLong: name.count > 26)
  }
}
