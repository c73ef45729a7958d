import Documents
import Lanes
import MarketData

/// A market-wide circuit breaker: when an asset has fallen by so much from the last session's close, all assets that it
/// names are halted for a while, or for the rest of the session; each level once a session, none but closing levels late in
/// the day.
///
/// The levels of the United States: 7 % and 13 % for 15 minutes, not from 15:25 on, and 20 % for the rest of the day
/// (New York Stock Exchange, Rule 7.12; Cboe BZX Rule 11.18). The watched asset stops at the level, or at the open that has
/// passed it; the others at the close of that sub-step. Where it is the market that is watched (`WatchedPrice`), all stop at their
/// opens where these have passed a level together, else at the close of the sub-step at whose close the market is at it. Severity
/// lengthens the pauses.
package struct CircuitBreaker: HaltEvent {
  /// One level.
  package struct Level: Sendable, Hashable {
    /// Fall from the last session's close, a fraction; above 0, below 1.
    package let fall: Double
    /// Seconds of trading time; nil for the rest of the session.
    package let pause: Double?

    /// States a level.
    package init(fall: Double, pause: Double? = nil) {
      self.fall = fall
      self.pause = pause
    }

    static let form = Form(
      Field("fall", .number(.fractionOfPrice, in: .above(0, below: 1)), "fall from the last session's close"),
      Field("pause", .optional(.duration(in: .above(0))), "how long; the rest of the session when left out"),
      make: { Level(fall: $0, pause: $1) })
  }

  /// The asset whose fall counts, or `Contagion.market`.
  package let asset: String
  /// The assets that are halted; empty for all.
  package let assets: [String]
  /// The levels, the smallest fall first.
  package let levels: [Level]
  /// From when on no pause is called any more; levels that close the session still are.
  package let notFrom: TimeOfDay?

  /// States a breaker.
  package init(asset: String, assets: [String] = [], levels: [Level], notFrom: TimeOfDay? = nil) {
    self.asset = asset
    self.assets = assets
    self.levels = levels
    self.notFrom = notFrom
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      "asset", .reference(to: "asset", or: Contagion.market),
      "the asset whose fall counts, such as an index, or the mean of all log prices: \(quoted(Contagion.market))"),
    ModelField("assets", .eventAssets, default: [], "the assets that are halted; all when left out"),
    ModelField("levels", .list(.form(Level.form), count: 1...8), "the levels, the smallest fall first"),
    ModelField(
      "notFrom", .optional(.timeOfDay), "from when on no pause is called; levels that close the session still are"),
    make: { (asset, assets, levels, notFrom) throws(FormViolation) in
      for (index, level) in levels.enumerated().dropFirst() where level.fall <= levels[index - 1].fall {
        throw FormViolation("levels/\(index)/fall", "a level is not deeper than the one before it")
      }
      return CircuitBreaker(asset: asset, assets: assets, levels: levels, notFrom: notFrom)
    })

  package func touchedAssets(of assets: [String]) -> [String] {
    let halted = self.assets.isEmpty ? assets : self.assets
    return asset == Contagion.market ? halted : [asset] + halted.filter { $0 != asset }
  }

  /// The asset whose fall counts; the others stand still at any price.
  package func pricedAssets(of assets: [String]) -> [PricedAsset] {
    (asset == Contagion.market ? assets : [asset]).map { PricedAsset("asset", $0, .logarithmic) }
  }

  package func violations(in setting: EventSetting) -> [FormViolation] {
    setting.clock.calendar.isContinuous
      ? [FormViolation("a circuit breaker counts from the last session's close: a market that never closes has none")]
      : []
  }

  func makeRules(_ site: EventSite) -> any HaltRules { CircuitBreakerRules(self, site) }
}

