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
  package private(set) var bars: ContiguousArray<AssetStep>
  /// What only the venue may use of the last step, likewise.
  package private(set) var interiors: ContiguousArray<BarInterior>
  /// The paths on which the last step touches the window of an event, by lane group.
  package private(set) var inEventWindow: ContiguousArray<Mask>

  let engine: any BarEngine
  let events: [any EventState]
  private let times: VarianceClock
  private let bridgeKey: StreamKey
  private var bridges: ContiguousArray<DenseStream> = []
  /// The draws of the step `bridgeStep`, which is the last one that somebody asked for.
  private var lastBridgeDraws: ContiguousArray<BridgeDraws>
  private var bridgeStep = Int.min
  private var paths: TilePaths
  private var effects: [AssetEffects]
  private var moves: [ContiguousArray<LogMove>]
  /// Base log price over that at t = 0, at the last close.
  private var logPrices: ContiguousArray<Lanes>
  /// Log prices at the closes of the warm-up, [step + warm-up steps] from the one before the first step.
  private var warmup: [ContiguousArray<Lanes>] = []
  /// The knots of one asset and lane group in the last step; with room for all there can be.
  private var knots: ContiguousArray<KnotSplit.Knot> = []

  init(_ plan: MarketPlan, groups: Int) {
    precondition(groups > 0, "Invariant: a tile has at least one lane group")
    self.groups = groups
    description = plan.description
    let assets = plan.description.assets
    times = VarianceClock(plan.description.clock)
    engine = plan.scenario.movement.makeEngine(
      EngineSite(assets: plan.scenario.assets, market: plan.description, streams: plan.streams, groups: groups))
    events = plan.scenario.events.map { event in
      event.event.makeState(
        EventSite(
          event: event.name, assets: assets, groups: groups, stepSeconds: plan.description.clock.stepSeconds,
          arrivalFraction: plan.description.arrivalFraction, severity: plan.description.severity, streams: plan.streams)
      )
    }
    bridgeKey = plan.streams.key(StreamName.accountBridge)
    paths = TilePaths(firstPath: 0, groups: groups)
    let fraction = plan.description.arrivalFraction
    effects = assets.map { _ in AssetEffects(groups: groups, arrivalFraction: fraction) }
    moves = assets.map { _ in ContiguousArray(repeating: .none, count: groups) }
    let count = assets.count * groups
    logPrices = ContiguousArray(repeating: .zero, count: count)
    bars = ContiguousArray(
      plan.description.initialPrices.flatMap { Array(repeating: AssetStep(unmoved: Lanes($0)), count: groups) })
    interiors = ContiguousArray(
      plan.description.initialPrices.flatMap { Array(repeating: BarInterior(unmoved: Lanes($0)), count: groups) })
    lastBridgeDraws = ContiguousArray(repeating: .none, count: groups)
    inEventWindow = ContiguousArray(repeating: .none, count: groups)
    step = -1 - plan.description.clock.warmupSteps
    knots.reserveCapacity(events.reduce(0) { $0 + $1.knots.count })
  }

  /// Starts the paths `firstPath` … `firstPath` + 8·groups − 1 at the first step of the warm-up.
  ///
  /// - Parameter shouldStop: asked between the steps of the warm-up, which is lived through once here.
  /// - Returns: whether the paths stand there; no where `shouldStop` said so first.
  @discardableResult
  package func reset(firstPath: UInt64, shouldStop: () -> Bool = { false }) -> Bool {
    paths = TilePaths(firstPath: firstPath, groups: groups)
    bridges = ContiguousArray((0..<groups).map { DenseStream(bridgeKey, paths.group($0)) })
    for index in effects.indices { effects[index].reset() }
    for event in events { event.reset(paths) }
    engine.reset(paths)
    bridgeStep = .min
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
      engine.draw(times.time(index - steps), effects, &moves)
      for asset in moves.indices {
        for group in 0..<groups {
          warmup[index][asset * groups + group] = moves[asset][group].gap + moves[asset][group].move
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

  /// Makes the next step.
  package func advance() {
    step += 1
    let time = times.time(step)
    for index in effects.indices { effects[index].beginStep() }
    if step >= 0 {
      for event in events { event.advance(step, &effects) }
    }
    engine.draw(time, effects, &moves)
    let isSeenAgain = step <= 0 && description.clock.warmupSteps > 0
    if isSeenAgain {
      for place in logPrices.indices { logPrices[place] = warmup[step + description.clock.warmupSteps][place] }
    }
    engine.makeBars(time, drawsOpen: step <= 0, moves, effects, &logPrices, &bars, &interiors)
    if step >= 0 { splitAtKnots() }
    markWindows()
  }

  /// Where accounts with several positions have their low in the last step, by lane group: drawn once a step, when the
  /// first desk asks. With one asset no account has several positions, and nothing is drawn.
  package var bridgeDraws: ContiguousArray<BridgeDraws> {
    if bridgeStep != step, description.assets.count > 1 {
      bridgeStep = step
      Self.drawBridges(bridges, step, hasPartBefore: description.arrivalFraction > 0, &lastBridgeDraws)
    }
    return lastBridgeDraws
  }

  @inline(never)
  private static func drawBridges(
    _ streams: ContiguousArray<DenseStream>, _ step: Int, hasPartBefore: Bool,
    _ draws: inout ContiguousArray<BridgeDraws>
  ) {
    let streams = streams.span
    var draws = draws.mutableSpan
    for group in draws.indices {
      let (before, after) = streams[group].uniforms52(step: Int32(step))
      draws[group] = BridgeDraws(before: hasPartBefore ? log(before) * -2.0 : .zero, after: log(after) * -2.0)
    }
  }

  private func markWindows() {
    let open = Double(step)
    for (index, event) in events.enumerated() {
      Self.mark(event.start, event.windowEnd, open, isFirst: index == 0, &inEventWindow)
    }
  }

  @inline(never)
  private static func mark(
    _ starts: ContiguousArray<Lanes>, _ ends: ContiguousArray<Lanes>, _ open: Double, isFirst: Bool,
    _ masks: inout ContiguousArray<Mask>
  ) {
    let starts = starts.span
    let ends = ends.span
    var masks = masks.mutableSpan
    for group in masks.indices {
      let inside = (starts[group] .< open + 1) & (ends[group] .> open)
      masks[group] = isFirst ? inside : masks[group] | inside
    }
  }

  /// Splits the bars in which the offset of an asset turns on any path; all its knots at once.
  private func splitAtKnots() {
    guard let engine = engine as? any BridgedBarEngine else { return }
    for asset in effects.indices where effects[asset].isActive && events.contains(where: { turns($0, asset) }) {
      for group in 0..<groups {
        collectKnots(asset, group)
        guard !knots.isEmpty else { continue }
        let place = asset * groups + group
        let split = KnotSplit(
          group: group, step: step, move: moves[asset][group], logClose: logPrices[place],
          effect: effects[asset].values[group], paths: paths)
        engine.split(asset, split, knots, &bars[place], &interiors[place])
      }
    }
  }

  /// Whether an event turns the offset of an asset in the last step, on any path of the tile.
  private func turns(_ event: any EventState, _ asset: Int) -> Bool {
    event.knots.contains { $0.asset == asset && $0.steps?.contains(step) == true }
  }

  /// Takes down the knots of an asset inside the last step.
  private func collectKnots(_ asset: Int, _ group: Int) {
    knots.removeAll(keepingCapacity: true)
    for event in events {
      for knot in event.knots where knot.asset == asset {
        let time = knot.times[group] - Double(step)
        if ((time .> 0) & (time .< 1)).isNone { continue }
        var offset = Lanes.zero
        for other in events { offset += other.offset(asset: asset, group: group, at: knot.times[group]) }
        knots.append(KnotSplit.Knot(time: time, offset: offset, key: knot.key))
      }
    }
  }
}
