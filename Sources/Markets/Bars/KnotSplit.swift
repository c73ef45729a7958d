import Lanes
import Randomness

/// A step of one asset in which an event's offset turns on some paths: there the bars' extremes are drawn piece by
/// piece.
///
/// The base price at the knot is drawn from the bridge between its neighbours (the open, the arrival, the close, the
/// knot before). In each piece the offset is taken as a line in log price: a Brownian bridge plus a line is the bridge
/// between the shifted ends, so the extremes keep their law; the curvature of the offset inside a piece is neglected.
package struct KnotSplit {
  /// Lane group and the step.
  let group: Int
  let step: Int
  /// The step's base move.
  let move: LogMove
  /// Base log price at the close, over that at t = 0.
  let logClose: Lanes
  /// What events do.
  let effect: EventEffect
  /// The paths.
  let paths: TilePaths

  /// A moment at which an event turns, for the lanes in which it lies inside the step.
  package struct Knot {
    /// Fraction of the step.
    let time: Lanes
    /// Offset of all events at that moment.
    let offset: Lanes
    /// Draws of the knot.
    let key: StreamKey
  }

  /// Draws the extremes of the touched lanes again, with their knots.
  func apply(
    _ knots: ContiguousArray<Knot>, _ extremes: DenseStream, _ terms: BarTerms, _ bar: inout AssetStep,
    _ interior: inout BarInterior
  ) {
    let uniforms = extremes.uniforms32(step: Int32(step))
    let s = terms.arrivalFraction
    for lane in 0..<Lanes.count where knots.contains(where: { $0.time[lane] > 0 && $0.time[lane] < 1 }) {
      let ends = Ends(self, lane, terms, arrival: interior.arrival[lane])
      var before = Extent(bar.open[lane], s > 0 ? interior.arrival[lane] : bar.open[lane])
      var after = Extent(interior.arrival[lane], bar.close[lane])
      let path = paths.path(group, lane)
      if s > 0 {
        let first = (uniforms.0[lane], uniforms.1[lane])
        before.include(ends.pieces(from: 0, to: s, knots, lane, path, first), terms.price)
      }
      after.include(ends.pieces(from: s, to: 1, knots, lane, path, (uniforms.2[lane], uniforms.3[lane])), terms.price)
      interior.highBefore[lane] = before.high
      interior.lowBefore[lane] = before.low
      interior.highAfter[lane] = after.high
      interior.lowAfter[lane] = after.low
      bar.high[lane] = max(before.high, after.high)
      bar.low[lane] = min(before.low, after.low)
    }
  }

  /// The knot of one lane that comes next after a moment, up to another; of several at one moment the first.
  private static func next(
    _ knots: ContiguousArray<Knot>, _ lane: Int, after start: Double, upTo end: Double
  ) -> Knot? {
    var next: Knot?
    for knot in knots where knot.time[lane] > start && knot.time[lane] <= end && knot.time[lane] < 1 {
      if knot.time[lane] < next?.time[lane] ?? .infinity { next = knot }
    }
    return next
  }

  /// The highest and lowest price of a part of a step.
  private struct Extent {
    var high, low: Double

    init(_ a: Double, _ b: Double) {
      high = max(a, b)
      low = min(a, b)
    }

    mutating func include(_ logExtremes: (high: Double, low: Double), _ price: Double) {
      high = max(high, price * exp(Lanes(logExtremes.high))[0])
      low = min(low, price * exp(Lanes(logExtremes.low))[0])
    }
  }

  /// The ends of a step's parts on one path: base log prices and offsets.
  private struct Ends {
    let open, arrival, close: Double
    let openOffset, arrivalOffset, closeOffset: Double
    let variance: Double
    let arrivalFraction: Double

    init(_ split: KnotSplit, _ lane: Int, _ terms: BarTerms, arrival price: Double) {
      close = split.logClose[lane]
      open = close - split.move.move[lane]
      variance = split.move.deviation[lane] * split.move.deviation[lane]
      openOffset = split.effect.openOffset[lane]
      arrivalOffset = split.effect.arrivalOffset[lane]
      closeOffset = split.effect.closeOffset[lane]
      arrivalFraction = terms.arrivalFraction
      arrival = arrivalFraction > 0 ? log(Lanes(price / terms.price))[0] - arrivalOffset : open
    }

    /// Highest and lowest log price between two moments of the step, the arrival never strictly between them.
    func pieces(
      from start: Double, to end: Double, _ knots: ContiguousArray<Knot>, _ lane: Int, _ path: UInt64,
      _ first: (Double, Double)
    ) -> (high: Double, low: Double) {
      var time = start
      var base = start == 0 ? open : arrival
      var total = base + (start == 0 ? openOffset : arrivalOffset)
      let lastBase = end == 1 ? close : arrival
      let last = lastBase + (end == 1 ? closeOffset : arrivalOffset)
      var uniforms = first
      var high = -Double.infinity
      var low = Double.infinity
      func add(_ next: Double, _ duration: Double) {
        let wicks = drawWicks(
          move: Lanes(next - total), variance: Lanes(variance * duration), high: Lanes(uniforms.0),
          low: Lanes(uniforms.1))
        high = max(high, max(total, next) + wicks.up[0])
        low = min(low, min(total, next) - wicks.down[0])
      }
      while let knot = KnotSplit.next(knots, lane, after: time, upTo: end) {
        let moment = knot.time[lane]
        var stream = SparseStream(knot.key, path: path)
        let normal = normalQuantile(Lanes(stream.uniform()))[0]
        let share = (moment - time) / (end - time)
        let deviation = (variance * (moment - time) * (1 - share)).squareRoot()
        let knotBase = moment < end ? base + share * (lastBase - base) + deviation * normal : lastBase
        let knotTotal = knotBase + knot.offset[lane]
        add(knotTotal, moment - time)
        uniforms = (stream.uniform(), stream.uniform())
        (time, base, total) = (moment, knotBase, knotTotal)
      }
      if time < end { add(last, end - time) }
      return (high, low)
    }
  }
}
