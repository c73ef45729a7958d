import Lanes

/// Makes a step's bars of its sub-steps, and takes down its legs.
struct SubstepFold {
  /// The last sub-step's bars, `[asset * groups + group]`.
  var bars: ContiguousArray<AssetStep>
  /// Their insides, likewise.
  var interiors: ContiguousArray<BarInterior>
  /// What events do to liquidity over the step: the geometric mean of their factors over its sub-steps.
  private(set) var effects: [AssetEffects]

  private let assets: Int
  private let groups: Int
  private let substeps: Int

  init(_ market: MarketDescription, groups: Int) {
    assets = market.assets.count
    self.groups = groups
    substeps = market.substeps
    bars = ContiguousArray(
      market.initialPrices.flatMap { Array(repeating: AssetStep(unmoved: Lanes($0)), count: groups) })
    interiors = ContiguousArray(
      market.initialPrices.flatMap { Array(repeating: BarInterior(unmoved: Lanes($0)), count: groups) })
    effects = market.assets.map { _ in AssetEffects(groups: groups, arrivalFraction: 0) }
  }

  /// Starts new paths.
  mutating func reset(_ prices: [Double]) {
    for asset in 0..<assets {
      for group in 0..<groups {
        bars[asset * groups + group] = AssetStep(unmoved: Lanes(prices[asset]))
        interiors[asset * groups + group] = BarInterior(unmoved: Lanes(prices[asset]))
      }
      effects[asset].reset()
    }
  }

  /// Adds the last sub-step to the step.
  ///
  /// - Parameter isSplit: `[group]`: where the sub-step has knots, and its legs have been taken down.
  mutating func add(
    _ substep: Substep, _ moves: [ContiguousArray<LogMove>], isSplit: [Bool], _ whole: inout ContiguousArray<AssetStep>,
    _ insides: inout ContiguousArray<BarInterior>, _ legs: inout StepLegs
  ) {
    for group in 0..<groups where !isSplit[group] { addLegs(substep, moves, group, &legs) }
    for place in bars.indices { Self.fold(bars[place], interiors[place], substep, &whole[place], &insides[place]) }
  }

  /// Takes the factors of the last sub-step's events up.
  mutating func add(_ substep: Substep, _ current: [AssetEffects]) {
    for asset in current.indices where current[asset].isActive {
      // The sub-steps of the step before the event have a factor of 1, whose logarithm is 0.
      let isFirst = substep.part == 0 || !effects[asset].isActive
      effects[asset].activate()
      let isLast = substep.part == substeps - 1
      for group in 0..<groups {
        let now = current[asset].values[group]
        var sum = isFirst ? EventEffect.noneInLogarithms : effects[asset].values[group]
        sum.halfSpread += log(now.halfSpread)
        sum.depth += log(now.depth)
        sum.volume += log(now.volume)
        sum.refillHalfLife += log(now.refillHalfLife)
        if isLast {
          let share = 1 / Double(substeps)
          sum.halfSpread = exp(sum.halfSpread * share)
          sum.depth = exp(sum.depth * share)
          sum.volume = exp(sum.volume * share)
          sum.refillHalfLife = exp(sum.refillHalfLife * share)
        }
        effects[asset].values[group] = sum
      }
    }
  }

  private func addLegs(
    _ substep: Substep, _ moves: [ContiguousArray<LogMove>], _ group: Int, _ legs: inout StepLegs
  ) {
    if substep.arrivesAtOpen { legs.addArrivalAtOpen(substep, bars, interiors, group: group) }
    if substep.arrival > 0 {
      let leg = legs.add(.dense(substep, isBeforeArrival: true), group: group, isBeforeArrival: true)
      for asset in 0..<assets {
        let place = asset * groups + group
        legs.set(
          leg, asset: asset, group: group,
          standing(
            .beforeArrival(bars[place], interiors[place], moves[asset][group].deviation * substep.arrival.squareRoot()),
            legs),
          halted: interiors[place].haltedAtOpen)
      }
    }
    let leg = legs.add(
      .dense(substep, isBeforeArrival: false), group: group, isBeforeArrival: substep.isBeforeArrival)
    let share = (1 - substep.arrival).squareRoot()
    for asset in 0..<assets {
      let place = asset * groups + group
      legs.set(
        leg, asset: asset, group: group,
        standing(.afterArrival(bars[place], interiors[place], moves[asset][group].deviation * share), legs),
        halted: interiors[place].haltedAtArrival)
    }
  }

  /// A leg, without a deviation where a halt lets the price stand still in it.
  private func standing(_ leg: LegPrices, _ legs: StepLegs) -> LegPrices { legs.canHalt ? leg.still : leg }

  @inline(__always)
  private static func fold(
    _ bar: AssetStep, _ inside: BarInterior, _ substep: Substep, _ whole: inout AssetStep,
    _ interior: inout BarInterior
  ) {
    if substep.part == 0 {
      whole.open = bar.open
      whole.high = bar.high
      whole.low = bar.low
      interior.deviation = inside.deviation
      interior.highBefore = bar.open
      interior.lowBefore = bar.open
      interior.haltedAtOpen = inside.haltedAtOpen
    } else {
      whole.high = max(whole.high, bar.high)
      whole.low = min(whole.low, bar.low)
      interior.deviation = max(interior.deviation, inside.deviation)
    }
    whole.close = bar.close
    whole.halted = bar.halted
    if substep.isBeforeArrival {
      interior.highBefore = max(interior.highBefore, bar.high)
      interior.lowBefore = min(interior.lowBefore, bar.low)
    } else if substep.arrivesAtOpen || substep.arrival > 0 {
      interior.highBefore = max(interior.highBefore, inside.highBefore)
      interior.lowBefore = min(interior.lowBefore, inside.lowBefore)
      interior.arrival = inside.arrival
      interior.haltedAtArrival = inside.haltedAtArrival
      interior.highAfter = inside.highAfter
      interior.lowAfter = inside.lowAfter
    } else {
      interior.highAfter = max(interior.highAfter, bar.high)
      interior.lowAfter = min(interior.lowAfter, bar.low)
    }
  }
}

extension EventEffect {
  /// Nothing, where factors are kept as their logarithms.
  fileprivate static var noneInLogarithms: EventEffect {
    var none = EventEffect.none
    none.halfSpread = .zero
    none.depth = .zero
    none.volume = .zero
    none.refillHalfLife = .zero
    return none
  }
}
