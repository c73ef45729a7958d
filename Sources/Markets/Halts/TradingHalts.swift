import Lanes

/// Where trading stands still, and what is seen of prices then: the last part of the market, behind which its latent price
/// goes on.
///
/// Rules ask for halts and limits sub-step by sub-step; here they act on bars, on what lies inside them, and on legs. While an
/// asset is halted its price stays what it was, nothing is traded, and no order fills; it reopens at the latent price, by a
/// gap. A pause counts from the close of the sub-step in which it is called, and ends where a sub-step opens.
struct TradingHalts {
  /// The bars of a sub-step and what belongs to them, `[asset * groups + group]`.
  struct Prices {
    var bars: ContiguousArray<AssetStep>
    var interiors: ContiguousArray<BarInterior>
    var legs: StepLegs
    var moves: [ContiguousArray<LogMove>]
  }

  /// Lane groups of the tile.
  let groups: Int
  /// The sub-step at whose open trading goes on; 0 or past where it does.
  private(set) var until: ContiguousArray<Lanes>
  /// Where an asset stands still in the sub-step at hand: from its open on, or from a level that it has come to.
  private var stands: ContiguousArray<Mask>
  /// The price that was seen last; it stays while the asset is halted.
  private var seen: ContiguousArray<Lanes>
  /// The latent price at the last close.
  private(set) var latent: ContiguousArray<Lanes>
  /// Sub-steps of this step in which something could be traded.
  private var openParts: ContiguousArray<Lanes>
  /// `[group]`: legs that the step had before this sub-step.
  private var firstLegs: [Int]
  /// The last sub-step in which any asset was halted or limited on any path.
  private var lastActive = -1
  /// The latest end of what was asked for since somebody has set it: the end of one rule's pauses, whatever others ask for.
  var latestEnd = Lanes.zero

  init(assets: Int, groups: Int) {
    self.groups = groups
    until = ContiguousArray(repeating: .zero, count: assets * groups)
    seen = until
    latent = until
    stands = ContiguousArray(repeating: .none, count: assets * groups)
    openParts = until
    firstLegs = Array(repeating: 0, count: groups)
  }

  /// Starts new paths.
  mutating func reset() {
    for place in until.indices {
      until[place] = .zero
      openParts[place] = .zero
    }
    lastActive = -1
  }

  /// Before a sub-step is made: it goes on from the latent price, as if nobody had ever halted it.
  mutating func begin(_ substep: Substep, _ legs: StepLegs, _ bars: inout ContiguousArray<AssetStep>) {
    for group in firstLegs.indices { firstLegs[group] = legs.counts[group] }
    if substep.part == 0 {
      for place in openParts.indices { openParts[place] = .zero }
    }
    guard lastActive == substep.number - 1, substep.number > 0 else { return }
    for place in latent.indices { bars[place].close = latent[place] }
  }

  /// Once it is made: keeps the latent close, and lets what is halted stand still.
  mutating func freeze(_ substep: Substep, _ prices: inout Prices) {
    for place in latent.indices {
      latent[place] = prices.bars[place].close
      prices.bars[place].halted = .none
      prices.interiors[place].haltedAtArrival = .none
      prices.interiors[place].haltedAtOpen = .none
      let isHalted = until[place] .> Double(substep.number)
      stands[place] = isHalted
      if isHalted.isAny {
        stand(place, at: seen[place], where: isHalted, &prices)
        lastActive = substep.number
      }
      openParts[place] += select(isHalted, .zero, .one)
    }
  }

  /// Where an asset trades in the sub-step at hand, and has not been stopped on the way. What is to be halted at its close
  /// trades.
  func trades(_ place: Int) -> Mask { !stands[place] }

  /// Once all rules have looked: keeps the price that is seen.
  mutating func finish(_ prices: Prices) {
    for place in seen.indices { seen[place] = prices.bars[place].close }
  }

