import Lanes

/// What events do to the assets' dependence on the paths of a tile: how far it is blended towards their targets, in each
/// sub-step of a step.
///
/// An event k with blend s_k, severity θ and the mean w̄ of its window over a sub-step adds a_k = −θ·w̄·ln(1 − s_k) ≥ 0. All
/// that touch an asset blend its normals by s = 1 − e^{−Σa}, and of this p_k = s·a_k/Σa is event k's:
/// √(1 − s)·Z + Σ √p_k·Z_k, with independent Z_k of the targets' correlations. So the normals' own laws stay, and assets that
/// the same events touch have the correlations (1 − s)·C + Σ p_k·C_k, in whatever order events are folded. With an asset
/// that fewer events touch, less is left in common: √((1 − s_i)(1 − s_j))·C_ij + Σ √(p_ik·p_jk)·C_k,ij.
///
/// Confined to one tile. What it says of a step holds until the next one begins.
package final class DependenceEffects {
  /// What the events blend towards, in the order of their names.
  let targets: [DependenceTarget]
  /// `[event]`: its place in `targets`; −1 for an event that leaves correlations.
  private let places: [Int]
  /// `[asset · assets + other]`: the market's own correlations.
  private let own: ContiguousArray<Double>
  /// `[(target · assets + asset) · assets + other]`: the targets'.
  private let stressed: ContiguousArray<Double>
  private let assets: Int
  private let groups: Int
  private let substeps: Int
  /// `[asset]`: which of the sets of targets touches it; −1 for none.
  private let sets: [Int]
  /// `[set]`: the targets in it.
  private let members: [[Int]]
  /// `[target · groups + group]`: a_k in the current sub-step.
  private var intensities: ContiguousArray<Lanes>
  /// Whether an event has added anything to the current sub-step.
  private var isTouched = false
  /// The current sub-step of its step.
  private(set) var part = 0
  /// `[part]`: whether events act there. One place more than sub-steps, for the one before the step.
  private var isActive: [Bool]
  /// `[part · targets + target]`: whether the target's event acts there.
  private var isUsed: [Bool]
  /// `[(part · sets + set) · groups + group]`: √(1 − s).
  private var kept: ContiguousArray<Lanes>
  /// `[((part · targets + target) · sets + set) · groups + group]`: √p_k.
  private var shares: ContiguousArray<Lanes>

  /// No effects yet.
  init(_ market: MarketDescription, groups: Int) {
    let targets = market.targets
    self.targets = targets
    places = market.events.indices.map { event in targets.firstIndex { $0.event == event } ?? -1 }
    own = ContiguousArray(market.correlation.joined())
    stressed = ContiguousArray(targets.flatMap(\.correlations))
    assets = market.assets.count
    self.groups = groups
    substeps = market.substeps
    let touching = market.assets.indices.map { asset in targets.indices.filter { targets[$0].touches(asset) } }
    var members: [[Int]] = []
    for set in touching where !set.isEmpty && !members.contains(set) { members.append(set) }
    self.members = members
    sets = touching.map { members.firstIndex(of: $0) ?? -1 }
    let parts = targets.isEmpty ? 0 : substeps + 1
    intensities = ContiguousArray(repeating: .zero, count: targets.count * groups)
    isActive = Array(repeating: false, count: substeps + 1)
    isUsed = Array(repeating: false, count: parts * targets.count)
    kept = ContiguousArray(repeating: .one, count: parts * members.count * groups)
    shares = ContiguousArray(repeating: .zero, count: parts * targets.count * members.count * groups)
  }

  /// Whether extremes of any asset may be drawn on the other side first.
  var mayTurn: Bool { targets.contains { $0.turns.contains(true) } }

  // MARK: The course of a step

  /// Starts new paths.
  func reset() {
    for part in isActive.indices { isActive[part] = false }
  }

  /// Starts a sub-step: nothing acts in it yet. What acted in the one before the step is kept for the gap at its open,
  /// which lies before everything that starts in the step.
  func begin(part: Int) {
    self.part = part
    guard !targets.isEmpty else { return }
    if part == 0 { keepLast() }
    isActive[part] = false
  }

  private func keepLast() {
    let last = substeps - 1
    isActive[substeps] = isActive[last]
    guard isActive[last] else { return }
    for target in targets.indices { isUsed[substeps * targets.count + target] = isUsed[last * targets.count + target] }
    let room = members.count * groups
    for place in 0..<room { kept[substeps * room + place] = kept[last * room + place] }
    let more = targets.count * room
    for place in 0..<more { shares[substeps * more + place] = shares[last * more + place] }
  }

  /// Adds what an event does on the paths of a group to the current sub-step.
  ///
  /// - Parameters:
  ///   - event: its index.
  ///   - intensity: a_k.
  func add(event: Int, group: Int, _ intensity: Lanes) {
    let target = places[event]
    guard target >= 0 else { return }
    if !isTouched {
      isTouched = true
      for place in intensities.indices { intensities[place] = .zero }
      for other in targets.indices { isUsed[part * targets.count + other] = false }
    }
    isUsed[part * targets.count + target] = true
    intensities[target * groups + group] += intensity
  }

  /// Works out what the events of the sub-step come to together.
  func settle() {
    guard isTouched else { return }
    isTouched = false
    isActive[part] = true
    for (set, members) in members.enumerated() {
      for group in 0..<groups { settle(set, members, group) }
    }
  }

  /// Beyond it √(1 − s) is 0 in double precision.
  private static let most = 1400.0

  private func settle(_ set: Int, _ members: [Int], _ group: Int) {
    var sum = Lanes.zero
    for target in members { sum += intensities[target * groups + group] }
    let bounded = min(sum, Self.most)
    kept[(part * self.members.count + set) * groups + group] = exp(bounded * -0.5)
    let blend = -expm1(-bounded)
    let scale = select(sum .> 0, blend / select(sum .> 0, sum, .one), .zero)
    for target in members {
      shares[((part * targets.count + target) * self.members.count + set) * groups + group] = sqrt(
        scale * intensities[target * groups + group])
    }
  }

  // MARK: What has come of it

  /// The place of the sub-step before the step.
  var before: Int { substeps }

  /// Whether events act in a sub-step of the step, on any path.
  @inline(__always)
  package func isActive(part: Int) -> Bool { isActive[part] }

  /// Whether the event of a target does.
  @inline(__always)
  func isUsed(_ target: Int, part: Int) -> Bool { isUsed[part * targets.count + target] }

  /// √(1 − s) of an asset that some target touches.
  @inline(__always)
  func kept(_ asset: Int, part: Int, group: Int) -> Lanes {
    kept[(part * members.count + sets[asset]) * groups + group]
  }

  /// √p_k of an asset that the target touches.
  @inline(__always)
  func share(_ target: Int, _ asset: Int, part: Int, group: Int) -> Lanes {
    shares[((part * targets.count + target) * members.count + sets[asset]) * groups + group]
  }

  /// Whether any target touches an asset.
  @inline(__always)
  func touches(_ asset: Int) -> Bool { sets[asset] >= 0 }

  /// The correlation of two assets' normals in a sub-step in which events act.
  @inline(__always)
  package func correlation(_ asset: Int, _ other: Int, part: Int, group: Int) -> Lanes {
    var rho = Lanes(own[asset * assets + other])
    if sets[asset] >= 0 { rho *= kept(asset, part: part, group: group) }
    if sets[other] >= 0 { rho *= kept(other, part: part, group: group) }
    guard sets[asset] >= 0, sets[other] >= 0 else { return rho }
    for target in targets.indices where isUsed(target, part: part) {
      // One that does not touch both has a share or a correlation of 0.
      let share = share(target, asset, part: part, group: group) * share(target, other, part: part, group: group)
      rho = fma(share, stressed[(target * assets + asset) * assets + other], rho)
    }
    return rho
  }

  /// The paths on which a lot has an asset's extremes drawn under a target's dependence, in a leg of the current sub-step.
  ///
  /// - Parameter lot: a uniform, the same for all assets and targets.
  @inline(__always)
  func isDrawn(under target: Int, _ asset: Int, group: Int, lot: Lanes) -> Mask {
    let kept = kept(asset, part: part, group: group)
    let blend = fma(-kept, kept, Lanes.one)
    let perBlend = 1 / max(blend, 1e-300)
    var low = Lanes.zero
    var high = Lanes.zero
    for other in members[sets[asset]] where other <= target {
      let share = share(other, asset, part: part, group: group)
      low = high
      high = fma(share * share * perBlend, targets[other].weight(blend), high)
    }
    return (lot .>= low) & (lot .< high)
  }
}
