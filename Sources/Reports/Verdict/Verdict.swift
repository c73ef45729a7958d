import Drawing
import Lab
import Statistics

/// Who survives most often and least, what the event did, what the risk rules changed, and what they cost when nothing happens.
///
/// A superlative stands only where one desk, or a named group of equals, differs from the others.
struct Verdict: Sendable {
  private let desks: [DeskScene]

  /// The verdict on desks, each of a scenario at its highest severity.
  init(_ desks: [DeskScene]) { self.desks = desks }

  private var trading: [DeskScene] { desks.filter { $0.desk.survival.value != nil && $0.trades } }

  /// The desk that survives least, of several the one that loses most in the mean; nil where none trades.
  var weakest: DeskScene? { trading.lowest(\.survival.value).lowest { $0.finalReturnMean.value }.first }

  /// Who survives and what that costs: a sentence or a few, never empty.
  var sentence: String { [survivors, price].compactMap { $0 }.joined(separator: " ") }

  /// What the risk rules cost when nothing happens; nil where that is not known.
  var price: String? { calmPrice(largestChange(trading)) }

  /// Who survives, never empty.
  var survivors: String {
    let trading = trading
    let (worst, best) = (trading.lowest(\.survival.value), trading.highest(\.survival.value))
    guard let one = worst.first else {
      return desks.isEmpty ? "No desk was run." : "No desk of this panel traded, and none can tell how trading fares."
    }
    let survival = one.desk.survival.figureText(.percent)
    let paths = "\(Unit.decimal(Double(one.desk.survival.n), decimals: 0)) paths"
    let change = largestChange(trading)
    if worst.count == trading.count {
      if trading.count == 1 { return "\(opening(one))\(one.name) survives \(survival) of \(paths)\(calm(one))." }
      let place = isOneScenario ? opening(one) : ""
      return "\(place.isEmpty ? "Each" : place + "each") of the \(trading.count) desks that trade survives "
        + "\(survival) of \(paths)."
    }
    let place = isOneScenario ? opening(one) : ""
    var text = mostOften(best).map { "\(place)\($0) " } ?? ""
    let start = text.isEmpty ? place : ""
    text +=
      worst.count == 1
      ? "\(start)\(who(worst)) survives least: \(survival)\(text.isEmpty ? " of \(paths)" : "")\(calm(one))"
      : "\(start)\(who(worst)) survive least: \(survival)\(text.isEmpty ? " of \(paths)" : "") each"
    guard let change else { return text + "." }
    let (from, to) = (change.worse.desk, change.better.desk)
    if isOneScenario, worst.count == 1, one.desk.desk == from.desk {
      return
        "\(text), and \(to.survival.figureText(.percent)) behind “\(to.risk)”."
    }
    return "\(text). Behind the risk profile “\(to.risk)” instead of “\(from.risk)”, \(to.agent)’s survival goes from "
      + "\(from.survival.figureText(.percent)) to \(to.survival.figureText(.percent))"
      + (isOneScenario ? "." : " in “\(change.worse.scenario.title)”.")
  }

  /// Who survives most often, and of several equals who loses least in the worst paths, where the intervals tell one from all
  /// others; nil where nobody's survival is known.
  private func mostOften(_ best: [DeskScene]) -> String? {
    guard let first = best.first else { return nil }
    let paths = "\(Unit.decimal(Double(first.desk.survival.n), decimals: 0)) paths"
    let value = first.desk.survival.figureText(.percent)
    guard best.count > 1 else { return "\(who(best)) is safest, surviving most often: \(value) of \(paths)." }
    guard let (least, next) = losingLeast(best) else {
      let names = best.count > Self.mostNamed ? "\(best.count) of \(trading.count) desks" : who(best)
      return "\(names) survive most often, alike: \(value) of \(paths) each."
    }
    let isOne = least.count == 1
    return
      "\(who(least)) \(isOne ? "is" : "are") safest: \(best.count) of \(trading.count) desks survive most, alike, "
      + "\(value) of \(paths); of these \(isOne ? "it loses" : "they lose") least in the worst 5\u{A0}% of paths, "
      + "\(least[0].desk.expectedShortfall.figureText(.percent)) on the mean\(isOne ? holding(least[0]) : ""); the next is "
      + "\(who([next])), \(next.desk.expectedShortfall.figureText(.percent))."
  }

