import Documents
import Lanes
import Trading

/// The logarithm of each asset's volume in the step over the mean of calm times: `volumePerDay` over the steps of a day.
///
/// Where the scenario states none, since recorded bars bring their own, the mean is that of all steps seen so far, this one
/// and the warm-up included. In −10…10; −10 where nothing was traded, as in a halt. 0 before the first step, and where
/// nothing has been traded yet.
package struct VolumeObservation: Observation {
  static let form = Form<VolumeObservation>(make: { VolumeObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "volume(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    let stepsPerDay = site.desk.market.clock.steps(days: 1)
    let stated = site.assets.map { site.desk.market.liquidity[$0].volumePerDay.map { $0 / stepsPerDay } }
    let seen = zip(site.assets, stated).map { $1 == nil ? MeanVolume.shared(site.desk, asset: $0) : nil }
    return AssetNumbers(site) { market, _, place in
      guard market.hasBars else { return .zero }
      let mean = stated[place.number].map { Lanes($0) } ?? seen[place.number]?.values[place.group] ?? .zero
      return log(market.bars[place.index].volume / mean).cut(to: -10...10)
    }
  }
}

/// The mean volume of an asset's steps so far.
private final class MeanVolume: SharedEstimate {
  private struct Key: Hashable { let asset: Int }

  private let asset: Int
  private var seen = 0.0
  /// [group]; 0 before the first step.
  private(set) var values: [Lanes]

  static func shared(_ site: DeskSite, asset: Int) -> MeanVolume {
    site.estimates.shared(Key(asset: asset)) { MeanVolume(asset, groups: site.groups) }
  }

  private init(_ asset: Int, groups: Int) {
    self.asset = asset
    values = Array(repeating: .zero, count: groups)
  }

  func reset() {
    seen = 0
    for group in values.indices { values[group] = .zero }
  }

  func observe(_ market: MarketView) {
    seen += 1
    for group in values.indices {
      values[group] += (market.bars[asset * values.count + group].volume - values[group]) / seen
    }
  }
}
