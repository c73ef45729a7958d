import Lanes
import Randomness

/// Splits sub-steps at the moments at which events turn: there the prices of all assets are drawn together, and the sub-step
/// falls into legs. Confined to one tile; keeps its room from one split to the next.
///
/// The base prices at a knot are drawn from the assets' bridges between their neighbours (the open, the arrival, the close,
/// the knot before), whose normals have the assets' correlations. In each leg the offset is taken as a line in log price: a
/// Brownian bridge plus a line is the bridge between the shifted ends, so the extremes keep their law; the curvature of the
/// offset inside a leg is neglected.
///
/// An asset that no event touches keeps its bar to the last bit, whatever events do to others: its price at the knot is
/// drawn with theirs and held between the extremes that the bar has already, and the leg that comes nearest to one of these
/// is the one that reaches it.
struct KnotSplitter {
  /// A moment at which an event turns, for the lanes in which it lies inside the sub-step.
  struct Knot {
    /// Fraction of the sub-step.
    let time: Lanes
    /// What draws there.
    let keys: KnotKeys
    /// Where the offsets of all events at that moment begin in `offsets`.
    let offset: Int
  }

  /// The knots of the lane group, in any order.
  var knots: ContiguousArray<Knot> = []
  /// `[knot.offset + asset]`.
  var offsets: ContiguousArray<Lanes> = []

  let assets: Int
  private let groups: Int
  let factor: CholeskyFactor?
  /// The courses of the assets on one path through a part, and the normals at a knot.
  private var courses: ContiguousArray<Course>
  var normals: ContiguousArray<Double>
  /// `[asset]`: what the extremes of the leg that begins there are drawn from.
  var draws: ContiguousArray<ExtremesDraw> = []
  /// `[asset]`: whether the other one of low and high is drawn first there than in calm.
  var turned: ContiguousArray<Bool> = []
  /// `[asset]`: what its own uniforms after a knot make of its extremes; and what those are under the target of an event.
  var own: ContiguousArray<ExtremesDraw> = []
  var stressed: ContiguousArray<ExtremesDraw> = []
  /// `[target][source]`: the normals of these targets at a knot.
  var sources: [[Double]]
  /// `[asset]`: the prices at the part's end on the path that is being split.
  private var ends: ContiguousArray<Double> = []
  /// `[lane]`: the knots of each lane inside a part, in time.
  private(set) var inside: ContiguousArray<ContiguousArray<Int>>

  /// One asset on one path, from knot to knot.
  private struct Course {
    /// Base log price, log price with offset, and price at the last moment.
    var base = 0.0
    var total = 0.0
    var price = 0.0
    /// Base log price at the part's end, and the offset there.
    var end = 0.0
    var endOffset = 0.0
    /// Of the whole sub-step.
    var variance = 0.0
    /// The part's extremes without knots, where no event touches the asset.
    var held: (low: Double, high: Double)?
  }

  /// Room for so many knots in a sub-step.
  init(_ market: MarketDescription, groups: Int, knots count: Int, _ factor: CholeskyFactor?) {
    let assets = market.assets.count
    self.assets = assets
    sources = market.targets.map { Array(repeating: 0, count: $0.sources.count) }
    self.groups = groups
    self.factor = factor
    courses = ContiguousArray(repeating: Course(), count: assets)
    normals = ContiguousArray(repeating: 0, count: assets)
    inside = ContiguousArray(repeating: [], count: Lanes.count)
    for lane in inside.indices { inside[lane].reserveCapacity(count) }
    knots.reserveCapacity(count)
    offsets.reserveCapacity(count * assets)
  }

  /// What a split reads and writes.
  struct Site {
    let group: Int
    let substep: Substep
    let paths: TilePaths
    let engine: any BridgedBarEngine
    let moves: [ContiguousArray<LogMove>]
    let effects: MarketEffects
    let logPrices: ContiguousArray<Lanes>
  }

