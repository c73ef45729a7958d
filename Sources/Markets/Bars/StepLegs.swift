import Lanes

/// The legs of the last step, in time, for those lane groups whose step has more of them than the parts before and after
/// the arrival of orders: sub-steps, and the moments at which events turn.
///
/// A path that has fewer legs than others of its group has legs in which nothing moves and no time passes.
package struct StepLegs: Sendable {
  /// Where the uniform of a leg comes from that says how low accounts with several positions come in it.
  package struct Source: Sendable {
    /// The sub-step in which it lies, whose dense draw it is unless it follows a knot.
    package let substep: Int32
    /// Whether it is the draw of the part before the arrival.
    package let isBeforeArrival: Bool
    /// The uniforms themselves, after a moment at which an event turns.
    package fileprivate(set) var uniforms: Lanes?

    /// The draw of a sub-step.
    static func dense(_ substep: Substep, isBeforeArrival: Bool) -> Source {
      Source(substep: Int32(substep.number), isBeforeArrival: isBeforeArrival, uniforms: nil)
    }

    /// What follows a knot in a sub-step; the uniforms come lane by lane.
    static func knot(_ substep: Substep) -> Source {
      Source(substep: Int32(substep.number), isBeforeArrival: false, uniforms: Lanes(0.5))
    }
  }

  /// Assets of the market.
  package let assets: Int
  /// Lane groups of the tile.
  package let groups: Int
  /// `[group]`: how many legs the step has; 0 where its parts are its legs.
  package private(set) var counts: ContiguousArray<Int>
  /// `[group]`: how many of them lie before the arrival of orders.
  package private(set) var countsBefore: ContiguousArray<Int>
  /// `[(leg * assets + asset) * groups + group]`.
  package private(set) var prices: ContiguousArray<LegPrices> = []
  /// Likewise: where trading stands still as the leg begins; nothing where no event can halt it.
  package private(set) var halted: ContiguousArray<Mask> = []
  /// Whether any event can halt trading.
  let canHalt: Bool
  /// `[leg * groups + group]`.
  package private(set) var sources: ContiguousArray<Source> = []

  init(assets: Int, groups: Int, room: Int, canHalt: Bool = false) {
    self.assets = assets
    self.groups = groups
    self.canHalt = canHalt
    counts = ContiguousArray(repeating: 0, count: groups)
    countsBefore = counts
    if room > 0 { makeRoom(legs: room) }
  }

  /// Prices of an asset in a leg of a group.
  @inline(__always)
  package func prices(leg: Int, asset: Int, group: Int) -> LegPrices {
    prices[(leg * assets + asset) * groups + group]
  }

  /// Forgets the last step.
  mutating func clear() {
    for group in counts.indices {
      counts[group] = 0
      countsBefore[group] = 0
    }
  }

  /// Adds a leg to a group's step; its prices are to follow.
  ///
  /// - Returns: the leg's number.
  mutating func add(_ source: Source, group: Int, isBeforeArrival: Bool) -> Int {
    let leg = counts[group]
    if (leg + 1) * groups > sources.count { makeRoom(legs: leg + 1) }
    sources[leg * groups + group] = source
    counts[group] = leg + 1
    if isBeforeArrival { countsBefore[group] = leg + 1 }
    return leg
  }

  /// Adds the moment at which orders arrive at a sub-step's open, with its prices.
  ///
  /// - Parameters:
  ///   - bars: of the sub-step, `[asset * groups + group]`.
  ///   - interiors: likewise.
  mutating func addArrivalAtOpen(
    _ substep: Substep, _ bars: ContiguousArray<AssetStep>, _ interiors: ContiguousArray<BarInterior>, group: Int
  ) {
    let leg = add(.dense(substep, isBeforeArrival: true), group: group, isBeforeArrival: true)
    for asset in 0..<assets {
      let place = asset * groups + group
      set(
        leg, asset: asset, group: group, LegPrices(at: bars[place].open), halted: interiors[place].haltedAtOpen)
    }
  }

  /// States the uniform of one path in a leg after a knot.
  mutating func setUniform(_ uniform: Double, leg: Int, group: Int, lane: Int) {
    sources[leg * groups + group].uniforms?[lane] = uniform
  }

  /// Writes the prices of an asset in a leg.
  @inline(__always)
  mutating func set(_ leg: Int, asset: Int, group: Int, _ new: LegPrices, halted isHalted: Mask = .none) {
    prices[(leg * assets + asset) * groups + group] = new
    if canHalt { halted[(leg * assets + asset) * groups + group] = isHalted }
  }

  /// Where trading in an asset stands still as a leg of a group begins.
  @inline(__always)
  package func halted(leg: Int, asset: Int, group: Int) -> Mask {
    canHalt ? halted[(leg * assets + asset) * groups + group] : .none
  }

  private mutating func makeRoom(legs: Int) {
    let new = legs * groups - sources.count
    sources.append(
      contentsOf: repeatElement(Source(substep: 0, isBeforeArrival: false, uniforms: nil), count: new))
    prices.append(contentsOf: repeatElement(LegPrices(at: .zero), count: new * assets))
    if canHalt { halted.append(contentsOf: repeatElement(.none, count: new * assets)) }
  }
}
