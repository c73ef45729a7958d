import Drawing
import Lab
import Statistics

/// The desks of one scenario at one severity in figures, each with its interval; n where it differs from the paths run.
struct DeskTable: Sendable {
  private let desks: [DeskScene]
  private let page: PageBuilder
  /// Whether survival and mean returns of these desks stand in the decision table.
  private let isBrief: Bool
  /// Whether what recovery is stands under that one.
  private let definesRecovery: Bool
  private var summary: Summary { page.summary }

  /// A table of desks on a page, whose pages the rows lead to, and whose decision table is known.
  init(desks: [DeskScene], page: PageBuilder, criteria: CriteriaTable) {
    self.desks = desks
    self.page = page
    isBrief = criteria.tells(desks)
    definesRecovery = criteria.definesRecovery
  }

  /// A column: its heading and its cell.
  private struct Column: Sendable {
    let heading: String
    let cell: @Sendable (DeskScene) -> Cell
  }

  /// What stands in a cell: a value, and a small line under it.
  private struct Cell: Sendable {
    let value: String
    /// The interval; empty for none.
    var interval = ""

    var small: [Markup] { interval.isEmpty ? [] : [Markup("small", text: interval)] }
  }

  /// Measures of one number that the page tells in other places.
  private static let elsewhere: Set<String> = [
    Measures.RuinFromEvent().name, Measures.TimeSurvived().name, Measures.TimeImpaired().name,
    Measures.FilledShare().name, Measures.TimeUnderWater().name,
  ]

  /// The columns that compare at a glance.
  private var columns: [Column] {
    let hasCalm = desks.contains { $0.calm != nil && !$0.scenario.events.isEmpty }
    if summary.executes {
      return [column(Measures.ImplementationShortfall())] + (hasCalm ? [calmShortfall] : []) + [
        column(Measures.ShortfallRisk()), column(Measures.ShortfallTail()), column(Measures.Completion()),
        column(Measures.CostWithForcedSales(), otherwise: "nothing traded"), column(Measures.Survival()),
      ]
    }
    let figures = [column(Measures.Survival()), column(Measures.FinalReturnMean())] + (hasCalm ? [calmReturn] : [])
    return (isBrief ? [] : figures + [column(Measures.ExpectedShortfall()), medianDrawdown])
      + recovery + [
        column(Measures.CostWithForcedSales(), otherwise: "nothing traded"),
        Column(heading: "impact, of the cost without forced sales") {
          Self.cell($0.desk.measures[Measures.ImpactShare()], Measures.ImpactShare(), $0, otherwise: "nothing traded")
        },
      ]
  }

  /// The columns that fewer ask for: those chosen, and one for each measure of one number that stands nowhere else.
  private var furtherColumns: [Column] {
    let median = Measures.MedianRecovery()
    let shown: Set<String> = Self.elsewhere.union([
      Measures.ImplementationShortfall().name, Measures.ShortfallRisk().name, Measures.ShortfallTail().name,
      Measures.Completion().name,
      Measures.Survival().name, Measures.FinalReturnMean().name, Measures.ExpectedShortfall().name,
      Measures.Recovery().name, Measures.CostWithForcedSales().name, median.name, Measures.ExecutionCost().name,
      Measures.ImpactShare().name,
    ])
    let chosen =
      (isBrief ? [column(Measures.ExpectedShortfall()), medianDrawdown] : [medianRecovery]) + [
        column(Measures.ExecutionCost(), otherwise: "nothing traded"), column(Measures.FilledShare()),
        column(Measures.TimeUnderWater()),
      ]
    let further = Measures.catalogue.filter { measure in
      !shown.contains(measure.name) && !measure.isOfPerformance
        && desks.contains { $0.desk.measures.value(of: measure) is Estimate }
    }
    return chosen
      + further.map { measure in
        Column(heading: measure.heading) { scene in
          Self.cell(scene.desk.measures.value(of: measure) as? Estimate, measure, scene)
        }
      }
  }

  /// Recovery: how many paths had something to recover from, the share of these that was back by the horizon, the probability
  /// with ruin competing, and how long it took; where room is short in one column.
  private var recovery: [Column] {
    let measure = Measures.Recovery()
    let level = Unit.percent.text(summary.recovery.level.rawValue, resolution: 1)
    guard isBrief else {
      return [
        Column(heading: "recovery to \(level); back by the horizon, of those impaired") { scene in
          let estimate = scene.desk.recovery
          if estimate.n == 0 { return Cell(value: "none impaired") }
          var cell = Self.cell(estimate, measure, scene)
          cell.interval += " \(Self.count(scene.desk.recoveredPaths)) of \(Self.count(estimate.n))"
          return cell
        }
      ]
    }
    func column(_ heading: String, _ cell: @escaping @Sendable (DeskScene) -> Cell) -> Column {
      Column(heading: heading) { $0.desk.recovery.n == 0 ? Cell(value: "\u{2013}") : cell($0) }
    }
    // The probability stands in the decision table, and there is no room for it twice.
    if definesRecovery, let onsets { return onsets + [medianRecovery] }
    return [
      Column(heading: "paths impaired") {
        Cell(value: $0.desk.recovery.n == 0 ? "none" : Self.count($0.desk.recovery.n))
      },
      column("of these back at \(level) by the horizon") { Self.cell(RecoveryNote.bare($0), measure, $0) },
      column("probability to come back") { Self.cell($0.desk.recovery, measure, $0) }, medianRecovery,
    ]
  }