  /// Halts an asset where its price comes to a level on the way down, or up, or has passed it at the open.
  ///
  /// The order of high and low inside a part is not known: the one that is not hit stays. That of parts and legs is: what
  /// lies behind the one that hits the level was never reached.
  mutating func halt(
    _ place: Int, at level: Lanes, isFall: Bool, until end: Lanes, where mask: Mask, in substep: Substep,
    _ prices: inout Prices
  ) {
    guard mask.isAny else { return }
    lastActive = max(lastActive, substep.number)
    let open = prices.bars[place].open
    let isBeyond = mask & (isFall ? open .<= level : open .>= level)
    stand(place, at: open, where: isBeyond, &prices)
    let inside = mask & !isBeyond
    let before = prices.interiors[place]
    let isBefore = inside & (isFall ? before.lowBefore .<= level : before.highBefore .>= level)
    var (bar, interior) = (prices.bars[place], before)
    if isFall {
      interior.lowBefore.replace(with: level, where: isBefore)
      interior.lowAfter.replace(with: level, where: inside)
      interior.highAfter.replace(with: level, where: isBefore)
    } else {
      interior.highBefore.replace(with: level, where: isBefore)
      interior.highAfter.replace(with: level, where: inside)
      interior.lowAfter.replace(with: level, where: isBefore)
    }
    interior.arrival.replace(with: level, where: isBefore)
    interior.haltedAtArrival = interior.haltedAtArrival | isBefore | isBeyond
    bar.close.replace(with: level, where: inside)
    prices.bars[place] = bar
    prices.interiors[place] = interior
    prices.legs.stop(
      place / groups, group: place % groups, from: firstLegs[place % groups], at: level, isFall: isFall, where: inside)
    takeExtremes(place, where: inside, in: substep, &prices)
    stands[place] = stands[place] | mask
    close(place, until: end, where: mask, &prices)
  }

  /// Takes the extremes of a sub-step that was stopped on the way from its parts, and theirs from their legs.
  private func takeExtremes(_ place: Int, where mask: Mask, in substep: Substep, _ prices: inout Prices) {
    let (asset, group) = (place / groups, place % groups)
    var (bar, interior) = (prices.bars[place], prices.interiors[place])
    let legs = firstLegs[group]..<prices.legs.counts[group]
    if !legs.isEmpty {
      let arrival = substep.arrival > 0 ? prices.legs.countsBefore[group] : legs.lowerBound
      if substep.arrival > 0 {
        let reached = prices.legs.extremes(of: legs.lowerBound..<arrival, asset: asset, group: group)
        interior.lowBefore.replace(with: reached.low, where: mask)
        interior.highBefore.replace(with: reached.high, where: mask)
      }
      let reached = prices.legs.extremes(of: arrival..<legs.upperBound, asset: asset, group: group)
      interior.lowAfter.replace(with: reached.low, where: mask)
      interior.highAfter.replace(with: reached.high, where: mask)
    }
    bar.low.replace(with: min(interior.lowBefore, interior.lowAfter), where: mask)
    bar.high.replace(with: max(interior.highBefore, interior.highAfter), where: mask)
    (prices.bars[place], prices.interiors[place]) = (bar, interior)
  }

  /// Halts an asset at the close of a sub-step.
  mutating func halt(
    atCloseOf substep: Substep, _ place: Int, until end: Lanes, where mask: Mask, _ prices: inout Prices
  ) {
    guard mask.isAny else { return }
    lastActive = max(lastActive, substep.number)
    close(place, until: end, where: mask, &prices)
  }

  /// Keeps the prices of an asset between two limits: beyond one the price stands at it, and no order fills that arrives there.
  mutating func limit(
    _ place: Int, between low: Lanes, and high: Lanes, where mask: Mask, in substep: Substep, _ prices: inout Prices
  ) {
    let bar = prices.bars[place]
    let isHit = mask & ((bar.low .< low) | (bar.high .> high) | (bar.open .< low) | (bar.open .> high))
    guard isHit.isAny else { return }
    lastActive = max(lastActive, substep.number)
    let kept = { (price: Lanes) in select(isHit, max(low, min(high, price)), price) }
    prices.bars[place].open = kept(bar.open)
    prices.bars[place].high = kept(bar.high)
    prices.bars[place].low = kept(bar.low)
    prices.bars[place].close = kept(bar.close)
    prices.bars[place].halted = bar.halted | (isHit & ((bar.close .< low) | (bar.close .> high)))
    let inside = prices.interiors[place]
    let isBeyond = { (price: Lanes) in isHit & ((price .< low) | (price .> high)) }
    prices.interiors[place].haltedAtArrival = inside.haltedAtArrival | isBeyond(inside.arrival)
    prices.interiors[place].haltedAtOpen = inside.haltedAtOpen | isBeyond(bar.open)
    prices.interiors[place].arrival = kept(inside.arrival)
    prices.interiors[place].highBefore = kept(inside.highBefore)
    prices.interiors[place].lowBefore = kept(inside.lowBefore)
    prices.interiors[place].highAfter = kept(inside.highAfter)
    prices.interiors[place].lowAfter = kept(inside.lowAfter)
    prices.legs.change(place / groups, group: place % groups, from: firstLegs[place % groups]) { leg, isHalted in
      isHalted = isHalted | isBeyond(leg.start)
      leg =
        LegPrices(
          start: kept(leg.start), low: kept(leg.low), high: kept(leg.high), end: kept(leg.end), deviation: leg.deviation
        ).still
    }
  }

