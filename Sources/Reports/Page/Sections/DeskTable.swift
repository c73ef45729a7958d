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
    let cell: @Sendable (DeskScene) -> [String]
  }

  private var columns: [Column] {
    let hasCalm = desks.contains { $0.calm != nil }
    let level = Unit.percent.text(summary.recovery.level, resolution: 1)
    let plain = { @Sendable (estimate: Estimate?, unit: Unit, otherwise: String) -> [String] in
      guard let estimate else { return ["not run"] }
      return [estimate.valueText(unit, otherwise: otherwise), estimate.value == nil ? "" : estimate.intervalText(unit)]
    }
    var columns = [Column(heading: "survival") { plain($0.desk.survival, .percent, "not known") }]
    if hasCalm {
      columns.append(
        Column(heading: "ruin from the event alone") { plain($0.desk.ruinFromEvent, .percent, "not known") })
    }
    columns += [
      Column(heading: "recovery to \(level), if impaired") { scene in
        let recovery = scene.desk.recovery
        if recovery.n == 0 { return ["no path was impaired"] }
        return plain(recovery, .percent, "not known") + ["n = \(Unit.decimal(Double(recovery.n), decimals: 0))"]
      },
      Column(heading: "median time to it") { scene in
        if scene.desk.recovery.n == 0 { return ["\u{2013}"] }
        return plain(scene.desk.medianRecoverySeconds, scene.scenario.clock.unit, "not reached")
      },
      Column(heading: "execution cost, of traded notional") {
        plain($0.desk.executionCostBps, .basisPoints, "nothing traded")
      },
      Column(heading: "median drawdown") { scene in
        plain(scene.desk.drawdown(0.5), .percent, "not known")
      },
      Column(heading: "mean loss, worst 5\u{A0}%") { plain($0.desk.expectedShortfall, .percent, "not known") },
    ]
    if !hasCalm {
      columns.append(Column(heading: "mean return") { plain($0.desk.finalReturnMean, .percent, "not known") })
    }
    return columns
  }

  /// The table; on a narrow page each row becomes a card.
  var markup: Markup {
    let columns = self.columns
    let head =
      [Markup("th", ["scope": "col", "role": "columnheader"], text: "desk")]
      + columns.map { Markup("th", ["scope": "col", "role": "columnheader"], text: $0.heading) }
    let rows = desks.map { scene in
      Markup(
        "tr", ["role": "row"],
        [
          Markup(
            "th", ["scope": "row", "role": "rowheader"],
            [Markup("span", ["class": "swatch \(scene.series)"]), .text(scene.name)])
        ]
          + columns.map { column in
            let lines = column.cell(scene)
            let small = lines.dropFirst().filter { !$0.isEmpty }.map { Markup("small", text: $0) }
            return Markup(
              "td", ["role": "cell", "data-label": column.heading],
              [Markup("span", [:], [.text(lines[0])] + small)])
          })
    }
    let paths = Unit.decimal(Double(desks.first?.desk.survival.n ?? 0), decimals: 0)
    return Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", ["class": "cards", "role": "table"],
          [
            Markup(
              "caption", text: "n = \(paths) paths for each desk, the same paths for all, unless a cell says otherwise"),
            Markup("thead", ["role": "rowgroup"], [Markup("tr", ["role": "row"], head)]),
            Markup("tbody", ["role": "rowgroup"], rows),
          ])
      ])
  }
}

extension DeskSummary {
  /// A quantile of maximum drawdown, nil where it was not estimated.
  func drawdown(_ probability: Double) -> Estimate? {
    figures.maximumDrawdownQuantiles.first { abs($0.probability - probability) < 1e-9 }?.estimate
  }
}