final class CircuitBreakerRules: HaltRules {
  private let breaker: CircuitBreaker
  private let severity: Double
  /// From when on no pause is called, in seconds of trading since the day's open.
  private let notFrom: Double?
  private let watched: WatchedPrice
  private let others: [Int]
  /// The last session's close, the last close, and how many levels were called in this session; by lane group.
  private var reference, last, called: [Lanes]

  init(_ breaker: CircuitBreaker, _ site: EventSite) {
    self.breaker = breaker
    severity = site.severity
    notFrom = breaker.notFrom.map { site.clock.calendar.secondsOfTrading(upTo: $0) }
    watched = WatchedPrice(breaker.asset, of: site.assets)
    let halted = breaker.assets.isEmpty ? site.assets : breaker.assets
    others = halted.filter { $0 != breaker.asset }.compactMap { site.assets.firstIndex(of: $0) }
    reference = Array(repeating: .zero, count: site.groups)
    last = reference
    called = reference
  }

  func reset(prices: [Double]) {
    for group in reference.indices {
      reference[group] = Lanes(watched.price(prices))
      last[group] = reference[group]
      called[group] = .zero
    }
  }

  func judge(
    _ group: Int, _ moment: HaltMoment, _ halts: inout TradingHalts, _ prices: inout TradingHalts.Prices
  ) -> Mask {
    if moment.opensSession {
      reference[group] = last[group]
      called[group] = .zero
    }
    let bar = watched.bar(prices.bars, group, groups: halts.groups)
    let isLate = notFrom.map { moment.secondsSinceOpen >= $0 } ?? false
    var acts = Mask.none
    // What the open has passed is called by its deepest level; else the first that is touched.
    for index in breaker.levels.indices.reversed() where !(isLate && breaker.levels[index].pause != nil) {
      let isPassed = bar.open .<= price(of: index, group)
      acts = acts | call(index, where: isPassed & !acts, atOpen: true, group, moment, &halts, &prices)
    }
    for index in breaker.levels.indices where !(isLate && breaker.levels[index].pause != nil) {
      let isTouched = bar.low .<= price(of: index, group)
      acts = acts | call(index, where: isTouched & !acts, atOpen: false, group, moment, &halts, &prices)
    }
    last[group] = watched.bar(prices.bars, group, groups: halts.groups).close
    return acts
  }

  /// Where what is watched trades: of the market, where any of its assets does.
  private func trades(_ halts: TradingHalts, _ group: Int) -> Mask {
    if let asset = watched.asset { return halts.trades(asset * halts.groups + group) }
    return others.reduce(Mask.none) { $0 | halts.trades($1 * halts.groups + group) }
  }

  private func price(of level: Int, _ group: Int) -> Lanes { reference[group] * (1 - breaker.levels[level].fall) }

  /// Calls a level where it is hit, trades, and was not called in this session; says where that is.
  private func call(
    _ index: Int, where isHit: Mask, atOpen isAtOpen: Bool, _ group: Int, _ moment: HaltMoment,
    _ halts: inout TradingHalts, _ prices: inout TradingHalts.Prices
  ) -> Mask {
    var mask = isHit & (called[group] .<= Double(index))
    mask = mask & trades(halts, group)
    guard mask.isAny else { return .none }
    let end = Lanes(breaker.levels[index].pause.map { moment.end(after: $0 * severity) } ?? moment.nextOpen)
    if let asset = watched.asset {
      halts.halt(
        asset * halts.groups + group, at: price(of: index, group), isFall: true, until: end, where: mask,
        in: moment.substep, &prices)
    }
    for other in others {
      let place = other * halts.groups + group
      if watched.asset == nil, isAtOpen {
        // Whatever each opened at: that is where it stands.
        halts.halt(place, at: .infinity, isFall: true, until: end, where: mask, in: moment.substep, &prices)
      } else {
        halts.halt(atCloseOf: moment.substep, place, until: end, where: mask, &prices)
      }
    }
    called[group].replace(with: Lanes(Double(index + 1)), where: mask)
    return mask
  }
}
