import Lanes
import Trading

/// The state of an observation that is one number for each asset, read off the market or the account at the close.
final class AssetNumbers: ObservationState {
  /// Where a number belongs.
  struct Place {
    /// The asset in the agent's order.
    let number: Int
    /// The asset in the market.
    let asset: Int
    let group: Int
    /// The bars' and positions' index.
    let index: Int
  }

  private let assets: [Int]
  private let number: (MarketView, AccountView, Place) -> Lanes

  /// - Parameter number: what is seen of one asset on eight paths.
  init(_ site: ObservationSite, _ number: @escaping (MarketView, AccountView, Place) -> Lanes) {
    assets = site.assets
    self.number = number
  }

  func write(_ market: MarketView, _ account: AccountView, into values: inout [Lanes], first: Int, stride: Int) {
    for (own, asset) in assets.enumerated() {
      for group in 0..<market.groups {
        let place = Place(number: own, asset: asset, group: group, index: asset * market.groups + group)
        values[group * stride + first + own] = number(market, account, place)
      }
    }
  }
}

/// The state of an observation that is a single number, read off the market or the account at the close.
final class SingleNumber: ObservationState {
  private let number: (MarketView, AccountView, _ group: Int) -> Lanes

  /// - Parameter number: what is seen on eight paths.
  init(_ number: @escaping (MarketView, AccountView, _ group: Int) -> Lanes) { self.number = number }

  func write(_ market: MarketView, _ account: AccountView, into values: inout [Lanes], first: Int, stride: Int) {
    for group in 0..<market.groups { values[group * stride + first] = number(market, account, group) }
  }
}

extension Lanes {
  /// The number cut to a range, as an input of a network must be; 0 where it is none.
  func cut(to range: ClosedRange<Double>) -> Lanes {
    select(self .== self, min(max(self, range.lowerBound), range.upperBound), .zero)
  }
}
