import Documents
import Lanes
import MarketData

/// Limit up–limit down: an asset's price is kept in a band around its mean over the last minutes. A price that stands at a
/// limit for so long pauses the asset, which reopens at its latent price.
///
/// The reference is the arithmetic mean of the closes of sub-steps over the window, taken up when it has moved by 1 % from the
/// one before; at a session's open, and after a pause, the price there. The plan of the United States: 5 % of the mean of 5
/// minutes for large shares, 10 % for others, 15 seconds at a limit, a pause of 5 minutes, twice the band from 15:35 on for
/// some (Plan to Address Extraordinary Market Volatility, sections V to VII). How long the price has stood at a limit is
/// known from close to close of sub-steps only. While it stands at one no order fills. Severity lengthens the pause.
package struct LimitUpLimitDown: HaltEvent {
  /// The assets that have bands; empty for all.
  package let assets: [String]
  /// Half-width of the band, a fraction of the reference; above 0, below 1.
  package let band: Double
  /// Over which the reference is the mean, seconds.
  package let window: Double
  /// How long the price stands at a limit before the pause, seconds.
  package let limitState: Double
  /// The pause, seconds.
  package let pause: Double
  /// From when on bands are twice as wide; nil for never.
  package let doubledFrom: TimeOfDay?

  /// States bands.
  package init(
    assets: [String] = [], band: Double, window: Double = 300, limitState: Double = 15, pause: Double = 300,
    doubledFrom: TimeOfDay? = nil
  ) {
    self.assets = assets
    self.band = band
    self.window = window
    self.limitState = limitState
    self.pause = pause
    self.doubledFrom = doubledFrom
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("assets", .eventAssets, default: [], "the assets that have bands; all when left out"),
    ModelField(
      "band", .number(.fractionOfPrice, in: .above(0, below: 1)), "half-width of the band around the reference"),
    ModelField("window", .duration(in: .above(0)), default: 300, "over which the reference is the mean price"),
    ModelField("limitState", .duration, default: 15, "how long the price stands at a limit before the pause"),
    ModelField("pause", .duration(in: .above(0)), default: 300, "how long trading is paused"),
    ModelField("doubledFrom", .optional(.timeOfDay), "from when on bands are twice as wide"),
    make: {
      LimitUpLimitDown(assets: $0, band: $1, window: $2, limitState: $3, pause: $4, doubledFrom: $5)
    })

  package func touchedAssets(of assets: [String]) -> [String] { self.assets.isEmpty ? assets : self.assets }

  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard window / setting.clock.stepSeconds * Double(setting.clock.substeps) <= 100_000 else {
      return [FormViolation("window", "is longer than 100000 sub-steps of the clock")]
    }
    return []
  }

  package func warnings(in setting: EventSetting) -> [FormViolation] {
    guard window < setting.substepSeconds else { return [] }
    return [
      FormViolation(
        "window",
        "\(TradingTime.text(seconds: window)) is less than a sub-step of "
          + "\(TradingTime.text(seconds: setting.substepSeconds)): the reference is the last sub-step's close")
    ]
  }

  func makeRules(_ site: EventSite) -> any HaltRules { LimitUpLimitDownRules(self, site) }
}

final class LimitUpLimitDownRules: HaltRules {
  private let plan: LimitUpLimitDown
  private let severity: Double
  /// From when on the band is twice as wide, in seconds of trading since the day's open.
  private let doubledFrom: Double?
  private let assets: [Int]
  private let groups: Int
  /// Closes that the window holds.
  private let length: Int
  /// `[place of the asset * groups + group]`.
  private var bands: [Band]

  /// One asset's band on eight paths.
  private struct Band {
    var reference = Lanes.zero
    /// The window's closes, their sum, and how many each path has.
    var closes: [Lanes] = []
    var sum = Lanes.zero
    var count = Lanes.zero
    var next = 0
    /// When the price came to stand at a limit, in sub-steps; +∞ where it doesn't.
    var since = Lanes.infinity
    /// Where the reference is to be taken from the next open.
    var opens = Mask.all
  }

  init(_ plan: LimitUpLimitDown, _ site: EventSite) {
    self.plan = plan
    severity = site.severity
    doubledFrom = plan.doubledFrom.map { site.clock.calendar.secondsOfTrading(upTo: $0) }
    assets = plan.touchedAssets(of: site.assets).compactMap { site.assets.firstIndex(of: $0) }
    groups = site.groups
    length = max(1, Int((plan.window / site.stepSeconds - 1e-9).rounded(.up)))
    bands = []
  }

  func reset(prices: [Double]) {
    bands = Array(
      repeating: Band(closes: Array(repeating: .zero, count: length)), count: assets.count * groups)
  }

  func judge(
    _ group: Int, _ moment: HaltMoment, _ halts: inout TradingHalts, _ prices: inout TradingHalts.Prices
  ) -> Mask {
    var acts = Mask.none
    for (index, asset) in assets.enumerated() {
      acts = acts | judge(&bands[index * groups + group], asset * groups + group, moment, &halts, &prices)
    }
    return acts
  }

  private func judge(
    _ band: inout Band, _ place: Int, _ moment: HaltMoment, _ halts: inout TradingHalts,
    _ prices: inout TradingHalts.Prices
  ) -> Mask {
    let trades = halts.trades(place)
    if moment.opensSession { band.opens = .all }
    restart(&band, at: prices.bars[place].open, where: band.opens & trades)
    // Whoever has halted it, the price at which it reopens is the next reference.
    band.opens = !trades
    let isWide = doubledFrom.map { moment.secondsSinceOpen >= $0 } ?? false
    let width = plan.band * (isWide ? 2 : 1)
    let (low, high) = (band.reference * (1 - width), band.reference * (1 + width))
    let bar = prices.bars[place]
    let stands = trades & ((bar.close .< low) | (bar.close .> high))
    let isHit = trades & ((bar.low .< low) | (bar.high .> high))
    halts.limit(place, between: low, and: high, where: trades, in: moment.substep, &prices)
    let now = Double(moment.substep.number + 1)
    band.since = select(stands, min(band.since, Lanes(now)), .infinity)
    let pauses = stands & (((Lanes(now) - band.since) * moment.seconds) .>= plan.limitState)
    halts.halt(
      atCloseOf: moment.substep, place, until: Lanes(moment.end(after: plan.pause * severity)), where: pauses, &prices)
    band.since.replace(with: Lanes.infinity, where: pauses)
    band.opens = band.opens | pauses
    take(&band, prices.bars[place].close, where: trades)
    return isHit
  }

  /// Starts the window anew from a price.
  private func restart(_ band: inout Band, at price: Lanes, where mask: Mask) {
    guard mask.isAny else { return }
    band.reference.replace(with: price, where: mask)
    band.sum.replace(with: .zero, where: mask)
    band.count.replace(with: .zero, where: mask)
    for index in band.closes.indices { band.closes[index].replace(with: .zero, where: mask) }
  }

  /// Takes a close into the window; the reference follows the mean once it has moved by 1 %.
  private func take(_ band: inout Band, _ close: Lanes, where mask: Mask) {
    let old = band.closes[band.next]
    band.sum += select(mask, close, .zero) - old
    band.count += select(mask, .one, .zero) - select(old .> 0, .one, .zero)
    band.closes[band.next] = select(mask, close, .zero)
    band.next = (band.next + 1) % length
    let mean = band.sum / max(.one, band.count)
    let hasMoved = mask & (band.count .> 0) & (abs(mean - band.reference) .>= band.reference * 0.01)
    band.reference.replace(with: mean, where: hasMoved)
  }
}
