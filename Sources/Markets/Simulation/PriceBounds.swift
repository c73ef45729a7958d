import Lanes

/// Where prices end, so that all that is computed with them stays a number.
///
/// A log price stays within ±140 of that at t = 0, events' offsets aside: the price within 10⁻⁶⁰ and 10⁶⁰ of it. Upwards a
/// plan is refused that could come near (`PriceReach`); downwards an event's volatility at a high severity leads there, and
/// what is worth 10⁻⁶⁰ of its start is worth nothing in every figure. A price that may be negative stays within 140 starting
/// prices of it. A step's deviation counts as 5 at most.
enum PriceBounds {
  /// Of the log price, from its start.
  static let log = 140.0
  /// Of the standard deviation from open to close of one step.
  static let deviation = 5.0

  /// Keeps the moves of one asset within the bounds; where they are, not a bit changes.
  ///
  /// - Parameters:
  ///   - logPrices: at the last close, over the start; the asset's begin at `offset`.
  @inline(never)
  static func keep(
    _ moves: inout ContiguousArray<LogMove>, _ logPrices: ContiguousArray<Lanes>, offset: Int
  ) {
    let prices = logPrices.span
    var moves = moves.mutableSpan
    for group in moves.indices {
      let start = prices[offset + group]
      let open = start + moves[group].gap
      let close = open + moves[group].move
      let beyond = (abs(open) .> log) | (abs(close) .> log) | (moves[group].deviation .> deviation)
      if beyond.isNone { continue }
      let (low, high) = (Lanes(-log), Lanes(log))
      let keptOpen = max(min(open, high), low)
      let keptClose = max(min(close, high), low)
      let kept = LogMove(
        gap: keptOpen - start, move: keptClose - keptOpen, deviation: min(moves[group].deviation, Lanes(deviation)))
      moves[group].gap.replace(with: kept.gap, where: beyond)
      moves[group].move.replace(with: kept.move, where: beyond)
      moves[group].deviation.replace(with: kept.deviation, where: beyond)
    }
  }
}
