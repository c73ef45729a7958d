import Lanes
import Randomness

// Bars of prices that may come to be negative: the same draws and the same laws of extremes, in money.

extension AssetStreams {
  /// Bars of sub-steps in which orders arrive at a fraction s of them, or at the open where s is 0: the part before is a point
  /// then, and the uniforms are those of the part after, so that latency moves none of them.
  @inline(never)
  static func makeArithmeticBars(
    _ substep: Int32, arrival s: Double, _ drawsOpen: Bool, _ terms: BarTerms,
    _ extremes: ContiguousArray<DenseStream>, _ shared: ExtremesDraws, _ arrivals: ContiguousArray<Lanes>,
    _ moves: ContiguousArray<LogMove>, _ effects: ContiguousArray<EventEffect>,
    _ places: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let table = terms.extremes.bytes.span
    let start = terms.price
    let bridgeShare = (s * (1 - s)).squareRoot()
    let (shareBefore, shareAfter) = (s.squareRoot(), (1 - s).squareRoot())
    for group in moves.indices {
      let place = terms.offset + group
      let (move, effect) = (moves[group], effects[group])
      let baseOpen = places[place] + move.gap
      let baseClose = baseOpen + move.move
      places[place] = baseClose
      let open = baseOpen + effect.openOffset
      let close = baseClose + effect.closeOffset
      var arrival = open
      if s > 0 {
        let base = fma(move.deviation * bridgeShare, arrivals[group], fma(move.move, s, baseOpen))
        arrival = base + effect.arrivalOffset
      }
      let draws =
        shared.after.isEmpty
        ? extremes[group].extremes(substep)
        : (before: s > 0 ? shared.before[place] : .none, after: shared.after[place])
      var after = Wicks(
        move: close - arrival, deviation: move.deviation * shareAfter, draws.after, lowFirst: terms.drawsLowFirst, table
      )
      if !shared.turnedAfter.isEmpty { after.turn(where: shared.turnedAfter[place]) }
      var (highBefore, lowBefore) = (open, open)
      if s > 0 {
        var before = Wicks(
          move: arrival - open, deviation: move.deviation * shareBefore, draws.before, lowFirst: terms.drawsLowFirst,
          table)
        if !shared.turnedBefore.isEmpty { before.turn(where: shared.turnedBefore[place]) }
        highBefore = max(open, arrival) + before.up
        lowBefore = min(open, arrival) - before.down
      }
      let price = { (place: Lanes) in fma(place, start, start) }
      let isNew = drawsOpen || ((move.gap .!= 0) | (effect.jump .!= 0)).isAny
      var (bar, inside) = (bars[place], interiors[place])
      bar.open = isNew ? price(open) : bar.close
      bar.close = price(close)
      inside.arrival = s > 0 ? price(arrival) : bar.open
      inside.highBefore = s > 0 ? max(price(highBefore), max(bar.open, inside.arrival)) : bar.open
      inside.lowBefore = s > 0 ? min(price(lowBefore), min(bar.open, inside.arrival)) : bar.open
      // What rounding makes of a sum never leaves an end outside.
      inside.highAfter = max(price(max(arrival, close) + after.up), max(inside.arrival, bar.close))
      inside.lowAfter = min(price(min(arrival, close) - after.down), min(inside.arrival, bar.close))
      bar.high = max(inside.highBefore, inside.highAfter)
      bar.low = min(inside.lowBefore, inside.lowAfter)
      inside.deviation = move.deviation
      (bars[place], interiors[place]) = (bar, inside)
    }
  }
}