  /// Of impairments that begin while events act and of later ones how many there are, and which share was back by the horizon;
  /// nil where that is not told of all desks, or at several moments.
  private var onsets: [Column]? {
    let all = summary.impairmentOnsets ?? []
    let own = desks.map { scene in all.first { $0.desk == scene.desk.desk } }
    let boundaries = Set(own.map { $0?.boundarySeconds })
    guard boundaries.count == 1, let boundary = boundaries.first.flatMap(\.self),
      let unit = desks.first?.scenario.clock.unit
    else { return nil }
    func column(_ heading: String, _ share: @escaping @Sendable (ImpairmentOnsets) -> Estimate) -> Column {
      Column(heading: heading) { scene in
        guard let found = all.first(where: { $0.desk == scene.desk.desk }).map(share), found.n > 0 else {
          return Cell(value: "\u{2013}")
        }
        var cell = Self.cell(found, Measures.Recovery(), scene)
        cell.interval += " of \(Self.count(found.n))"
        return cell
      }
    }
    let moment = unit.text(boundary)
    return [column("impaired by \(moment): back", \.early), column("impaired later: back", \.late)]
  }

  /// How long recovery takes.
  private var medianRecovery: Column {
    let median = Measures.MedianRecovery()
    return Column(heading: median.title) { scene in
      if scene.desk.recovery.n == 0 { return Cell(value: "\u{2013}") }
      return Self.cell(scene.desk.medianRecoverySeconds, median, scene, otherwise: "not reached")
    }
  }

  /// How far a desk falls from its peak.
  private var medianDrawdown: Column {
    let drawdown = Measures.DrawdownQuantiles()
    return Column(heading: "median \(drawdown.title)") { Self.cell($0.desk.drawdown(0.5), drawdown, $0) }
  }

  private static func count(_ number: Int) -> String { Unit.decimal(Double(number), decimals: 0) }

  /// The mean return of the same desk on the same paths without the events.
  private var calmReturn: Column {
    let mean = Measures.FinalReturnMean()
    let event = desks.first?.scenario.eventWord ?? ""
    return Column(heading: "\(mean.title) without \(event)") { Self.cell($0.calm?.measures[mean], mean, $0) }
  }

  /// The mean shortfall of the same desk on the same paths without the events.
  private var calmShortfall: Column {
    let mean = Measures.ImplementationShortfall()
    let event = desks.first?.scenario.eventWord ?? ""
    return Column(heading: "\(mean.title) without \(event)") { Self.cell($0.calm?.measures[mean], mean, $0) }
  }

  /// The column of a measure of one number.
  private func column<M: Measure>(
    _ measure: M, otherwise: String = "not known"
  ) -> Column where M.Value == Estimate {
    Column(heading: measure.heading) { Self.cell($0.desk.measures[measure], measure, $0, otherwise: otherwise) }
  }

  /// An estimate and its interval, in a measure's unit.
  private static func cell(
    _ estimate: Estimate?, _ measure: any Measure, _ scene: DeskScene, otherwise: String = "not known"
  ) -> Cell {
    guard let estimate else { return Cell(value: "not run") }
    let unit = Unit(measure.unit, scene.scenario.clock)
    return Cell(
      value: estimate.valueText(unit, otherwise: otherwise),
      interval: estimate.value == nil ? "" : estimate.figuresText(unit))
  }

  private var intervals: String {
    let confidence = summary.run.confidence
    return "\(Unit.percent.tick(confidence, step: confidence)) intervals"
  }

  /// What the columns of recovery are.
  private var recoveryNote: String {
    guard isBrief, !summary.executes, desks.contains(where: { $0.desk.recovery.n > 0 }) else { return "" }
    let time = "time: from impairment to recovery, where half come back"
    guard !definesRecovery else { return "; impaired and back as in the answer; \(time)" }
    return
      "; impaired: at some close at \(summary.recovery.impairedText) of what it was before, or under; probability: with ruin competing, an "
      + "impairment that the horizon cuts short counted for as long as it is seen (Aalen–Johansen); \(time)"
  }

  /// The table, and the rest of the figures folded under it; on a narrow page each row becomes a card.
  var markup: [Markup] {
    let paths = Unit.decimal(Double(desks.first?.desk.survival.n ?? 0), decimals: 0)
    let caption =
      "n = \(paths) paths for each desk, the same paths for all, unless a cell says otherwise; in brackets \(intervals)"
    let first = table(columns, caption + recoveryNote)
    return [
      isBrief ? Markup("div", ["class": "decision figures"], [first]) : first,
      Markup(
        "details", [:],
        [Markup("summary", text: "Times, costs and shares of the same desks"), table(furtherColumns, caption)]),
    ]
  }

  private func table(_ columns: [Column], _ caption: String) -> Markup {
    CardTable(
      caption: caption, head: ["desk"] + columns.map(\.heading),
      rows: desks.map { scene in
        CardTable.Row(
          page.rowHeading([scene]),
          columns.map { column in
            let cell = column.cell(scene)
            return [Markup("span", [:], [.text(cell.small.isEmpty ? cell.value : "\(cell.value) ")] + cell.small)]
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

extension PageBuilder {
  /// The heading of a row for desks, each with its colour and the way to its page. A name may break before the risk profile; a
  /// long one breaks anywhere and gets room, so that it has few lines.
  func rowHeading(_ scenes: [DeskScene]) -> Markup {
    let names = scenes.enumerated().flatMap { index, scene in
      (index > 0 ? [Markup("br")] : []) + [Markup("span", ["class": "swatch \(scene.series)"]), link(scene.desk)]
    }
    return CardTable.Row.heading(names, isLong: scenes.contains { $0.name.count > 26 })
  }
}
