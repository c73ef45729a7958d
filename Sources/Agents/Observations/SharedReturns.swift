import Lanes
import Trading

/// The logarithm of an asset's last close, or where it may be negative the close in starting prices, for all who derive something from it.
final class LogClose: SharedEstimate {
  private struct Key: Hashable { let asset: Int }

  private let asset: Int
  private let reference: Double?
  /// [group]; without meaning before the first step.
  private(set) var values: ContiguousArray<Lanes>

  static func shared(_ site: DeskSite, asset: Int) -> LogClose {
    site.estimates.shared(Key(asset: asset)) {
      LogClose(asset, site.market.scales[asset].reference, groups: site.groups)
    }
  }

  private init(_ asset: Int, _ reference: Double?, groups: Int) {
    self.asset = asset
    self.reference = reference
    values = ContiguousArray(repeating: .zero, count: groups)
  }

  func reset() {}

  func observe(_ market: MarketView) {
    for group in values.indices {
      let close = market.bars[asset * values.count + group].close
      // A price that severity has driven to 0 still has a logarithm.
      values[group] = reference.map { close * (1 / $0) } ?? log(max(close, Double.leastNormalMagnitude))
    }
  }
}

/// The variance of an asset's log returns over one bar: an exponential average of their squares, which starts at the first.
final class ReturnVariance: SharedEstimate {
  private struct Key: Hashable {
    let asset: Int
    let halfLife: Double
  }

  private let close: LogClose
  private let share: Double
  private var last: ContiguousArray<Lanes>
  private var seen = 0
  /// [group]; 0 before the first return.
  private(set) var values: ContiguousArray<Lanes>

  /// - Parameter halfLife: in bars.
  static func shared(_ site: DeskSite, asset: Int, halfLife: Double) -> ReturnVariance {
    site.estimates.shared(Key(asset: asset, halfLife: halfLife)) {
      ReturnVariance(LogClose.shared(site, asset: asset), halfLife: halfLife, groups: site.groups)
    }
  }

  private init(_ close: LogClose, halfLife: Double, groups: Int) {
    self.close = close
    share = 1 - exp2(Lanes(-1 / halfLife))[0]
    last = ContiguousArray(repeating: .zero, count: groups)
    values = last
  }

  func reset() {
    seen = 0
    for group in values.indices { values[group] = .zero }
  }

  func observe(_ market: MarketView) {
    seen += 1
    for group in values.indices {
      if seen > 1 {
        let move = close.values[group] - last[group]
        values[group] = fma(move * move - values[group], Lanes(seen == 2 ? 1 : share), values[group])
      }
      last[group] = close.values[group]
    }
  }
}

/// The log return of an asset over some bars, in deviations of its volatility over as many.
final class ScaledReturn: SharedEstimate {
  private struct Key: Hashable {
    let asset: Int
    let model: ReturnObservation
  }

  private let close: LogClose
  private let variance: ReturnVariance
  private let bars: Int
  /// The last closes, as logarithms: [time · groups + group], `bars` + 1 of them in a ring.
  private var closes: ContiguousArray<Lanes>
  private var seen = 0
  /// [group]; 0 until there are so many bars.
  private(set) var values: ContiguousArray<Lanes>

  static func shared(_ site: DeskSite, asset: Int, _ model: ReturnObservation) -> ScaledReturn {
    site.estimates.shared(Key(asset: asset, model: model)) {
      ScaledReturn(
        LogClose.shared(site, asset: asset), ReturnVariance.shared(site, asset: asset, halfLife: model.halfLife),
        bars: model.bars, groups: site.groups)
    }
  }

  private init(_ close: LogClose, _ variance: ReturnVariance, bars: Int, groups: Int) {
    self.close = close
    self.variance = variance
    self.bars = bars
    closes = ContiguousArray(repeating: .zero, count: (bars + 1) * groups)
    values = ContiguousArray(repeating: .zero, count: groups)
  }

  func reset() {
    seen = 0
    for group in values.indices { values[group] = .zero }
  }

  func observe(_ market: MarketView) {
    let now = seen % (bars + 1) * values.count
    seen += 1
    // The place after the newest is that of the oldest.
    let before = seen % (bars + 1) * values.count
    for group in values.indices {
      closes[now + group] = close.values[group]
      guard seen > bars else { continue }
      let move = closes[now + group] - closes[before + group]
      let deviation = sqrt(variance.values[group] * Double(bars))
      let scaled = select(deviation .> 0, move / select(deviation .> 0, deviation, .one), .zero)
      values[group] = scaled.cut(to: -ReturnObservation.clip...ReturnObservation.clip)
    }
  }
}
