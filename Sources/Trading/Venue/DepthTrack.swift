import Lanes
import Markets

/// Follows the depth of all books of a tile, and how fast they refill, once a step for all desks.
struct DepthTrack {
  /// `[asset * groups + group]`.
  private(set) var steps: ContiguousArray<BookDepth>
  private let groups: Int
  /// `[asset * groups + group]`: whether events slow the refill down, or speed it up, on any path.
  private var isChanged: ContiguousArray<Bool>
  /// What a step leaves of impact without events, and the halvings of impact in it; by asset.
  private let calm: [(kept: Double, halvings: Double)]

  /// The books of a venue whose steps leave so much of each asset's impact.
  init(impactKept: [Double], groups: Int) {
    self.groups = groups
    steps = ContiguousArray(impactKept.flatMap { Array(repeating: BookDepth(kept: Lanes($0)), count: groups) })
    isChanged = ContiguousArray(repeating: false, count: steps.count)
    // Where nothing is left after a step, a factor of a thousand leaves nothing either.
    calm = impactKept.map { ($0, $0 > 0 ? -log(Lanes($0))[0] * 1.4426950408889634 : 1e6) }
  }

  /// Forgets the last step.
  mutating func reset() {
    for index in steps.indices {
      steps[index] = BookDepth(kept: Lanes(calm[index / groups].kept))
      isChanged[index] = false
    }
  }

  /// Takes the step's depths and refill half-lives up.
  mutating func follow(_ bars: ContiguousArray<AssetStep>, _ interiors: ContiguousArray<BarInterior>) {
    Self.follow(bars, interiors, calm, groups, &steps, &isChanged)
  }

  @inline(never)
  private static func follow(
    _ bars: ContiguousArray<AssetStep>, _ interiors: ContiguousArray<BarInterior>,
    _ calm: [(kept: Double, halvings: Double)], _ groups: Int, _ steps: inout ContiguousArray<BookDepth>,
    _ isChanged: inout ContiguousArray<Bool>
  ) {
    let bars = bars.span
    let interiors = interiors.span
    var steps = steps.mutableSpan
    var isChanged = isChanged.mutableSpan
    for (asset, calm) in calm.enumerated() {
      for group in 0..<groups {
        let index = asset * groups + group
        steps[index].follow(bars[index].depth)
        let slower = interiors[index].refillHalfLife
        let changes = (slower .!= 1).isAny
        guard changes || isChanged[index] else { continue }
        steps[index].kept = select(slower .!= 1, exp2(-calm.halvings / slower), Lanes(calm.kept))
        isChanged[index] = changes
      }
    }
  }
}
