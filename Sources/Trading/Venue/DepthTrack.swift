import Lanes
import Markets

/// Follows the depth of all books of a tile, and how fast they refill, once a step for all desks.
struct DepthTrack {
  /// `[asset * groups + group]`.
  private(set) var steps: ContiguousArray<BookDepth>
  private let groups: Int
  /// What a step leaves of impact without events, and the halvings of impact in it; by asset.
  private let calm: [(kept: Double, halvings: Double)]

  /// The books of a venue whose steps leave so much of each asset's impact.
  init(impactKept: [Double], groups: Int) {
    self.groups = groups
    steps = ContiguousArray(repeating: .first, count: impactKept.count * groups)
    // Where nothing is left after a step, a factor of a thousand leaves nothing either.
    calm = impactKept.map { ($0, $0 > 0 ? -log(Lanes($0))[0] * 1.4426950408889634 : 1e6) }
  }

  /// Forgets the last step.
  mutating func reset() {
    for index in steps.indices { steps[index] = .first }
  }

  /// Takes the step's depths and refill half-lives up.
  mutating func follow(_ bars: ContiguousArray<AssetStep>, _ interiors: ContiguousArray<BarInterior>) {
    let bars = bars.span
    let interiors = interiors.span
    let (calm, groups) = (calm, groups)
    var steps = steps.mutableSpan
    for (asset, calm) in calm.enumerated() {
      for group in 0..<groups {
        let index = asset * groups + group
        let slower = interiors[index].refillHalfLife
        var kept = Lanes(calm.kept)
        if (slower .!= 1).isAny {
          kept.replace(with: exp2(-calm.halvings / slower), where: slower .!= 1)
        }
        steps[index] = BookDepth(depth: bars[index].depth, after: steps[index], kept: kept)
      }
    }
  }
}