  /// Splits the sub-step of the group whose knots stand ready, takes its legs down, and bars and insides to where they
  /// reach.
  mutating func split(
    _ site: Site, _ legs: inout StepLegs, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let (group, substep) = (site.group, site.substep)
    if substep.arrivesAtOpen { legs.addArrivalAtOpen(substep, bars, interiors, group: group) }
    if substep.arrival > 0 { split(site, isBeforeArrival: true, &legs, &bars, &interiors) }
    split(site, isBeforeArrival: false, &legs, &bars, &interiors)
    for asset in 0..<assets {
      let place = asset * groups + group
      bars[place].high = max(interiors[place].highBefore, interiors[place].highAfter)
      bars[place].low = min(interiors[place].lowBefore, interiors[place].lowAfter)
    }
  }

  private mutating func split(
    _ site: Site, isBeforeArrival: Bool, _ legs: inout StepLegs, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let (group, substep) = (site.group, site.substep)
    let (from, to) = isBeforeArrival ? (0, substep.arrival) : (substep.arrival, 1)
    let most = order(from, to)
    let isBefore = isBeforeArrival || substep.isBeforeArrival
    let first = legs.add(.dense(substep, isBeforeArrival: isBeforeArrival), group: group, isBeforeArrival: isBefore)
    for _ in 0..<most { _ = legs.add(.knot(substep), group: group, isBeforeArrival: isBefore) }
    for asset in 0..<assets {
      let place = asset * groups + group
      let deviation = site.moves[asset][group].deviation * (to - from).squareRoot()
      let whole: LegPrices =
        isBeforeArrival
        ? .beforeArrival(bars[place], interiors[place], deviation)
        : .afterArrival(bars[place], interiors[place], deviation)
      legs.set(first, asset: asset, group: group, whole)
      // Legs that a path lacks are moments at the part's end.
      for leg in first + 1..<first + 1 + most { legs.set(leg, asset: asset, group: group, LegPrices(at: whole.end)) }
    }
    for lane in 0..<Lanes.count where !inside[lane].isEmpty {
      splitLane(lane, site, from, to, isBeforeArrival, first, &legs)
    }
    for asset in 0..<assets {
      let (low, high) = legs.extremes(of: first..<first + most + 1, asset: asset, group: group)
      let place = asset * groups + group
      if isBeforeArrival {
        (interiors[place].lowBefore, interiors[place].highBefore) = (low, high)
      } else {
        (interiors[place].lowAfter, interiors[place].highAfter) = (low, high)
      }
    }
  }

  /// Finds the knots of each lane strictly between two moments, in time; of several at one moment the first.
  ///
  /// - Returns: the most that a lane has.
  private mutating func order(_ from: Double, _ to: Double) -> Int {
    var most = 0
    for lane in 0..<Lanes.count {
      inside[lane].removeAll(keepingCapacity: true)
      var last = from
      while true {
        var next: Int?
        for (index, knot) in knots.enumerated() where knot.time[lane] > last && knot.time[lane] < to {
          if knot.time[lane] < next.map({ knots[$0].time[lane] }) ?? .infinity { next = index }
        }
        guard let next else { break }
        inside[lane].append(next)
        last = knots[next].time[lane]
      }
      most = max(most, inside[lane].count)
    }
    return most
  }