  /// At the close of a step: what was traded is the open part of its volume.
  func share(of volume: Lanes, _ place: Int, substeps: Int) -> Lanes {
    openParts[place] == Lanes(Double(substeps)) ? volume : volume * openParts[place] * (1 / Double(substeps))
  }

  private mutating func close(_ place: Int, until end: Lanes, where mask: Mask, _ prices: inout Prices) {
    until[place].replace(with: max(until[place], end), where: mask)
    latestEnd.replace(with: max(latestEnd, end), where: mask)
    prices.bars[place].halted = prices.bars[place].halted | mask
  }

  /// Lets an asset stand at a price through a sub-step.
  private func stand(_ place: Int, at price: Lanes, where mask: Mask, _ prices: inout Prices) {
    guard mask.isAny else { return }
    var (bar, inside) = (prices.bars[place], prices.interiors[place])
    bar.open.replace(with: price, where: mask)
    bar.high.replace(with: price, where: mask)
    bar.low.replace(with: price, where: mask)
    bar.close.replace(with: price, where: mask)
    bar.halted = bar.halted | mask
    inside.arrival.replace(with: price, where: mask)
    inside.highBefore.replace(with: price, where: mask)
    inside.lowBefore.replace(with: price, where: mask)
    inside.highAfter.replace(with: price, where: mask)
    inside.lowAfter.replace(with: price, where: mask)
    inside.deviation.replace(with: .zero, where: mask)
    inside.haltedAtArrival = inside.haltedAtArrival | mask
    inside.haltedAtOpen = inside.haltedAtOpen | mask
    prices.bars[place] = bar
    prices.interiors[place] = inside
    prices.moves[place / groups][place % groups].deviation.replace(with: .zero, where: mask)
    prices.legs.change(place / groups, group: place % groups, from: firstLegs[place % groups]) { leg, isHalted in
      isHalted = isHalted | mask
      leg = LegPrices(
        start: select(mask, price, leg.start), low: select(mask, price, leg.low), high: select(mask, price, leg.high),
        end: select(mask, price, leg.end), deviation: select(mask, .zero, leg.deviation))
    }
  }
}

extension StepLegs {
  /// The lowest and highest price of an asset in some legs of a group.
  func extremes(of legs: Range<Int>, asset: Int, group: Int) -> (low: Lanes, high: Lanes) {
    var (low, high) = (Lanes.infinity, -Lanes.infinity)
    for leg in legs {
      let prices = prices(leg: leg, asset: asset, group: group)
      (low, high) = (min(low, prices.low), max(high, prices.high))
    }
    return (low, high)
  }

  /// Changes the prices of an asset in a group's legs from one on, and where trading stands still in them.
  mutating func change(
    _ asset: Int, group: Int, from first: Int, _ change: (_ leg: inout LegPrices, _ isHalted: inout Mask) -> Void
  ) {
    guard first < counts[group] else { return }
    for leg in first..<counts[group] {
      var prices = prices(leg: leg, asset: asset, group: group)
      var isHalted = halted(leg: leg, asset: asset, group: group)
      change(&prices, &isHalted)
      set(leg, asset: asset, group: group, prices, halted: isHalted)
    }
  }

  /// Lets an asset stand at a level from where it comes to it, in a group's legs from one on.
  mutating func stop(_ asset: Int, group: Int, from first: Int, at level: Lanes, isFall: Bool, where mask: Mask) {
    var hasStopped = Mask.none
    change(asset, group: group, from: first) { leg, isHalted in
      let hits = mask & !hasStopped & (isFall ? leg.low .<= level : leg.high .>= level)
      leg.end.replace(with: level, where: hits)
      if isFall {
        leg.low.replace(with: level, where: hits)
      } else {
        leg.high.replace(with: level, where: hits)
      }
      let stands = LegPrices(at: level)
      leg.start = select(hasStopped, stands.start, leg.start)
      leg.low = select(hasStopped, stands.low, leg.low)
      leg.high = select(hasStopped, stands.high, leg.high)
      leg.end = select(hasStopped, stands.end, leg.end)
      leg.deviation = select(hasStopped, .zero, leg.deviation)
      isHalted = isHalted | hasStopped
      hasStopped = hasStopped | hits
    }
  }
}
