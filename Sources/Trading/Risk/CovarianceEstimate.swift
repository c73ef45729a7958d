import Lanes
import MarketData
import Markets

/// The covariance of the assets' simple returns over a year (in starting prices where they may be negative), from the steps seen so far, warm-up included; the same at
/// every moment of a session.
///
/// Where a session has several steps, nights are estimated apart from what happens between open and close: a night
/// carries the variance of hundreds of minutes, and an average over minutes forgets it within the session. Each part is a
/// `ReturnCovariance` with a half-life of its own, and the year has as many of both as the calendar says. The weight that
/// the nights seen so far leave is given to nights by the calendar's overnight share of variance. Where a session is one
/// step, returns are from close to close.
final class CovarianceEstimate: SharedEstimate {
  /// What the estimate depends on beside the bars.
  private struct Key: Hashable {
    let kept: Double
    let nightKept: Double
  }

  private let clock: Clock
  private let groups: Int
  /// What returns count in where prices may be negative, by asset; empty where none may.
  private let references: [Double?]
  /// Per step: from open to close at the first step of a session that has several, else from close to close.
  private var steps: ReturnCovariance
  /// Per night; nil where none is apart.
  private var nights: ReturnCovariance?
  /// Over a year, `[(asset · assets + other) · groups + group]`, other ≤ asset; without meaning before the first return.
  private(set) var annual: ContiguousArray<Lanes>
  /// Whether there was a return.
  private(set) var isKnown = false
  /// `[asset * groups + group]`: the last close, then the last return.
  private var lastClose: ContiguousArray<Lanes>
  private var returns: ContiguousArray<Lanes>
  private var hasClose = false

  private init(_ key: Key, clock: Clock, scales: [PriceScale], groups: Int) {
    let assets = scales.count
    references = scales.contains(where: \.isArithmetic) ? scales.map(\.reference) : []
    self.clock = clock
    self.groups = groups
    steps = ReturnCovariance(kept: key.kept, assets: assets, groups: groups)
    let hasNights = clock.calendar.closesOvernight && clock.stepsPerDay > 1
    nights = hasNights ? ReturnCovariance(kept: key.nightKept, assets: assets, groups: groups) : nil
    annual = ContiguousArray(repeating: .zero, count: assets * assets * groups)
    lastClose = ContiguousArray(repeating: .zero, count: assets * groups)
    returns = lastClose
  }

  /// The panel's estimate with these half-lives.
  static func shared(_ site: DeskSite, halfLife: TradingSpan, overnightHalfLife: TradingSpan) -> CovarianceEstimate {
    let clock = site.market.clock
    let key = Key(kept: halfLife.keptPerStep(clock), nightKept: overnightHalfLife.keptPerDay(clock))
    return site.estimates.shared(key) {
      CovarianceEstimate(key, clock: clock, scales: site.market.scales, groups: site.groups)
    }
  }

  func reset() {
    hasClose = false
    isKnown = false
    steps.reset()
    nights?.reset()
  }

  func observe(_ market: MarketView) {
    let isAfterNight = nights != nil && clock.opensSession(market.step)
    if hasClose {
      if isAfterNight {
        Self.measure(&returns, market.bars, references, from: { lastClose[$0] }, to: { $0.open })
        nights?.add(returns)
        Self.measure(&returns, market.bars, references, from: { market.bars[$0].open }, to: { $0.close })
      } else {
        Self.measure(&returns, market.bars, references, from: { lastClose[$0] }, to: { $0.close })
      }
      steps.add(returns)
      isKnown = true
      annualise()
    }
    for index in lastClose.indices { lastClose[index] = market.bars[index].close }
    hasClose = true
  }

  /// The returns of all assets between two prices; a price that severity has driven to 0 returns nothing.
  @inline(__always)
  private static func measure(
    _ returns: inout ContiguousArray<Lanes>, _ bars: ContiguousArray<AssetStep>, _ references: [Double?],
    from start: (Int) -> Lanes, to end: (AssetStep) -> Lanes
  ) {
    for index in bars.indices {
      let before = start(index)
      returns[index] = select(before .> 0, end(bars[index]) / before - 1.0, .zero)
    }
    guard !references.isEmpty else { return }
    let groups = bars.count / references.count
    for (asset, reference) in references.enumerated() {
      guard let reference else { continue }
      for index in asset * groups..<(asset + 1) * groups {
        returns[index] = (end(bars[index]) - start(index)) * (1 / reference)
      }
    }
  }

  private func annualise() {
    let calendar = clock.calendar
    let perStep = clock.stepsPerYear / steps.seenWeight
    guard let nights else {
      Self.combine(&annual, steps.sums, perStep, steps.sums, 0)
      return
    }
    let share = calendar.overnightVarianceShare
    let unseen = nights.unseenWeight * share / (1 - share)
    Self.combine(&annual, steps.sums, perStep * (1 + unseen), nights.sums, calendar.daysPerYear)
  }

  private static func combine(
    _ sum: inout ContiguousArray<Lanes>, _ first: ContiguousArray<Lanes>, _ firstFactor: Double,
    _ second: ContiguousArray<Lanes>, _ secondFactor: Double
  ) {
    let first = first.span
    let second = second.span
    var sum = sum.mutableSpan
    for index in sum.indices {
      sum[index] = fma(first[index], firstFactor, second[index] * secondFactor)
    }
  }
}