  /// Writes the legs of one lane.
  private mutating func splitLane(
    _ lane: Int, _ site: Site, _ from: Double, _ to: Double, _ isBeforeArrival: Bool, _ first: Int,
    _ legs: inout StepLegs
  ) {
    let path = site.paths.path(site.group, lane)
    begin(lane, site, isBeforeArrival, first, legs)
    var time = from
    for (count, index) in inside[lane].enumerated() {
      let knot = knots[index]
      let moment = knot.time[lane]
      let share = (moment - time) / (to - time)
      for asset in 0..<assets {
        var stream = SparseStream(knot.keys.assets[asset], path: path)
        normals[asset] = normalQuantile(Lanes(stream.uniform()))[0]
      }
      drawStress(knot.keys, path, site)
      for asset in 0..<assets {
        let course = courses[asset]
        let deviation = (course.variance * (moment - time) * (1 - share)).squareRoot()
        let base = course.base + share * (course.end - course.base) + deviation * correlated(asset, lane, site)
        let total = base + offsets[knot.offset + asset][lane]
        var price = site.engine.terms(asset).scale.price(at: Lanes(total))[0]
        if let held = course.held { price = min(max(price, held.low), held.high) }
        write(first + count, asset, lane, site, to: total, price, duration: moment - time, &legs)
        courses[asset].base = base
      }
      drawExtremes(knot.keys, path, lane, site)
      var account = SparseStream(knot.keys.account, path: path)
      legs.setUniform(account.uniform(), leg: first + count + 1, group: site.group, lane: lane)
      time = moment
    }
    for asset in 0..<assets {
      let course = courses[asset]
      write(
        first + inside[lane].count, asset, lane, site, to: course.end + course.endOffset, ends[asset],
        duration: to - time, &legs)
      if let held = course.held { keep(held, asset, lane, site.group, first, &legs) }
    }
  }

  /// Sets the courses of a lane to the part's start.
  private mutating func begin(
    _ lane: Int, _ site: Site, _ isBeforeArrival: Bool, _ first: Int, _ legs: StepLegs
  ) {
    let group = site.group
    ends.removeAll(keepingCapacity: true)
    draws.removeAll(keepingCapacity: true)
    turned.removeAll(keepingCapacity: true)
    for asset in 0..<assets {
      let move = site.moves[asset][group]
      let effect = site.effects.assets[asset].values[group]
      let whole = legs.prices(leg: first, asset: asset, group: group)
      let close = site.logPrices[asset * groups + group][lane]
      let open = close - move.move[lane]
      let arrives = site.substep.arrival > 0
      let middleOffset = arrives ? effect.arrivalOffset[lane] : effect.openOffset[lane]
      let middlePrice = isBeforeArrival ? whole.end[lane] : whole.start[lane]
      let middle =
        arrives ? site.engine.terms(asset).scale.place(of: Lanes(middlePrice))[0] - middleOffset : open
      draws.append(
        site.engine.extremes(asset, group, substep: site.substep.number, isBeforeArrival: isBeforeArrival))
      turned.append(site.engine.isTurned(asset, group, isBeforeArrival: isBeforeArrival)[lane])
      let start = isBeforeArrival ? (open, effect.openOffset[lane]) : (middle, middleOffset)
      let end = isBeforeArrival ? (middle, middleOffset) : (close, effect.closeOffset[lane])
      courses[asset] = Course(
        base: start.0, total: start.0 + start.1, price: whole.start[lane],
        end: end.0, endOffset: end.1, variance: move.deviation[lane] * move.deviation[lane],
        held: isTouched(asset, lane, effect) ? nil : (whole.low[lane], whole.high[lane]))
      ends.append(whole.end[lane])
    }
  }

  /// Writes the leg of an asset up to a moment, which then is the last one.
  private mutating func write(
    _ leg: Int, _ asset: Int, _ lane: Int, _ site: Site, to total: Double, _ price: Double, duration: Double,
    _ legs: inout StepLegs
  ) {
    let course = courses[asset]
    let variance = course.variance * duration
    let terms = site.engine.terms(asset)
    let wicks = Wicks(
      move: Lanes(total - course.total), deviation: Lanes(variance.squareRoot()), draws[asset],
      lowFirst: terms.drawsLowFirst != turned[asset], terms.extremes.bytes.span)
    var prices = legs.prices(leg: leg, asset: asset, group: site.group)
    prices.start[lane] = course.price
    prices.high[lane] = terms.scale.price(Lanes(max(course.price, price)), movedBy: wicks.up)[lane]
    prices.low[lane] = terms.scale.price(Lanes(min(course.price, price)), movedBy: -wicks.down)[lane]
    prices.end[lane] = price
    prices.deviation[lane] = variance.squareRoot()
    legs.set(leg, asset: asset, group: site.group, prices)
    courses[asset].total = total
    courses[asset].price = price
  }
}
