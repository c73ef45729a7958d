import Documents
import Lanes
import MarketData

/// An exchange's price limit: in a session no price lies further from the last session's close than this. Where the latent
/// price is beyond it the price stands at the limit, and no order fills that arrives there.
///
/// Futures on the American share indices have limits of 7, 13 and 20 % down (CME Rule 589), shares in China 10 % both ways.
package struct PriceLimit: HaltEvent {
  /// The assets that have a limit; empty for all.
  package let assets: [String]
  /// How far down, a fraction of the last session's close; above 0, below 1.
  package let down: Double
  /// How far up; nil for no limit.
  package let up: Double?

  /// States a limit.
  package init(assets: [String] = [], down: Double, up: Double? = nil) {
    self.assets = assets
    self.down = down
    self.up = up
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("assets", .eventAssets, default: [], "the assets that have a limit; all when left out"),
    ModelField(
      "down", .number(.fractionOfPrice, in: .above(0, below: 1)), "how far down from the last session's close"),
    ModelField(
      "up", .optional(.number(.fractionOfPrice, in: .above(0))), "how far up from it; no limit when left out"),
    make: { PriceLimit(assets: $0, down: $1, up: $2) })

  package func touchedAssets(of assets: [String]) -> [String] { self.assets.isEmpty ? assets : self.assets }

  package func violations(in setting: EventSetting) -> [FormViolation] {
    setting.clock.calendar.isContinuous
      ? [FormViolation("a price limit counts from the last session's close: a market that never closes has none")] : []
  }

  func makeRules(_ site: EventSite) -> any HaltRules { PriceLimitRules(self, site) }
}

final class PriceLimitRules: HaltRules {
  private let limit: PriceLimit
  private let assets: [Int]
  private let groups: Int
  /// `[place of the asset * groups + group]`.
  private var reference, last: [Lanes]

  init(_ limit: PriceLimit, _ site: EventSite) {
    self.limit = limit
    assets = limit.touchedAssets(of: site.assets).compactMap { site.assets.firstIndex(of: $0) }
    groups = site.groups
    (reference, last) = ([], [])
  }

  func reset(prices: [Double]) {
    reference = assets.flatMap { Array(repeating: Lanes(prices[$0]), count: groups) }
    last = reference
  }

  func judge(
    _ group: Int, _ moment: HaltMoment, _ halts: inout TradingHalts, _ prices: inout TradingHalts.Prices
  ) -> Mask {
    var acts = Mask.none
    for (index, asset) in assets.enumerated() {
      let (own, place) = (index * groups + group, asset * groups + group)
      if moment.opensSession { reference[own] = last[own] }
      let low = reference[own] * (1 - limit.down)
      let high = limit.up.map { reference[own] * (1 + $0) } ?? .infinity
      let bar = prices.bars[place]
      let trades = halts.trades(place)
      acts = acts | (trades & ((bar.low .< low) | (bar.high .> high)))
      halts.limit(place, between: low, and: high, where: trades, in: moment.substep, &prices)
      last[own] = prices.bars[place].close
    }
    return acts
  }
}
