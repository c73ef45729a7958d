import Drawing
import Lab
import Statistics
import Trading

/// What became of a desk, in words.
struct DeskFate: Sendable {
  private let scene: DeskScene

  /// The fate of a desk.
  init(_ scene: DeskScene) { self.scene = scene }

  /// A paragraph on survival and recovery, one on trading.
  var markup: [Markup] { [Markup("p", text: fate), Markup("p", text: trading)] }

  /// Survival, causes of ruin, and what becomes of those that fell.
  private var fate: String {
    let desk = scene.desk
    let unit = scene.scenario.clock.unit
    var text = "\(scene.name) survives \(desk.survival.text(.percent, otherwise: "an unknown share")) of paths"
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
    let impaired = Unit.decimal(Double(desk.recovery.n), decimals: 0)
    let level = Unit.percent.text(scene.summary.recovery.level.rawValue, resolution: 1)
    let recovered = Unit.decimal(Double(desk.recoveredPaths), decimals: 0)
    text +=
      " \(impaired) of \(Unit.decimal(Double(desk.survival.n), decimals: 0)) paths were impaired. That one recovers, to "
      + "\(level), has a probability of \(desk.recovery.text(.percent, otherwise: "unknown size")), by Aalen–Johansen, where an "
      + "impairment counts for as long as it is seen; \(recovered) of the \(impaired) had recovered when the horizon came."
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
    let impact =
      desk.impactShare.map { ", \($0.text(.percent, otherwise: "an unknown share")) of that by impact" } ?? ""
    let forced =
      desk.costWithForcedSalesBps.map { "\($0.text(.basisPoints)) of traded notional" } ?? "an unknown amount"
    return
      "Its own orders cost \(desk.executionCostBps.text(.basisPoints)) of traded notional\(impact), with forced sales "
      + "\(forced); "
      + "\(desk.filledShare.text(.percent, otherwise: "an unknown share")) of what it wanted was filled. The longest spell "
      + "under its running peak lasts \(desk.timeUnderWaterSeconds.text(scene.scenario.clock.unit, otherwise: "an unknown time")) on "
      + "the median."
  }
}
