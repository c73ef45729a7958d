import Lanes
import Markets

/// What the legs of a step have drawn for accounts with several positions, made when the first desk asks and kept for the
/// others: the leg's own draw, and, as normals, how rarely each asset goes as far beyond its ends as it does.
final class LegDraws {
  private let assets: Int
  private let groups: Int
  /// `[slot * groups + group]`: the step whose draw stands there, and whose normals.
  private var drawSteps: Records<Int>
  private var steps: Records<Int>
  /// Likewise: w = −2 ln U of the leg's own uniform, and √w/2, by which many deviations at most a bridge of that draw goes
  /// below its ends.
  private var draws: Records<Lanes>
  private var reaches: Records<Lanes>
  /// Likewise: that uniform as a normal.
  private var own: Records<Lanes>
  /// `[(slot * groups + group) * assets + asset]`: of the low, and of the high; small where the price goes far.
  private var low: Records<Lanes>
  private var high: Records<Lanes>
  private var slots: Int

  init(assets: Int, groups: Int) {
    self.assets = assets
    self.groups = groups
    slots = 2
    drawSteps = Records(repeating: .min, count: slots * groups)
    steps = Records(repeating: .min, count: slots * groups)
    draws = Records(repeating: .zero, count: slots * groups)
    reaches = Records(repeating: .zero, count: slots * groups)
    own = Records(repeating: .zero, count: slots * groups)
    low = Records(repeating: .zero, count: slots * groups * assets)
    high = Records(repeating: .zero, count: slots * groups * assets)
  }

  /// The normals of one leg and group, by asset.
  struct Normals {
    /// The leg's own draw.
    let own: Lanes
    fileprivate let low: UnsafeBufferPointer<Lanes>
    fileprivate let high: UnsafeBufferPointer<Lanes>

    /// Of an asset's low where `below` is set, of its high elsewhere.
    @inline(__always)
    func of(_ asset: Int, below: Mask) -> Lanes { select(below, low[asset], high[asset]) }
  }

  /// Forgets what was drawn: other paths follow.
  func reset() {
    drawSteps.fill(.min)
    steps.fill(.min)
  }

  /// The leg's own draw, −2 ln U; U at least `AccountBridge.smallestUniform`.
  @inline(__always)
  func draw(_ leg: Leg, _ market: MarketStep, _ group: Int) -> Lanes {
    let place = drawn(leg, market, group)
    return draws[place]
  }

  /// How many deviations below its ends a bridge of that draw goes at most.
  @inline(__always)
  func reach(_ leg: Leg, _ market: MarketStep, _ group: Int) -> Lanes {
    let place = drawn(leg, market, group)
    return reaches[place]
  }

  /// The place of a leg whose draw stands there. There may be other records afterwards: the place comes first.
  @inline(__always)
  private func drawn(_ leg: Leg, _ market: MarketStep, _ group: Int) -> Int {
    let place = place(leg, group)
    if drawSteps[place] != market.step { draw(place, leg, market, group) }
    return place
  }

  @inline(never)
  private func draw(_ place: Int, _ leg: Leg, _ market: MarketStep, _ group: Int) {
    if leg.number == nil {
      // Both parts, which one block draws.
      let (before, after) = market.uniforms(group)
      keep(before, group, market.step)
      keep(after, groups + group, market.step)
    } else {
      keep(market.uniform(leg, group), place, market.step)
    }
  }

  @inline(__always)
  private func keep(_ uniform: Lanes, _ place: Int, _ step: Int) {
    let draw = log(max(uniform, AccountBridge.smallestUniform)) * -2.0
    drawSteps[place] = step
    draws[place] = draw
    reaches[place] = sqrt(draw) * 0.5
  }

  @inline(__always)
  private func place(_ leg: Leg, _ group: Int) -> Int {
    let slot = leg.number ?? (leg.part == .beforeArrival ? 0 : 1)
    if slot >= slots { makeRoom(slot + 1) }
    return slot * groups + group
  }

  /// The normals of a leg; valid until the next leg is asked for.
  func normals(_ leg: Leg, _ market: MarketStep, _ group: Int) -> Normals {
    let place = place(leg, group)
    if steps[place] != market.step {
      steps[place] = market.step
      fill(place, leg, market, group)
    }
    let range = place * assets..<(place + 1) * assets
    return Normals(
      own: own[place], low: UnsafeBufferPointer(rebasing: low.view[range]),
      high: UnsafeBufferPointer(rebasing: high.view[range]))
  }

  private func makeRoom(_ count: Int) {
    slots = count
    drawSteps = Records(repeating: .min, count: slots * groups)
    steps = Records(repeating: .min, count: slots * groups)
    draws = Records(repeating: .zero, count: slots * groups)
    reaches = Records(repeating: .zero, count: slots * groups)
    own = Records(repeating: .zero, count: slots * groups)
    low = Records(repeating: .zero, count: slots * groups * assets)
    high = Records(repeating: .zero, count: slots * groups * assets)
  }

  @inline(never)
  private func fill(_ place: Int, _ leg: Leg, _ market: MarketStep, _ group: Int) {
    own[place] = normalQuantile(market.uniform(leg, group))
    for asset in 0..<assets {
      let prices = market.prices(asset, group, leg)
      let bottom = min(prices.start, prices.end)
      let top = max(prices.start, prices.end)
      let move = market.scale(asset)
      let distance = move.move(from: bottom, to: top)
      let scale = -2 / max(prices.deviation * prices.deviation, 1e-300)
      low[place * assets + asset] = Self.normal(move.move(from: prices.low, to: bottom), distance, scale)
      high[place * assets + asset] = Self.normal(move.move(from: top, to: prices.high), distance, scale)
    }
  }

  /// Φ⁻¹ of the probability exp(−2y(y + d)/v) that a bridge goes y beyond the nearer of two ends that lie d apart.
  @inline(__always)
  private static func normal(_ beyond: Lanes, _ distance: Lanes, _ scale: Lanes) -> Lanes {
    let exceedance = exp(max(scale * beyond * (beyond + distance), Lanes(-30)))
    return normalQuantile(min(max(exceedance, Lanes(1e-13)), Lanes(1 - 0x1p-33)))
  }
}
