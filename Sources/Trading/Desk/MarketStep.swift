import Lanes
import Markets
import Randomness

/// The step that a market tile has just made, as venues and desks need it: taken out of the tile once a step, so that
/// loops over lane groups touch values only.
struct MarketStep {
  /// The step; negative in the warm-up, in which nobody trades.
  let step: Int
  /// `[asset * groups + group]`.
  let bars: ContiguousArray<AssetStep>
  /// What lies inside it, likewise.
  let interiors: ContiguousArray<BarInterior>
  /// Its legs, where it has more than its two parts.
  let legs: StepLegs
  /// `[asset * groups + group]`.
  let depths: ContiguousArray<BookDepth>
  /// What events do to how the assets hang together.
  let dependence: DependenceEffects
  /// `[group]`.
  let inEventWindow: ContiguousArray<Mask>
  /// What the venue asks in it, and how it deals with orders.
  let venue: VenueStep
  /// What the legs have drawn for accounts with several positions.
  let draws: LegDraws
  private let bridges: ContiguousArray<DenseStream>
  private let rootBefore, rootAfter: Double
  /// Whether an event can halt trading.
  let canHalt: Bool
  private let firstSubstep: Int
  /// What a unit counts as where prices may be negative, by asset; empty where none may.
  private let references: [Double?]
  private let scales: [PriceScale]

  init(_ tile: MarketTile, _ depths: DepthTrack, _ venue: VenueStep, _ draws: LegDraws) {
    self.draws = draws
    self.venue = venue
    self.depths = depths.steps
    step = tile.step
    bars = tile.bars
    interiors = tile.interiors
    legs = tile.legs
    dependence = tile.dependence
    firstSubstep = tile.step * tile.description.substeps
    bridges = tile.bridges
    inEventWindow = tile.inEventWindow
    canHalt = tile.canHalt
    references = tile.description.references
    scales = tile.description.scales
    rootBefore = tile.description.arrivalFraction.squareRoot()
    rootAfter = (1 - tile.description.arrivalFraction).squareRoot()
  }

  /// What a unit of an asset counts as in margin and fees where its price may be negative; nil: its price.
  @inline(__always)
  func reference(_ asset: Int) -> Double? { references.isEmpty ? nil : references[asset] }

  /// How an asset's price moves.
  func scale(_ asset: Int) -> PriceScale { scales[asset] }

  /// Standard deviation of an asset's price over a leg, at the mean of its ends.
  @inline(__always)
  func move(_ asset: Int, _ prices: LegPrices) -> Lanes {
    if let reference = reference(asset) { return prices.deviation * reference }
    return (prices.start + prices.end) * 0.5 * prices.deviation
  }

  /// The mid when the orders of the step arrive, at `[asset * groups + group]`.
  @inline(__always)
  func arrival(_ index: Int) -> Lanes { interiors[index].arrival }

  /// The largest standard deviation of the log price in any leg of the step, likewise.
  @inline(__always)
  func deviation(_ index: Int) -> Lanes { interiors[index].deviation }

  /// An asset's prices over a part of the step: its extremes are those of all its legs. The deviation is as if it traded in
  /// all of it.
  @inline(__always)
  func prices(_ index: Int, _ part: StepPart) -> LegPrices {
    let bar = bars[index]
    let inside = interiors[index]
    switch part {
    case .beforeArrival:
      return LegPrices(
        start: bar.open, low: inside.lowBefore, high: inside.highBefore, end: inside.arrival,
        deviation: inside.deviation * rootBefore)
    case .afterArrival:
      return LegPrices(
        start: inside.arrival, low: inside.lowAfter, high: inside.highAfter, end: bar.close,
        deviation: inside.deviation * rootAfter)
    }
  }

  /// An asset's prices over a leg.
  @inline(__always)
  func prices(_ asset: Int, _ group: Int, _ leg: Leg) -> LegPrices {
    if let number = leg.number { return legs.prices(leg: number, asset: asset, group: group) }
    let whole = prices(asset * legs.groups + group, leg.part)
    return canHalt ? whole.still : whole
  }

  /// The numbers of a part's legs in a group; nil where the part is one leg.
  func numbers(of part: StepPart, _ group: Int) -> Range<Int>? {
    let count = legs.counts[group]
    guard count > 0 else { return nil }
    let before = legs.countsBefore[group]
    return part == .beforeArrival ? 0..<before : before..<count
  }

  /// Where trading in an asset stands still as a leg of a group begins.
  @inline(__always)
  func isHalted(_ asset: Int, _ group: Int, _ leg: Leg) -> Mask {
    guard canHalt else { return .none }
    if let number = leg.number { return legs.halted(leg: number, asset: asset, group: group) }
    let inside = interiors[asset * legs.groups + group]
    return leg.part == .beforeArrival ? inside.haltedAtOpen : inside.haltedAtArrival
  }

  /// Where the venue is out as a leg begins: nothing that waits for a price acts in it.
  func isOut(_ leg: Leg, _ group: Int) -> Mask {
    guard venue.isHindered else { return .none }
    guard let number = leg.number else { return venue.isOut(at: leg.part, group) }
    return venue.isOut(
      substep: substep(ofLeg: number, group), isBeforeArrival: number < legs.countsBefore[group], group)
  }

  /// The sub-step in which a leg of a group lies, counted from the step's first.
  @inline(__always)
  private func substep(ofLeg number: Int, _ group: Int) -> Int {
    Int(legs.sources[number * legs.groups + group].substep) - firstSubstep
  }

  /// The uniforms of both parts of the step, where they are its legs.
  @inline(__always)
  func uniforms(_ group: Int) -> (beforeArrival: Lanes, afterArrival: Lanes) {
    bridges[group].uniforms52(step: Int32(step))
  }

  /// The sub-step of the step in which a leg lies, where events act on how the assets hang together there; else nil.
  @inline(__always)
  func stressedPart(_ leg: Leg, _ group: Int) -> Int? {
    let part = leg.number.map { substep(ofLeg: $0, group) } ?? 0
    return dependence.isActive(part: part) ? part : nil
  }

  /// A uniform for how low accounts with several positions come in a leg of a group: the same for all desks.
  func uniform(_ leg: Leg, _ group: Int) -> Lanes {
    guard let number = leg.number else {
      let (before, after) = uniforms(group)
      return leg.part == .beforeArrival ? before : after
    }
    let source = legs.sources[number * legs.groups + group]
    if let uniforms = source.uniforms { return uniforms }
    let (before, after) = bridges[group].uniforms52(step: source.substep)
    return source.isBeforeArrival ? before : after
  }
}

extension LegPrices {
  /// The extreme that hurts the position.
  @inline(__always)
  func adverse(_ quantity: Lanes) -> Lanes { select(quantity .> 0, low, high) }
}
