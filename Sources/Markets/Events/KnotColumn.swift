import Lanes

/// The moments at which an event's offset of one asset turns, one for each path.
package struct KnotColumn {
  /// Index of the asset.
  package let asset: Int
  /// Its name, one of the event's `knotNames`.
  package let name: String
  /// In steps after t = 0, fractional, by lane group; +∞ where there is none.
  package var times: ContiguousArray<Lanes> {
    didSet { updateRange() }
  }
  /// First and last step that has a knot on any path of the tile.
  private(set) var steps: ClosedRange<Int>?

  /// A column without knots yet.
  package init(asset: Int, name: String, groups: Int) {
    self.asset = asset
    self.name = name
    times = ContiguousArray(repeating: .infinity, count: groups)
  }

  private mutating func updateRange() {
    var low = Double.infinity
    var high = -Double.infinity
    for group in times {
      for lane in 0..<Lanes.count where group[lane].isFinite {
        low = min(low, group[lane])
        high = max(high, group[lane])
      }
    }
    let limit = 1e15
    steps = low <= high && high < limit ? Int(low.rounded(.down))...Int(high.rounded(.down)) : nil
  }
}
