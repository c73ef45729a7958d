import Documents
import Lanes
import MarketData

/// An event that halts trading or limits prices by a venue's rules. In force from t = 0; it starts on a path where it first
/// acts.
protocol HaltEvent: MarketEvent, Parametric {
  /// The rules' state on a tile.
  func makeRules(_ site: EventSite) -> any HaltRules
}

extension HaltEvent {
  /// In force from t = 0; when it first acts is known when it happens.
  package var start: EventStart { .fixed(0) }

  /// Yes: it is prices that halt a market.
  package var watchesPrices: Bool { true }

  /// None: what it does to prices hangs on them.
  package var knotNames: [String] { [] }

  /// It moves no latent price.
  package func reach(of asset: String, severity: Double) -> EventReach { EventReach(offset: 0, factor: 0) }

  package func makeState(_ site: EventSite) -> any EventState { HaltState(self, site) }
}

/// What a venue's rules know on the paths of a tile; confined to one worker.
protocol HaltRules: AnyObject {
  /// Starts new paths.
  ///
  /// - Parameter prices: at t = 0, by asset.
  func reset(prices: [Double])
  /// Looks at a sub-step that was made, of a lane group, and asks for halts and limits.
  ///
  /// - Returns: on which paths it did.
  func judge(
    _ group: Int, _ moment: HaltMoment, _ halts: inout TradingHalts, _ prices: inout TradingHalts.Prices
  ) -> Mask
}

/// A sub-step by the clock, as rules of halts know it.
struct HaltMoment {
  /// The sub-step.
  let substep: Substep
  /// Seconds of trading in it.
  let seconds: Double
  /// Whether it is the first of a session.
  let opensSession: Bool
  /// Seconds of trading since the day's open, at its own.
  let secondsSinceOpen: Double
  /// The sub-step at which the next trading day opens; +∞ where trading never stops.
  let nextOpen: Double

  init(_ substep: Substep, _ clock: Clock, substeps: Int) {
    self.substep = substep
    seconds = clock.stepSeconds / Double(substeps)
    let perDay = clock.stepsPerDay * substeps
    let ofDay = ((substep.number % perDay) + perDay) % perDay
    opensSession = substep.part == 0 && clock.opensSession(substep.number / substeps)
    secondsSinceOpen = Double(ofDay) * seconds
    nextOpen = clock.calendar.isContinuous ? .infinity : Double(substep.number - ofDay + perDay)
  }

  /// The sub-step at which a pause ends that is called in this one: never after the session.
  func end(after pause: Double) -> Double {
    min(nextOpen, Double(substep.number + 1) + (pause / seconds - 1e-9).rounded(.up))
  }
}

/// A halt event on the paths of one tile.
final class HaltState: EventState {
  private let rules: any HaltRules
  private let severity: Double
  private(set) var start: ContiguousArray<Lanes>
  private(set) var windowEnd: ContiguousArray<Lanes>
  /// Whether it has begun to act on some path, and nobody knows yet.
  private var isNews = false

  init(_ event: some HaltEvent, _ site: EventSite) {
    rules = event.makeRules(site)
    severity = site.severity
    start = ContiguousArray(repeating: .infinity, count: site.groups)
    windowEnd = start
  }

  var parameters: [PathParameter] { [] }
  var isReactive: Bool { true }

  func reset(_ paths: TilePaths) {
    for group in start.indices {
      start[group] = .infinity
      windowEnd[group] = .infinity
    }
  }

  /// Starts new paths.
  func reset(prices: [Double]) { rules.reset(prices: prices) }

  func react(to sight: MarketSight) -> Bool {
    defer { isNews = false }
    return isNews
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {}

  /// Lets the rules look at a sub-step.
  func judge(_ moment: HaltMoment, _ halts: inout TradingHalts, _ prices: inout TradingHalts.Prices) {
    guard severity > 0 else { return }
    for group in start.indices {
      halts.latestEnd = Lanes(Double(moment.substep.number + 1))
      let mask = rules.judge(group, moment, &halts, &prices)
      guard mask.isAny else { continue }
      let isFirst = mask & (start[group] .== Lanes.infinity)
      start[group].replace(with: Lanes(Double(moment.substep.number)), where: isFirst)
      isNews = isNews || isFirst.isAny
      // The window ends where trading goes on, on the last asset that these rules have halted.
      let end = select(isFirst, halts.latestEnd, max(windowEnd[group], halts.latestEnd))
      windowEnd[group].replace(with: end, where: mask)
    }
  }
}
