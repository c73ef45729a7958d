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

  func makeRules(_ site: EventSite) -> any HaltRules { ReservePauseRules(self, site) }
}

final class ReservePauseRules: HaltRules {
  private let rule: ReservePause
  private let severity: Double
  private let assets: [Int]
  private let groups: Int
  /// Closes that the time holds.
  private let length: Int
  /// `[place of the asset * groups + group]`: the close of sub-step s at s mod `length`; 0 where there is none.
  private var closes: [[Lanes]]

  init(_ rule: ReservePause, _ site: EventSite) {
    self.rule = rule
    severity = site.severity
    assets = rule.touchedAssets(of: site.assets).compactMap { site.assets.firstIndex(of: $0) }
    groups = site.groups
    length = max(1, Int((rule.within / site.stepSeconds + 1e-9).rounded(.down)))
    closes = []
  }

  func reset(prices: [Double]) {
    closes = assets.flatMap { asset in
      var first = Array(repeating: Lanes.zero, count: length)
      first[length - 1] = Lanes(prices[asset])
      return Array(repeating: first, count: groups)
    }
  }

  func judge(
    _ group: Int, _ moment: HaltMoment, _ halts: inout TradingHalts, _ prices: inout TradingHalts.Prices
  ) -> Mask {
    let now = moment.substep.number % length
    var acts = Mask.none
    for (index, asset) in assets.enumerated() {
      let (own, place) = (index * groups + group, asset * groups + group)
      if moment.opensSession {
        // A night is no fast move: counting begins anew at the session's open.
        for time in closes[own].indices { closes[own][time] = .zero }
        closes[own][(now + length - 1) % length] = prices.bars[place].open
      }
      var (lowest, highest) = (Lanes.infinity, Lanes.zero)
      for close in closes[own] {
        lowest = select(close .> 0, min(lowest, close), lowest)
        highest = max(highest, close)
      }
      let (low, high) = (highest * (1 - rule.move), lowest * (1 + rule.move))
      let end = Lanes(moment.end(after: rule.pause * severity))
      let trades = halts.trades(place, in: moment.substep)
      let falls = trades & (prices.bars[place].low .<= low)
      halts.halt(place, at: low, isFall: true, until: end, where: falls, in: moment.substep, &prices)
      let rises = trades & !falls & (prices.bars[place].high .>= high)
      halts.halt(place, at: high, isFall: false, until: end, where: rises, in: moment.substep, &prices)
      let stops = falls | rises
      // What came before a pause does not count after it: the price at which it reopens is where counting begins.
      if stops.isAny {
        for time in closes[own].indices { closes[own][time].replace(with: .zero, where: stops) }
      }
      closes[own][now] = select(trades & !stops, prices.bars[place].close, .zero)
      acts = acts | stops
    }
    return acts
  }
}
