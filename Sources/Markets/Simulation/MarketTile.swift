import Lanes
import MarketData
import Randomness

/// The market on one tile of paths, step by step; confined to one worker.
///
/// `reset` names the paths; each `advance` then makes the next step, the warm-up's first. `price` holds at t = 0: the
/// warm-up runs once for its total return and again to be seen. Two tiles that hold a path, in whatever lanes, make the
/// same bits of it.
package final class MarketTile {
  /// Lane groups of eight paths.
  package let groups: Int
  /// What is known about the market before any path is drawn.
  package let description: MarketDescription
  /// The step that was made last: −1 − `warmupSteps` before the first, then up to the horizon.
  package private(set) var step: Int
  /// The last step, by asset and lane group: [asset × groups + group].
  package internal(set) var bars: ContiguousArray<AssetStep>
  /// What only the venue may use of the last step, likewise.
  package private(set) var interiors: ContiguousArray<BarInterior>
  /// The paths on which the last step touches the window of an event, by lane group.
  package private(set) var inEventWindow: ContiguousArray<Mask>

  /// The legs of the last step where it has more of them than its parts.
  package internal(set) var legs: StepLegs

  /// What events have done in the last step to how the assets hang together.
  package var dependence: DependenceEffects { effects.dependence }

  let engine: any BarEngine
  let events: [any EventState]
  /// What events have done to the venue in the last step.
  package var venueEffects: VenueEffects { effects.venue }
  /// Whether a start, or what an event does, is first known when it happens.
  package let isReactive: Bool
  /// Whether a start has become known in the last step.
  package private(set) var hasNewStarts = false
  private let times: VarianceClock
  /// What says how low accounts with several positions come in a leg, by lane group.
  package private(set) var bridges: ContiguousArray<DenseStream> = []
  private let bridgeKey: StreamKey
  /// The streams of the events' knots: by event, then knot.
  let knotKeys: [[KnotKeys]]
  var paths: TilePaths
  var effects: MarketEffects
  var moves: [ContiguousArray<LogMove>]
  /// Base log price over that at t = 0, at the last close; where prices may be negative, base price over it, less 1.
  var logPrices: ContiguousArray<Lanes>
  /// Log prices at the closes of the warm-up, [step + warm-up steps] from the one before the first step.
  private var warmup: [ContiguousArray<Lanes>] = []
  /// The sub-steps of a step; nil where a step is one.
  private var fold: SubstepFold?
  /// What splits sub-steps where events turn; nil where nothing is known between open and close.
  var splitter: KnotSplitter?
  /// Halts and limits by venues' rules; nil where no event has any.
  var halts: TradingHalts?
  let haltStates: [HaltState]
  /// `[group]`: whether the last sub-step was split.
  var isSplit: [Bool]

  init(_ plan: MarketPlan, groups: Int) {
    precondition(groups > 0, "Invariant: a tile has at least one lane group")
    self.groups = groups
    description = plan.description
    let assets = plan.description.assets
    let substeps = plan.description.substeps
    times = VarianceClock(plan.description.clock, substeps: substeps)
    engine = plan.makeEngine(groups: groups)
    let fraction = plan.description.arrivalWithin
    events = plan.scenario.events.map { event in
      event.event.makeState(
        EventSite(
          event: event.name, assets: assets, scales: plan.description.scales, events: plan.description.events,
          clock: plan.description.clock,
          substeps: substeps, groups: groups,
          stepSeconds: plan.description.clock.stepSeconds / Double(substeps),
          arrivalSubstep: plan.description.arrivalSubstep, arrivalFraction: fraction,
          severity: plan.description.severity,
          streams: plan.streams))
    }
    haltStates = events.compactMap { $0 as? HaltState }
    if !haltStates.isEmpty { halts = TradingHalts(assets: assets.count, groups: groups) }
    isReactive = events.contains(where: \.isReactive)
    bridgeKey = plan.streams.key(StreamName.accountBridge)
    knotKeys = plan.scenario.events.map { event in
      event.event.knotNames.map { KnotKeys($0, of: event.name, plan.description, plan.streams) }
    }
    paths = TilePaths(firstPath: 0, groups: groups)
    effects = MarketEffects(
      assets: assets.map { _ in AssetEffects(groups: groups, arrivalFraction: fraction) },
      dependence: DependenceEffects(plan.description, groups: groups),
      venue: VenueEffects(assets: assets.count, groups: groups, substeps: substeps))
    moves = assets.map { _ in ContiguousArray(repeating: .none, count: groups) }
    let count = assets.count * groups
    logPrices = ContiguousArray(repeating: .zero, count: count)
    bars = ContiguousArray(
      plan.description.initialPrices.flatMap { Array(repeating: AssetStep(unmoved: Lanes($0)), count: groups) })
    interiors = ContiguousArray(
      plan.description.initialPrices.flatMap { Array(repeating: BarInterior(unmoved: Lanes($0)), count: groups) })
    inEventWindow = ContiguousArray(repeating: .none, count: groups)
    step = -1 - plan.description.clock.warmupSteps
    let knotCount = events.reduce(0) { $0 + $1.knots.count }
    isSplit = Array(repeating: false, count: groups)
    if let engine = engine as? any BridgedBarEngine, knotCount > 0 {
      splitter = KnotSplitter(plan.description, groups: groups, knots: knotCount, engine.factor)
    }
    legs = StepLegs(
      assets: assets.count, groups: groups,
      room: (substeps > 1 ? substeps + 1 : 0) + (splitter == nil ? 0 : knotCount + 2), canHalt: halts != nil)
    if substeps > 1 { fold = SubstepFold(plan.description, groups: groups) }
  }

  /// Draws what happens when on the paths `firstPath` … `firstPath` + 8·groups − 1: the events' moments, without a step.
  package func resetEvents(firstPath: UInt64) {
    paths = TilePaths(firstPath: firstPath, groups: groups)
    resetEvents()
  }

  private func resetEvents() {
    for event in events { event.reset(paths) }
    react(substep: -1, bars)
  }

  /// Lets events see the sub-step that was just made; an event that waits for another learns of it at once.
  private func react(substep: Int, _ bars: ContiguousArray<AssetStep>) {
    guard isReactive else { return }
    // Prices are seen once; then what they have made known is told until nobody has anything new.
    var showsPrices = substep >= 0
    var isNews = true
    while isNews {
      let sight = MarketSight(
        substep: substep, showsPrices: showsPrices, bars: bars, groups: groups, events: events)
      isNews = false
      for event in events where event.isReactive && event.react(to: sight) { isNews = true }
      hasNewStarts = hasNewStarts || isNews
      showsPrices = false
    }
  }

  /// Starts the paths `firstPath` … `firstPath` + 8·groups − 1 at the first step of the warm-up.
  ///
  /// - Parameter shouldStop: asked between the steps of the warm-up, which is lived through once here.
  /// - Returns: whether the paths stand there; no where `shouldStop` said so first.
  @discardableResult
  package func reset(firstPath: UInt64, shouldStop: () -> Bool = { false }) -> Bool {
    paths = TilePaths(firstPath: firstPath, groups: groups)
    bridges = ContiguousArray((0..<groups).map { DenseStream(bridgeKey, paths.group($0)) })
    effects.reset()
    resetEvents()
    engine.reset(paths)
    step = -1 - description.clock.warmupSteps
    for index in logPrices.indices { logPrices[index] = .zero }
    // Nothing of the paths before stays to be seen.
    for asset in description.assets.indices {
      let price = Lanes(description.initialPrices[asset])
      for group in 0..<groups {
        bars[asset * groups + group] = AssetStep(unmoved: price)
        interiors[asset * groups + group] = BarInterior(unmoved: price)
      }
    }
    for group in 0..<groups { inEventWindow[group] = .none }
    fold?.reset(description.initialPrices)
    halts?.reset()
    for rules in haltStates { rules.reset(prices: description.initialPrices) }
    return measureWarmup(shouldStop)
  }

  /// Runs the warm-up for its returns, and finds the price at each of its closes from that at t = 0 backwards, so that
  /// a longer warm-up moves no bit of a shorter one.
  private func measureWarmup(_ shouldStop: () -> Bool) -> Bool {
    let steps = description.clock.warmupSteps
    guard steps > 0 else { return true }
    if warmup.count != steps + 1 { warmup = Array(repeating: logPrices, count: steps + 1) }
    for index in 0..<steps {
      if shouldStop() { return false }
      for place in logPrices.indices { warmup[index][place] = .zero }
      for part in 0..<description.substeps {
        engine.draw(times.time(index - steps, part), effects, &moves)
        for asset in moves.indices {
          for group in 0..<groups {
            warmup[index][asset * groups + group] += moves[asset][group].gap + moves[asset][group].move
          }
        }
      }
    }
    for place in logPrices.indices {
      var close = Lanes.zero
      for index in stride(from: steps, through: 0, by: -1) {
        let change = index > 0 ? warmup[index - 1][place] : .zero
        warmup[index][place] = close
        close -= change
      }
    }
    engine.restart()
    return true
  }

  /// What agents may see of an asset's signal at the last close, by lane group, 1/year; empty where none is shown.
  package func shownSignal(of asset: Int) -> ContiguousArray<Lanes> { engine.shownSignal(of: asset) }

  /// Makes the next step.
  package func advance() {
    step += 1
    hasNewStarts = false
    let isSeenAgain = step <= 0 && description.clock.warmupSteps > 0
    if isSeenAgain {
      for place in logPrices.indices { logPrices[place] = warmup[step + description.clock.warmupSteps][place] }
    }
    legs.clear()
    effects.venue.beginStep()
    if fold == nil {
      advance(Substep(step: step, part: 0, description), &bars, &interiors)
      makeLiquidity(effects.assets)
      haltVolume()
    } else {
      foldSubsteps()
    }
    markWindows()
  }

  /// Makes the step of its sub-steps.
  private func foldSubsteps() {
    guard var fold = fold.take() else { return }
    for part in 0..<description.substeps {
      let substep = Substep(step: step, part: part, description)
      advance(substep, &fold.bars, &fold.interiors)
      fold.add(substep, moves, isSplit: isSplit, &bars, &interiors, &legs)
      fold.add(substep, effects.assets)
    }
    makeLiquidity(fold.effects)
    haltVolume()
    self.fold = fold
  }

  /// Makes what lies in the book in the step, and how slowly that refills: without events at the file's pace.
  private func makeLiquidity(_ effects: [AssetEffects]) {
    engine.makeLiquidity(step, effects, &bars)
    for asset in effects.indices where effects[asset].isActive {
      for group in 0..<groups {
        interiors[asset * groups + group].refillHalfLife = effects[asset].values[group].refillHalfLife
      }
    }
  }

  /// Makes a sub-step.
  private func advance(
    _ substep: Substep, _ bars: inout ContiguousArray<AssetStep>, _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let time = times.time(step, substep.part)
    effects.beginStep(part: substep.part)
    if step >= 0 {
      for event in events { event.advance(substep.number, &effects) }
      effects.dependence.settle()
    }
    engine.draw(time, effects, &moves)
    for asset in moves.indices { PriceBounds.keep(&moves[asset], logPrices, offset: asset * groups) }
    if step >= 0 {
      halts?.begin(substep, legs, &bars)
      for event in events { event.respond(substep.number, LatentMove(self), &effects) }
    }
    engine.makeBars(
      time, arrival: substep.arrival, drawsOpen: step <= 0 && substep.part == 0, moves, effects, &logPrices,
      &bars,
      &interiors)
    guard step >= 0 else { return }
    if splitter != nil { splitAtKnots(substep, &bars, &interiors) }
    applyHalts(substep, &bars, &interiors)
    react(substep: substep.number, bars)
  }

  private func markWindows() {
    let open = Double(step * description.substeps)
    let close = Double((step + 1) * description.substeps)
    for (index, event) in events.enumerated() {
      Self.mark(event.start, event.windowEnd, open, close, isFirst: index == 0, &inEventWindow)
    }
  }

  @inline(never)
  private static func mark(
    _ starts: ContiguousArray<Lanes>, _ ends: ContiguousArray<Lanes>, _ open: Double, _ close: Double,
    isFirst: Bool,
    _ masks: inout ContiguousArray<Mask>
  ) {
    let starts = starts.span
    let ends = ends.span
    var masks = masks.mutableSpan
    for group in masks.indices {
      let inside = (starts[group] .< close) & (ends[group] .> open)
      masks[group] = isFirst ? inside : masks[group] | inside
    }
  }
}
