import Lanes
import MarketData
import Randomness

/// Sub-steps from price processes: correlated normals, the processes' moves, then the bars in one pass per asset.
final class ProcessEngine: BridgedBarEngine {
  let factor: CholeskyFactor?
  let extremes: ExtremesDependence?
  let assets: [AssetEngine]
  let groups: Int
  private let clock: Clock
  /// `[asset][group]`: the normals of the sub-step.
  var innovations: [ContiguousArray<Innovation>]
  /// `[asset][group]`: those of variances; empty where no process has one of its own.
  private var varianceInnovations: [ContiguousArray<Innovation>]
  private var varianceStreams: [VarianceStreams]
  /// The normals of what events blend correlations towards.
  var targets: [TargetStreams]
  /// `[group]`: the lots under which of these a leg's extremes are drawn.
  var lots: ContiguousArray<DenseStream> = []
  private let lotsKey: StreamKey
  /// What the extremes of the last sub-step were drawn from, where assets have something in common or events blend it.
  var draws: ExtremesDraws
  /// Whether they were.
  private var areShared: Bool
  /// Room for what is drawn under one target, and for where it turns.
  var stressed: ExtremesDraws
  var turned: (before: ContiguousArray<Mask>, after: ContiguousArray<Mask>)
  /// Room for the normals that are being blended.
  var normals: ContiguousArray<Lanes>

  /// What gives a step's innovations Student's copula; nil where they are jointly normal.
  private var coupling: StudentCoupling?

  init(_ site: EngineSite, _ processes: [any PriceProcess], _ factor: CholeskyFactor, copulaDegrees: Double?) {
    self.factor = factor.isIdentity ? nil : factor
    let extremes = ExtremesDependence(site.market.correlation)
    self.extremes = extremes
    assets = zip(site.assets, processes).enumerated().map { index, pair in
      AssetEngine(
        state: pair.1.makeState(ProcessSite(pair.0.name, site)), streams: AssetStreams(pair.0.name, site.streams),
        bars: BarTerms(
          pair.0, site.market, offset: index * site.groups, drawsLowFirst: extremes?.drawsLowFirst[index] ?? false,
          pair.1.scale),
        groups: site.groups)
    }
    groups = site.groups
    clock = site.market.clock
    let none = ContiguousArray(repeating: Innovation.none, count: site.groups)
    innovations = assets.map { _ in none }
    varianceStreams =
      processes.contains(where: \.hasOwnVariance) ? site.assets.map { VarianceStreams($0.name, site.streams) } : []
    varianceInnovations = varianceStreams.map { _ in none }
    let targets = site.market.targets
    self.targets = targets.map { TargetStreams($0, site.market, site.streams) }
    lotsKey = site.streams.key(StreamName.stressedExtremes)
    areShared = extremes != nil
    let count = assets.count * site.groups
    let room = { ContiguousArray(repeating: ExtremesDraw.none, count: $0 ? count : 0) }
    draws = ExtremesDraws(before: room(areShared || !targets.isEmpty), after: room(areShared || !targets.isEmpty))
    stressed = ExtremesDraws(before: room(!targets.isEmpty), after: room(!targets.isEmpty))
    let masks = ContiguousArray(repeating: Mask.none, count: targets.contains { $0.turns.contains(true) } ? count : 0)
    turned = (masks, masks)
    normals = ContiguousArray(repeating: .zero, count: targets.isEmpty ? 0 : site.groups)
    coupling = copulaDegrees.map { StudentCoupling(degrees: $0, site) }
  }

  var parameters: [PathParameter] { assets.flatMap(\.state.parameters) }

  func shownSignal(of asset: Int) -> ContiguousArray<Lanes> { assets[asset].state.shownSignal }

  func reset(_ paths: TilePaths) {
    for index in assets.indices {
      assets[index].streams.reset(paths)
      assets[index].state.reset(paths)
    }
    for index in varianceStreams.indices { varianceStreams[index].reset(paths) }
    for target in targets.indices { targets[target].reset(paths) }
    coupling?.reset(paths)
    if !targets.isEmpty { lots = ContiguousArray((0..<groups).map { DenseStream(lotsKey, paths.group($0)) }) }
  }

  func restart() {
    for asset in assets { asset.state.restart() }
  }

  func draw(_ time: VarianceTime, _ effects: MarketEffects, _ moves: inout [ContiguousArray<LogMove>]) {
    for index in assets.indices {
      assets[index].streams.drawInnovations(time, &innovations[index])
    }
    correlate(&innovations)
    if coupling != nil { couple(time) }
    if !varianceStreams.isEmpty { drawVariances(time) }
    if !targets.isEmpty { blendInnovations(time, effects.dependence) }
    for index in assets.indices {
      assets[index].state.advance(time, innovations[index], effects.assets[index].values, &moves[index])
    }
  }

  /// Gives the normals of a sub-step what is theirs of Student's copula of its step.
  private func couple(_ time: VarianceTime) {
    guard var coupling = coupling.take() else { return }
    if let step = coupling.step(from: time) {
      coupling.begin(time)
      for index in assets.indices {
        assets[index].streams.sumInnovations(
          step, hasGap: time.gapYears > 0, coupling.weights, into: &coupling.sums[index])
      }
      correlate(&coupling.sums)
      coupling.settle(time)
    }
    for index in assets.indices { coupling.add(index, isOpening: time.gapYears > 0, to: &innovations[index]) }
    self.coupling = coupling
  }

