import Documents
import Lanes

/// The price that a trigger or a halt watches: an asset's, or under `Contagion.market` that of all of them.
///
/// The market's is the geometric mean of all assets' prices: its moves are their mean log returns, which is also what an event
/// that moves the market moves by its own size. Inside a sub-step the assets' highs and lows come at different moments, so of the
/// market's price the open and the close are known, and nothing between.
struct WatchedPrice {
  /// What a field says that names it.
  static let meaning = "whose price, or the mean of all log prices: \(quoted(Contagion.market))"

  /// Index of the asset; nil for the market.
  let asset: Int?
  private let assets: Int

  /// What has this name in a market.
  init(_ name: String, of assets: [String]) {
    asset = name == Contagion.market ? nil : assets.firstIndex(of: name) ?? 0
    self.assets = assets.count
  }

  /// Prices of a sub-step.
  struct Bar {
    let open, high, low, close: Lanes
  }

  /// What it was in a sub-step, on the paths of a lane group.
  ///
  /// - Parameter bars: `[asset * groups + group]`.
  func bar(_ bars: ContiguousArray<AssetStep>, _ group: Int, groups: Int) -> Bar {
    if let asset {
      let bar = bars[asset * groups + group]
      return Bar(open: bar.open, high: bar.high, low: bar.low, close: bar.close)
    }
    var (open, close) = (Lanes.zero, Lanes.zero)
    for asset in 0..<assets {
      let bar = bars[asset * groups + group]
      open += log(bar.open)
      close += log(bar.close)
    }
    let share = 1 / Double(assets)
    (open, close) = (exp(open * share), exp(close * share))
    return Bar(open: open, high: max(open, close), low: min(open, close), close: close)
  }

  /// The same of prices at one moment, by asset.
  func price(_ prices: [Double]) -> Double {
    guard asset == nil else { return prices[asset ?? 0] }
    return exp(prices.reduce(Lanes.zero) { $0 + log(Lanes($1)) } / Double(assets))[0]
  }
}