  /// Whether a desk, or a named group of equals, is told as the safest.
  var tellsSafest: Bool {
    let trading = trading
    let best = trading.highest(\.survival.value)
    return best.count == 1 && trading.count > 1 || best.count < trading.count && losingLeast(best) != nil
  }

  /// Of desks that survive alike those that lose least in their worst paths, and the one that loses least of the others; nil
  /// where an interval is unknown or overlaps.
  private func losingLeast(_ best: [DeskScene]) -> (least: [DeskScene], next: DeskScene)? {
    let losses = best.compactMap { scene in scene.desk.expectedShortfall.high.map { (scene: scene, high: $0) } }
    guard losses.count == best.count, let least = losses.least({ $0.high }) else { return nil }
    let figure = least.scene.desk.expectedShortfall
    let others = best.filter { $0.desk.expectedShortfall != figure }
    guard let next = others.least({ $0.desk.expectedShortfall.value }),
      others.allSatisfy({ $0.desk.expectedShortfall.low ?? 0 > least.high })
    else { return nil }
    return (best.filter { $0.desk.expectedShortfall == figure }, next)
  }

  /// Up to how many desks of one survival have their names in the sentence.
  private static let mostNamed = 3

  /// How much it still holds some time after the event, on the median path: nothing explains a small loss better.
  private func holding(_ scene: DeskScene) -> String {
    guard scene.scenario.isInEventTime, let fan = scene.desk[.leverage], let last = fan.p50.last,
      let seconds = fan.seconds.last, seconds > 0
    else { return "" }
    let place = "\(scene.scenario.clock.unit.text(seconds)) after \(scene.scenario.eventWord), on the median"
    return last == 0
      ? " (flat \(place))"
      : " (it holds \(LeverageWords.text(last)) times its equity \(place))"
  }

  /// "In “Flash crash”, "; empty where the page is called so.
  private func opening(_ scene: DeskScene) -> String {
    let isSaid =
      scene.summary.scenarios.count == 1 && scene.desk.severity == 1 && scene.summary.title == scene.scenario.title
    return isSaid ? "" : "\(scene.place), "
  }

  private var isOneScenario: Bool { Set(desks.map(\.scenario.name)).count == 1 }

  /// What the profile that changes most costs; where none changes survival, what the first that there is costs the first agent
  /// that has no rules beside it.
  private func calmPrice(_ change: (worse: DeskScene, better: DeskScene)?) -> String? {
    if let change { return CalmPrice(plain: change.worse, guarded: change.better).sentence }
    let free = Set((desks.first?.summary.riskProfiles ?? []).filter(\.isWithoutRules).map(\.name))
    for plain in trading where free.contains(plain.desk.risk) {
      let guarded = trading.first {
        $0.desk.agent == plain.desk.agent && $0.desk.scenario == plain.desk.scenario && !free.contains($0.desk.risk)
      }
      if let guarded { return CalmPrice(plain: plain, guarded: guarded).sentence }
    }
    return nil
  }

  /// Desks by name; with their scenarios where there are several.
  private func who(_ scenes: [DeskScene]) -> String {
    let isOne = isOneScenario
    return listed(scenes.map { isOne ? $0.name : "\($0.name) in “\($0.scenario.title)”" })
  }

  private func calm(_ scene: DeskScene) -> String {
    guard let calm = scene.calm?.survival, calm.value != nil, !scene.scenario.events.isEmpty else { return "" }
    return ", \(calm.figureText(.percent)) without \(scene.scenario.eventWord)"
  }

  /// The agent whose survival two risk profiles change most, in one scenario, where their intervals do not overlap.
  private func largestChange(_ desks: [DeskScene]) -> (worse: DeskScene, better: DeskScene)? {
    var result: (worse: DeskScene, better: DeskScene)?
    var largest = 0.0
    // Every scenario stands here at one severity.
    let profiles = Dictionary(grouping: desks) { [$0.desk.scenario, $0.desk.agent] }
    for worse in desks {
      for better in profiles[[worse.desk.scenario, worse.desk.agent]] ?? [] {
        guard let from = worse.desk.survival.value, let to = better.desk.survival.value, to - from > largest,
          let high = worse.desk.survival.high, let low = better.desk.survival.low, high < low
        else { continue }
        largest = to - from
        result = (worse, better)
      }
    }
    return result
  }
}
