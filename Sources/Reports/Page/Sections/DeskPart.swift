import Drawing
import Lab
import Statistics
import Trading

/// One desk: what became of it in words, and its charts.
struct DeskPart: PageSection {
  private let scene: DeskScene
  private let suffix: String

  /// The part of a desk.
  init(desk: DeskScene, suffix: String) {
    scene = desk
    self.suffix = suffix
  }

  func body(_ page: inout PageBuilder) -> [Markup] {
    let desk = scene.desk
    let words = [scene.scenario.name, severityWord(desk.severity), desk.agent, desk.risk]
    var parts = [
      page.heading(3, "\(scene.name)\(suffix)", words.joined(separator: " ")),
      Markup("p", text: fate), Markup("p", text: trading),
    ]
    // A desk that never traded has nothing to draw.
    if desk.executionCostBps.value == nil && desk.survival.value == 1 { return parts }
    var wishes: [PageBuilder.Wish] = []
    var worst: [PageBuilder.Wish] = []
    for entry in ChartCatalogue.desk {
      guard let chart = entry.make(scene) else { continue }
      let wish = PageBuilder.Wish(chart: chart, words: words + [entry.name], rank: entry.rank)
      if chart is WorstPathChart {
        worst = [
          PageBuilder.Wish(
            chart: chart, words: wish.words, rank: entry.rank, isWide: true,
            isOpen: chart.table.rows.count <= 12)
        ]
        continue
      }
      wishes.append(wish)
      // The same desk without the event stands beside the first chart.
      if entry.name == ChartCatalogue.desk.first?.name, let calm = scene.calm,
        let chart = entry.make(page.scene(calm, scene.scenario))
      {
        wishes.append(
          PageBuilder.Wish(chart: chart, words: wish.words + ["without-the-event"], rank: .usual))
      }
    }
    parts += page.grid(wishes)
    if let trace = desk.worstPath, !worst.isEmpty {
      parts += [Markup("h4", text: "The worst path of \(scene.name)"), Markup("p", text: trace.text)]
      parts += page.grid(
        ChartCatalogue.worstPath.compactMap { entry in
          entry.make(scene).map {
            PageBuilder.Wish(chart: $0, words: words + [entry.name], rank: entry.rank, isWide: true)
          }
        })
      parts += EquityMovesStory(scene)?.markup ?? []
      if let drawn = drawn(trace) { parts.append(drawn) }
      parts += page.grid(worst)
    }
    return parts
  }

  /// Survival, causes of ruin, and what becomes of those that fell.
  private var fate: String {
    let desk = scene.desk
    let unit = scene.scenario.clock.unit
    var text = "It survives \(desk.survival.text(.percent, otherwise: "an unknown share")) of paths"
    let causes = desk.ruinCauses.filter { ($0.share.value ?? 0) > 0 }
    if causes.isEmpty {
      text += "; no path was ruined."
    } else {
      text += "; ruined "
      text += causes.map { "\(causeName($0.cause)) on \($0.share.text(.percent))" }.joined(separator: ", ") + "."
    }
    text += timeSurvived
    guard desk.severity > 0 else { return text }
    if desk.recovery.n == 0 { return text + " No path was impaired, so there is nothing to recover from." }
    let states = desk.recoveryStates
    return text
      + " Of all paths, \(states.unimpaired.text(.percent)) were never impaired, \(states.recovered.text(.percent)) "
      + "recovered, \(states.ruined.text(.percent)) were ruined before they could, and "
      + "\(states.unresolved.text(.percent)) were neither by the horizon. Impaired paths stay so for "
      + "\(desk.expectedTimeImpairedSeconds.text(unit, otherwise: "an unknown time")) on average, until recovery, ruin or "
      + "the horizon."
  }

  /// The mean time within the horizon, in which survivors count with all of it, and when half of the ruined were ruined:
  /// no path need live as long as the mean.
  private var timeSurvived: String {
    let (unit, horizon) = (scene.scenario.clock.unit, scene.scenario.clock.horizonSeconds)
    let time = scene.desk.timeSurvivedSeconds
    guard let mean = time.value else { return "" }
    let curve = scene.desk.survivalCurve
    guard mean < horizon, let end = curve.value.last, end < 1 else { return "" }
    var text =
      " Within the horizon of \(unit.text(horizon)) the mean time survived is "
      + Duration.within(mean, horizon, unit: unit)
    let interval = time.intervalText(unit)
    text += (interval.isEmpty ? "" : " \(interval)") + (end > 0 ? ", survivors counted with all of it" : "")
    // Half of the ruined: the curve is known at its points, and at this one that many are.
    if let half = zip(curve.seconds, curve.value).first(where: { $1 <= (1 + end) / 2 + 1e-12 }) {
      text += "; of the ruined, half or more were so by \(unit.text(half.0))"
    }
    return text + "."
  }

  private func causeName(_ cause: RuinCause) -> String {
    switch cause {
    case .none: "not"
    case .liquidation: "by the venue’s liquidation"
    case .zeroEquity: "by equity falling to zero"
    case .equityBelow:
      "by equity at or under \(Unit.percent.text(scene.summary.ruin.equityBelow, resolution: 1)) of the start"
    }
  }

  /// Cost, filled share, time under water.
  private var trading: String {
    let desk = scene.desk
    guard desk.executionCostBps.value != nil else { return "It traded nothing." }
    return
      "Its own orders cost \(desk.executionCostBps.text(.basisPoints)) of traded notional, with forced sales "
      + "\(desk.costWithForcedSalesBps?.text(.basisPoints) ?? "an unknown amount"); "
      + "\(desk.filledShare.text(.percent, otherwise: "an unknown share")) of what it wanted was filled. The longest spell "
      + "under its running peak lasts \(desk.timeUnderWaterSeconds.text(scene.scenario.clock.unit, otherwise: "an unknown time")) on "
      + "the median."
  }

  /// What the worst path drew for itself.
  private func drawn(_ trace: Trace) -> Markup? {
    guard !trace.parameters.isEmpty else { return nil }
    let list = trace.parameters.map { "\($0.path) = \(drawnText($0))" }
    return Markup("p", ["class": "note"], text: "This path drew: \(list.joined(separator: "; ")).")
  }

  /// A drawn number with its unit; a duration as trading time.
  private func drawnText(_ parameter: DrawnParameter) -> String {
    if parameter.isDuration == true { return scene.scenario.clock.unit.text(parameter.value) }
    let number = Unit.number.bare(parameter.value, resolution: abs(parameter.value) >= 1_000 ? 5 : 1e-4)
    return number + (parameter.unit.map { " (\($0))" } ?? "")
  }
}
