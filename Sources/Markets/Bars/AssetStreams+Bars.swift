import Lanes
import Randomness

// The hot loops: one function per stage, one pass over the lane groups, everything else in registers.

extension AssetStreams {
  /// Bars of sub-steps in which orders arrive at a fraction s of them: the price there first, from the bridge between
  /// open and close, then the extremes of both parts.
  @inline(never)
  static func makeSplitBars(
    _ substep: Int32, arrival s: Double, _ drawsOpen: Bool, _ terms: BarTerms,
    _ extremes: ContiguousArray<DenseStream>, _ shared: ExtremesDraws,
    _ arrivals: ContiguousArray<Lanes>, _ moves: ContiguousArray<LogMove>,
    _ effects: ContiguousArray<EventEffect>, _ logPrices: inout ContiguousArray<Lanes>,
    _ bars: inout ContiguousArray<AssetStep>, _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let table = terms.extremes.bytes.span
    let extremes = extremes.span
    let extremesBefore = shared.before.span
    let extremesAfter = shared.after.span
    let turnedBefore = shared.turnedBefore.span
    let turnedAfter = shared.turnedAfter.span
    let arrivals = arrivals.span
    let moves = moves.span
    let effects = effects.span
    var logPrices = logPrices.mutableSpan
    var bars = bars.mutableSpan
    var interiors = interiors.mutableSpan
    let bridgeShare = (s * (1 - s)).squareRoot()
    let (shareBefore, shareAfter) = (s.squareRoot(), (1 - s).squareRoot())
    for group in moves.indices {
      let place = terms.offset + group
      let move = moves[group]
      let effect = effects[group]
      let baseOpen = logPrices[place] + move.gap
      let baseClose = baseOpen + move.move
      logPrices[place] = baseClose
      let baseArrival = fma(move.deviation * bridgeShare, arrivals[group], fma(move.move, s, baseOpen))
      let logOpen = baseOpen + effect.openOffset
      let logArrival = baseArrival + effect.arrivalOffset
      let logClose = baseClose + effect.closeOffset
      let draws =
        extremesAfter.isEmpty
        ? extremes[group].extremes(substep) : (before: extremesBefore[place], after: extremesAfter[place])
      var before = Wicks(
        move: logArrival - logOpen, deviation: move.deviation * shareBefore, draws.before,
        lowFirst: terms.drawsLowFirst, table)
      var after = Wicks(
        move: logClose - logArrival, deviation: move.deviation * shareAfter, draws.after,
        lowFirst: terms.drawsLowFirst, table)
      if !turnedAfter.isEmpty {
        before.turn(where: turnedBefore[place])
        after.turn(where: turnedAfter[place])
      }
      let open =
        drawsOpen || ((move.gap .!= 0) | (effect.jump .!= 0)).isAny ? terms.price * exp(logOpen) : bars[place].close
      let arrival = terms.price * exp(logArrival)
      let close = terms.price * exp(logClose)
      let highBefore = max(open, arrival) * quickExp(before.up)
      let lowBefore = min(open, arrival) * quickExp(-before.down)
      let highAfter = max(arrival, close) * quickExp(after.up)
      let lowAfter = min(arrival, close) * quickExp(-after.down)
      bars[place].open = open
      interiors[place].arrival = arrival
      bars[place].close = close
      interiors[place].highBefore = highBefore
      interiors[place].lowBefore = lowBefore
      interiors[place].highAfter = highAfter
      interiors[place].lowAfter = lowAfter
      bars[place].high = max(highBefore, highAfter)
      bars[place].low = min(lowBefore, lowAfter)
      interiors[place].deviation = move.deviation
    }
  }

