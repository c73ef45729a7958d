import Documents
import Lanes
import Randomness

/// An asset that an event moves, first or by contagion, on the paths of one tile: by which factor, how much later, and from which
/// step on.
struct MovedAsset {
  /// Index of the asset.
  let asset: Int
  /// Its name.
  let name: String
  /// At which of the event's knots its offset turns.
  let knot: String
  /// Factor of the offset, by lane group.
  private(set) var betas: ContiguousArray<Lanes>
  /// Delay in steps, likewise.
  private(set) var lags: ContiguousArray<Lanes>
  /// First step in which anything can happen on any path.
  private(set) var firstStep = Int.max

  /// The assets of the market that an event touches, the first one first.
  ///
  /// - Parameter contagion: who catches it, or moves otherwise than the market.
  static func all<Event: MarketFollowing>(
    _ event: Event, _ contagion: Named<Contagion>, _ site: EventSite
  ) -> [MovedAsset] {
    event.touchedAssets(of: site.assets).compactMap { name in
      site.assets.firstIndex(of: name).map { asset in
        MovedAsset(
          asset: asset, name: name, knot: contagion.knot(of: name, from: event.asset),
          betas: ContiguousArray(repeating: Lanes(event.marketBetas[name] ?? 1), count: site.groups),
          lags: ContiguousArray(repeating: .zero, count: site.groups))
      }
    }
  }

  /// Takes what the paths of a tile have drawn of contagion.
  mutating func draw(_ contagion: Named<DrawnParameters<Contagion>>, stepSeconds: Double) {
    guard let caught = contagion[name] else { return }
    betas = caught.beta
    lags = ContiguousArray(caught.lag.map { $0 / stepSeconds })
  }

  /// States when it can begin, at times of which some are infinite.
  ///
  /// - Parameter times: in steps, by lane group, its own delay among them.
  mutating func begin(at times: some Sequence<Lanes>) {
    var earliest = Double.infinity
    for time in times {
      for lane in 0..<Lanes.count { earliest = min(earliest, time[lane]) }
    }
    firstStep = earliest < 1e15 ? Int(earliest.rounded(.down)) : Int.max
  }
}

extension KnotColumn {
  /// Columns for the knots of an event. A name at which no asset of the market turns keeps its column: keys of draws go by place.
  static func all(_ names: [String], of moved: [MovedAsset], groups: Int) -> [KnotColumn] {
    names.map { name in
      KnotColumn(asset: moved.first { $0.knot == name }?.asset ?? 0, name: name, groups: groups)
    }
  }
}
