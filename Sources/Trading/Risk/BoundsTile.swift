import Lanes

/// The bounds that a desk's rules put on its positions at a close; a group that no rule bounds costs nothing.
package struct BoundsTile: Sendable {
  /// Lane groups in the tile.
  package let groups: Int
  private let assets: Int
  /// `[asset * groups + group]`; without meaning where the group is not bound.
  private var bounds: ContiguousArray<PositionBounds>
  /// `[group]`.
  private var isBound: ContiguousArray<Bool>

  init(assets: Int, groups: Int) {
    self.assets = assets
    self.groups = groups
    bounds = ContiguousArray(repeating: .unbounded, count: assets * groups)
    isBound = ContiguousArray(repeating: false, count: groups)
  }

  /// Scales the wanted weights of a group's assets together: each is bounded between flat and `scale` times it.
  ///
  /// - Parameter wanted: `[asset * groups + group]`.
  @inline(__always)
  package mutating func scale(_ wanted: ContiguousArray<Lanes>, by scale: Lanes, group: Int) {
    bind(group)
    for asset in 0..<assets {
      let index = asset * groups + group
      bounds[index].narrow(to: wanted[index] * scale)
    }
  }

  /// Bounds the position in an asset between flat and a weight.
  @inline(__always)
  package mutating func narrow(to weight: Lanes, asset: Int, group: Int) {
    bind(group)
    bounds[asset * groups + group].narrow(to: weight)
  }

  /// Allows nothing but flat in an asset where `mask` is set.
  @inline(__always)
  package mutating func close(asset: Int, group: Int, where mask: Mask) {
    guard mask.isAny else { return }
    bind(group)
    bounds[asset * groups + group].close(where: mask)
  }

  /// Narrows to what another tile of the same size allows.
  mutating func narrow(to other: BoundsTile) {
    for group in 0..<groups where other.isBound[group] {
      bind(group)
      for asset in 0..<assets {
        let index = asset * groups + group
        bounds[index].lower = max(bounds[index].lower, other.bounds[index].lower)
        bounds[index].upper = min(bounds[index].upper, other.bounds[index].upper)
      }
    }
  }

  @inline(__always)
  private mutating func bind(_ group: Int) {
    guard !isBound[group] else { return }
    isBound[group] = true
    for asset in 0..<assets { bounds[asset * groups + group] = .unbounded }
  }

  /// Clamps the weights of bound groups to their bounds, and starts anew.
  mutating func clamp(_ weights: inout ContiguousArray<Lanes>) {
    for group in 0..<groups where isBound[group] {
      isBound[group] = false
      for asset in 0..<assets {
        let index = asset * groups + group
        weights[index] = min(max(weights[index], bounds[index].lower), bounds[index].upper)
      }
    }
  }
}