  /// Draws the normals of variances with the assets' correlations, and hands them to the states that have one.
  private func drawVariances(_ time: VarianceTime) {
    for index in assets.indices { varianceStreams[index].draw(time, &varianceInnovations[index]) }
    correlate(&varianceInnovations)
    for index in assets.indices {
      guard let variance = assets[index].variance else { continue }
      swap(&variance.varianceInnovations, &varianceInnovations[index])
    }
  }

  /// Makes Lε of independent normals.
  private func correlate(_ normals: inout [ContiguousArray<Innovation>]) {
    guard let factor else { return }
    // From the last asset to the first, so that each still finds the independent normals of those before it.
    for index in assets.indices.dropFirst().reversed() {
      let row = factor.rows[index]
      Self.scale(by: row[index], &normals[index])
      for other in 0..<index where row[other] != 0 { Self.add(row[other], normals[other], to: &normals[index]) }
    }
  }

  @inline(never)
  private static func scale(by factor: Double, _ innovations: inout ContiguousArray<Innovation>) {
    var innovations = innovations.mutableSpan
    for group in innovations.indices {
      innovations[group].overnight *= factor
      innovations[group].diffusion *= factor
    }
  }

  @inline(never)
  private static func add(
    _ factor: Double, _ other: ContiguousArray<Innovation>, to innovations: inout ContiguousArray<Innovation>
  ) {
    let other = other.span
    var innovations = innovations.mutableSpan
    for group in innovations.indices {
      innovations[group].overnight = fma(other[group].overnight, factor, innovations[group].overnight)
      innovations[group].diffusion = fma(other[group].diffusion, factor, innovations[group].diffusion)
    }
  }

  /// Draws the normals of the prices at which orders arrive, with the assets' correlations.
  private func drawArrivals(_ time: VarianceTime) {
    for asset in assets { asset.streams.drawArrivals(time, &asset.arrivals) }
    guard let factor else { return }
    for index in assets.indices.dropFirst().reversed() {
      let row = factor.rows[index]
      for group in assets[index].arrivals.indices {
        var sum = assets[index].arrivals[group] * row[index]
        for other in 0..<index { sum = fma(assets[other].arrivals[group], row[other], sum) }
        assets[index].arrivals[group] = sum
      }
    }
  }

  func makeBars(
    _ time: VarianceTime, arrival: Double, drawsOpen: Bool, _ moves: [ContiguousArray<LogMove>],
    _ effects: MarketEffects, _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let dependence = effects.dependence
    let isStressed = dependence.isActive(part: dependence.part)
    if arrival > 0 {
      drawArrivals(time)
      if isStressed { blendArrivals(time, dependence) }
    }
    if !draws.turnedAfter.isEmpty { exchangeTurns() }
    areShared = extremes != nil || isStressed
    if areShared {
      for (index, asset) in assets.enumerated() {
        asset.streams.drawExtremes(time.substep, offset: index * groups, &draws.before, &draws.after)
      }
      if arrival > 0 { extremes?.correlate(&draws.before, groups: groups) }
      extremes?.correlate(&draws.after, groups: groups)
      if isStressed { stressExtremes(time, hasBefore: arrival > 0, dependence) }
    }
    let shared = areShared ? draws : .own
    for (index, asset) in assets.enumerated() {
      asset.streams.makeBars(
        time, arrival: arrival, drawsOpen: drawsOpen, asset.bars, asset.arrivals, shared, moves[index],
        effects.assets[index].values, &logPrices, &bars, &interiors)
    }
  }

  func makeLiquidity(_ step: Int, _ effects: [AssetEffects], _ bars: inout ContiguousArray<AssetStep>) {
    let factors = clock.liquidityFactors(step)
    for (index, asset) in assets.enumerated() {
      asset.streams.makeLiquidity(step, asset.bars, factors, effects[index].values, &bars)
      if asset.bars.spreadVarianceShare > 0 {
        asset.state.tellUnexpectedVariance(&asset.unexpected)
        AssetStreams.reactToVariance(asset.unexpected, asset.bars, &bars)
      }
    }
  }

  func terms(_ asset: Int) -> BarTerms { assets[asset].bars }

  func extremes(_ asset: Int, _ group: Int, substep: Int, isBeforeArrival: Bool) -> ExtremesDraw {
    if areShared { return (isBeforeArrival ? draws.before : draws.after)[asset * groups + group] }
    let (before, after) = assets[asset].streams.drawExtremes(substep, group)
    return isBeforeArrival ? before : after
  }
}

/// One asset of a process engine.
final class AssetEngine {
  let state: any ProcessState
  /// The state, where its variance draws normals of its own.
  let variance: (any VarianceDriven)?
  var streams: AssetStreams
  let bars: BarTerms
  /// Variance over its mean at the last close, by lane group; empty where half-spreads do not follow it.
  var unexpected: ContiguousArray<Lanes>
  /// Normals of the price at which orders arrive, by lane group.
  var arrivals: ContiguousArray<Lanes>

  init(state: any ProcessState, streams: AssetStreams, bars: BarTerms, groups: Int) {
    self.state = state
    variance = state as? any VarianceDriven
    self.streams = streams
    self.bars = bars
    unexpected = ContiguousArray(repeating: .one, count: bars.spreadVarianceShare > 0 ? groups : 0)
    arrivals = ContiguousArray(repeating: .zero, count: groups)
  }
}