  /// Bars of sub-steps in which orders arrive at the open, or not at all: the part before the arrival is a point.
  @inline(never)
  static func makeWholeBars(
    _ substep: Int32, _ drawsOpen: Bool, _ terms: BarTerms, _ extremes: ContiguousArray<DenseStream>,
    _ shared: ExtremesDraws, _ moves: ContiguousArray<LogMove>,
    _ effects: ContiguousArray<EventEffect>,
    _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let table = terms.extremes.bytes.span
    let extremes = extremes.span
    let extremesAfter = shared.after.span
    let turned = shared.turnedAfter.span
    let moves = moves.span
    let effects = effects.span
    var logPrices = logPrices.mutableSpan
    var bars = bars.mutableSpan
    var interiors = interiors.mutableSpan
    for group in moves.indices {
      let place = terms.offset + group
      let move = moves[group]
      let effect = effects[group]
      let baseOpen = logPrices[place] + move.gap
      let baseClose = baseOpen + move.move
      logPrices[place] = baseClose
      let logOpen = baseOpen + effect.openOffset
      let logClose = baseClose + effect.closeOffset
      // The uniforms of the part after the arrival, so that latency moves none of them.
      let draw = extremesAfter.isEmpty ? extremes[group].extremes(substep).after : extremesAfter[place]
      var wicks = Wicks(
        move: logClose - logOpen, deviation: move.deviation, draw, lowFirst: terms.drawsLowFirst, table)
      if !turned.isEmpty { wicks.turn(where: turned[place]) }
      let open =
        drawsOpen || ((move.gap .!= 0) | (effect.jump .!= 0)).isAny ? terms.price * exp(logOpen) : bars[place].close
      let close = terms.price * exp(logClose)
      let high = max(open, close) * quickExp(wicks.up)
      let low = min(open, close) * quickExp(-wicks.down)
      bars[place].open = open
      interiors[place].arrival = open
      bars[place].close = close
      interiors[place].highBefore = open
      interiors[place].lowBefore = open
      interiors[place].highAfter = high
      interiors[place].lowAfter = low
      bars[place].high = high
      bars[place].low = low
      interiors[place].deviation = move.deviation
    }
  }

  /// Volume with noise, and the half-spread that reacts to it.
  @inline(never)
  static func makeNoisyLiquidity(
    _ sample: Int32, _ terms: BarTerms, _ factors: (volume: Double, spread: Double),
    _ volumes: ContiguousArray<NormalBlock>,
    _ effects: ContiguousArray<EventEffect>, _ bars: inout ContiguousArray<AssetStep>
  ) {
    let volumes = volumes.span
    let effects = effects.span
    var bars = bars.mutableSpan
    let (sigma, b) = (terms.volumeVolatility, terms.spreadElasticity)
    let (volume, halfSpread) = (terms.volumePerStep * factors.volume, terms.halfSpread * factors.spread)
    for group in effects.indices {
      let place = terms.offset + group
      let effect = effects[group]
      let noise = volumes[group][sample] * sigma
      bars[place].volume = volume * effect.volume * quickExp(noise - 0.5 * sigma * sigma)
      bars[place].halfSpread =
        halfSpread * effect.halfSpread * quickExp(fma(noise, -b, -0.5 * b * b * sigma * sigma))
      bars[place].depth = terms.depth * effect.depth
    }
  }

  /// The half-spread's reaction to unexpected variance.
  ///
  /// - Parameter unexpected: variance over its mean, by lane group.
  @inline(never)
  static func reactToVariance(
    _ unexpected: ContiguousArray<Lanes>, _ terms: BarTerms, _ bars: inout ContiguousArray<AssetStep>
  ) {
    let unexpected = unexpected.span
    var bars = bars.mutableSpan
    let (share, rest) = (terms.spreadVarianceShare, 1 - terms.spreadVarianceShare)
    for group in unexpected.indices {
      let place = terms.offset + group
      bars[place].halfSpread = bars[place].halfSpread * fma(unexpected[group], share, Lanes(rest))
    }
  }

  /// Volume and half-spread without noise.
  @inline(never)
  static func makePlainLiquidity(
    _ terms: BarTerms, _ factors: (volume: Double, spread: Double), _ effects: ContiguousArray<EventEffect>,
    _ bars: inout ContiguousArray<AssetStep>
  ) {
    let effects = effects.span
    var bars = bars.mutableSpan
    let (volume, halfSpread) = (terms.volumePerStep * factors.volume, terms.halfSpread * factors.spread)
    for group in effects.indices {
      let place = terms.offset + group
      bars[place].volume = volume * effects[group].volume
      bars[place].halfSpread = halfSpread * effects[group].halfSpread
      bars[place].depth = terms.depth * effects[group].depth
    }
  }
}
