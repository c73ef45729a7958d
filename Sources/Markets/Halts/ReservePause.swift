import Documents
import Lanes
import MarketData

/// A reserve pause: trading stops for some seconds where the price has moved by so much within some seconds, as by CME's stop
/// logic (5 s in the E-mini on 6 May 2010) and velocity logic.
///
/// Of what came before in the session, its open and the closes of sub-steps count; the price stops at the level that is so far from the lowest or highest
/// of them. A pause ends where a sub-step opens: it is no shorter than one. Severity lengthens it.
package struct ReservePause: HaltEvent {
  /// The assets that it watches, each for itself; empty for all.
  package let assets: [String]
  /// The move, a fraction of price; above 0, below 1.
  package let move: Double
  /// Within how long, seconds.
  package let within: Double
  /// How long trading stops, seconds.
  package let pause: Double

  /// States a pause.
  package init(assets: [String] = [], move: Double, within: Double, pause: Double) {
    self.assets = assets
    self.move = move
    self.within = within
    self.pause = pause
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("assets", .eventAssets, default: [], "the assets that it watches, each for itself; all when left out"),
    ModelField("move", .number(.fractionOfPrice, in: .above(0, below: 1)), "the move that stops trading"),
    ModelField("within", .duration(in: .above(0)), "within how long it has to happen"),
    ModelField("pause", .duration(in: .above(0)), "how long trading stops"),
    make: { ReservePause(assets: $0, move: $1, within: $2, pause: $3) })

  package func touchedAssets(of assets: [String]) -> [String] { self.assets.isEmpty ? assets : self.assets }

  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard within / setting.clock.stepSeconds * Double(setting.clock.substeps) <= 10_000 else {
      return [FormViolation("within", "is longer than 10000 sub-steps of the clock")]
    }
    return []
  }

  package func warnings(in setting: EventSetting) -> [FormViolation] {
    guard within < setting.substepSeconds else { return [] }
    return [
      FormViolation(
        "within",
        "\(TradingTime.text(seconds: within)) is less than a sub-step of "
          + "\(TradingTime.text(seconds: setting.substepSeconds)): a move within one of these stops trading, however "
          + "long it takes")
    ]
  }

  func makeRules(_ site: EventSite) -> any HaltRules { ReservePauseRules(self, site) }
}

final class ReservePauseRules: HaltRules {
  private let rule: ReservePause
  private let severity: Double
  private let assets: [Int]
  private let groups: Int
  /// `[place of the asset * groups + group]`: the closes that the time holds.
  private var closes: [RecentRange]
  /// Likewise: where counting begins anew at the next open at which the asset trades.
  private var opens: [Mask]

  init(_ rule: ReservePause, _ site: EventSite) {
    self.rule = rule
    severity = site.severity
    assets = rule.touchedAssets(of: site.assets).compactMap { site.assets.firstIndex(of: $0) }
    groups = site.groups
    let length = max(1, Int((rule.within / site.stepSeconds + 1e-9).rounded(.down)))
    closes = Array(repeating: RecentRange(length: length), count: assets.count * groups)
    opens = Array(repeating: .none, count: assets.count * groups)
  }

  func reset(prices: [Double]) {
    for (index, asset) in assets.enumerated() {
      for own in index * groups..<(index + 1) * groups {
        closes[own].restart(at: Lanes(prices[asset]), where: .all)
        opens[own] = .none
      }
    }
  }

  func judge(
    _ group: Int, _ moment: HaltMoment, _ halts: inout TradingHalts, _ prices: inout TradingHalts.Prices
  ) -> Mask {
    var acts = Mask.none
    for (index, asset) in assets.enumerated() {
      let (own, place) = (index * groups + group, asset * groups + group)
      let trades = halts.trades(place)
      // A night is no fast move, nor is the way from before a halt to where the asset reopens.
      let restarts = (moment.opensSession ? .all : opens[own]) & trades
      if restarts.isAny { closes[own].restart(at: prices.bars[place].open, where: restarts) }
      opens[own] = !trades
      let (low, high) = (closes[own].highest * (1 - rule.move), closes[own].lowest * (1 + rule.move))
      let end = Lanes(moment.end(after: rule.pause * severity))
      let falls = trades & (prices.bars[place].low .<= low)
      halts.halt(place, at: low, isFall: true, until: end, where: falls, in: moment.substep, &prices)
      let rises = trades & !falls & (prices.bars[place].high .>= high)
      halts.halt(place, at: high, isFall: false, until: end, where: rises, in: moment.substep, &prices)
      let stops = falls | rises
      closes[own].add(prices.bars[place].close, where: trades & !stops)
      acts = acts | stops
    }
    return acts
  }
}
