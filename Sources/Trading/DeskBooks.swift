import Lanes
import Markets

/// Everything a desk keeps for one tile of paths, and what happens to it in a step.
///
/// A step at the venue: the open (a gap may pass levels), the way to the orders' arrival under the old position, the
/// orders' fills at the arrival mid, the way to the close under the new one, and the close. How levels are watched on
/// the way stands in `DeskBooks+Monitoring.swift`.
struct DeskBooks {
  let deskIndex: Int
  let description: MarketDescription
  let terms: DeskTerms
  let venue: Venue
  let groups: Int
  let assets: Int
  /// Stops stand this far from the entry price; nil when no rule places one.
  let stopDistance: Double?
  /// Equity at or under which a desk is ruined.
  let ruinEquity: Double
  let watchesWithinStep: Bool

  var account: AccountTile
  var orders: Orders
  var overlay: Overlay
  var passages: ContiguousArray<PassageTimes>
  var recovery: ContiguousArray<RecoveryTracker>
  /// `[group]`: start of the event that starts the recovery clock, in steps; empty when drawdowns start it.
  var clockStart: ContiguousArray<Lanes> = []
  /// `[group]`: net of closing out, once the horizon is reached.
  var finalEquity: ContiguousArray<Lanes>
  /// `[group]`: nothing held, nothing on its way, no impact left on any path.
  private var isIdle: ContiguousArray<Bool>
  /// `[asset * groups + group]`.
  var decisions: ContiguousArray<Decision>
  var weights: ContiguousArray<Lanes>
  /// `[asset * groups + group]`: what is held and on its way, as weights at the last close.
  var presentWeights: ContiguousArray<Lanes>
  /// `[asset]`: prices at which a forced sale happens; working space of one lane group.
  var salePrices: ContiguousArray<Lanes>
  var recordsFills = false
  var recorded: [GroupFill] = []

  init(desk: Desk, market: MarketDescription, terms: DeskTerms, groups: Int) {
    deskIndex = desk.index
    description = market
    self.terms = terms
    self.groups = groups
    assets = market.assets.count
    venue = Venue(market)
    overlay = Overlay(desk.rules, market, groups: groups)
    stopDistance = overlay.stopDistance
    ruinEquity = terms.ruin.equityBelow * terms.startEquity
    watchesWithinStep = terms.ruin.monitored == .withinStep
    account = AccountTile(assets: assets, groups: groups, startEquity: terms.startEquity)
    orders = Orders(assets: assets, groups: groups, delaySteps: market.delaySteps)
    passages = ContiguousArray(repeating: PassageTimes(), count: groups)
    recovery = ContiguousArray(repeating: RecoveryTracker(startEquity: terms.startEquity), count: groups)
    finalEquity = ContiguousArray(repeating: .zero, count: groups)
    isIdle = ContiguousArray(repeating: true, count: groups)
    decisions = ContiguousArray(repeating: .hold, count: assets * groups)
    weights = ContiguousArray(repeating: .zero, count: assets * groups)
    presentWeights = weights
    salePrices = ContiguousArray(repeating: .zero, count: assets)
  }

  mutating func reset(_ tile: MarketTile) {
    account.reset()
    orders.reset()
    overlay.reset()
    recorded.removeAll(keepingCapacity: true)
    for group in 0..<groups {
      passages[group] = PassageTimes()
      isIdle[group] = true
      recovery[group] = RecoveryTracker(startEquity: terms.startEquity)
      for asset in 0..<assets {
        account.positions[asset * groups + group].mark = Lanes(description.initialPrices[asset])
      }
    }
    switch terms.recoveryClock {
    case .event(let index): clockStart = tile.eventStart(index)
    case .drawdown: clockStart = []
    case .earliestEvent: clockStart = description.events.isEmpty ? [] : tile.earliestEventStart()
    }
  }

  mutating func observe(_ tile: MarketTile) {
    if !overlay.isEmpty { overlay.observe(tile) }
  }

  /// Lives through the tile's step.
  @inline(never)
  mutating func trade(_ tile: MarketTile) {
    if recordsFills { recorded.removeAll(keepingCapacity: true) }
    let market = MarketStep(tile)
    for group in 0..<groups where account.accounts[group].isAlive.isAny { trade(market, group) }
  }

  @inline(__always)
  private mutating func trade(_ market: MarketStep, _ group: Int) {
    let arrives = orders.arrive(in: market.step, group: group)
    if isIdle[group] && !arrives {
      passIdle(market, group)
      return
    }
    var books = account.accounts[group]
    books.stepMinimum = .infinity
    var isOpen = Mask.none
    for asset in 0..<assets {
      let index = asset * groups + group
      let bar = market.bars[index]
      var position = account.positions[index]
      venue.begin(&position, asset: asset, depth: bar.depth)
      books.paperGain = fma(position.quantity, bar.close - position.mark, books.paperGain)
      isOpen = isOpen | (position.quantity .!= 0)
      account.positions[index] = position
    }
    if isOpen.isAny { monitor(.beforeArrival, market, group, &books) }
    if arrives {
      fillOrders(market, group, &books)
      isOpen = .all
    }
    if isOpen.isAny { monitor(.afterArrival, market, group, &books) }
    close(market, group, &books)
    account.accounts[group] = books
    var isBusy = Mask.none
    for asset in 0..<assets {
      let position = account.positions[asset * groups + group]
      isBusy = isBusy | (position.quantity .!= 0) | (position.impact .!= 0)
    }
    isIdle[group] = isBusy.isNone
  }

  /// A step in which the group holds nothing, has nothing on its way and no impact left: only the close counts.
  @inline(__always)
  private mutating func passIdle(_ market: MarketStep, _ group: Int) {
    var books = account.accounts[group]
    books.stepMinimum = .infinity
    close(market, group, &books)
    account.accounts[group] = books
  }

  /// Fills the orders that arrive in this step at the arrival mid; what isn't filled is cancelled at the close.
  @inline(never)
  private mutating func fillOrders(_ market: MarketStep, _ group: Int, _ books: inout AccountTile.Account) {
    let step = market.step
    for asset in 0..<assets {
      let index = asset * groups + group
      let bar = market.bars[index]
      let arrival = market.interiors[index].arrival
      var position = account.positions[index]
      let order = orders.order(in: step, asset: asset, group: group)
      let wanted = select(books.isAlive, order.quantity, .zero)
      // With no whole step of latency nothing else is on its way, and rounding must not leave anything there.
      position.outstanding = description.delaySteps == 0 ? .zero : position.outstanding - order.quantity
      let fill = venue.fill(
        wanted, mid: arrival, halfSpread: bar.halfSpread,
        volume: bar.volume, feeRate: Lanes(venue.takerFee), &position, &books)
      account.positions[index] = position
      let price = order.decisionPrice
      var amounts = CostLedger.Window()
      amounts.halfSpread = fill.halfSpread
      amounts.impact = fill.impact
      amounts.fees = fill.fee
      amounts.delay = fill.quantity * (arrival - price)
      amounts.opportunity = (wanted - fill.quantity) * (bar.close - price)
      amounts.wantedNotional = abs(wanted) * price
      amounts.filledNotional = abs(fill.quantity) * price
      account.ledgers[group].book(amounts, inEventWindow: market.inEventWindow[group])
      books.paperGain = fma(wanted, bar.close - price, books.paperGain)
      books.orders += select(wanted .!= 0, .one, .zero)
      record(group, asset, fill, arrival, price, .order)
    }
    orders.clear(step: step, group: group)
  }

  /// Marks at the close, and books what a close decides: financing, ruin at a close, drawdown, recovery.
  @inline(__always)
  private mutating func close(_ market: MarketStep, _ group: Int, _ books: inout AccountTile.Account) {
    let step = market.step
    let borrowed = max(.zero, -books.cash)
    if venue.financingPerStep > 0 && (borrowed .> 0).isAny {
      var amounts = CostLedger.Window()
      amounts.financing = select(books.isAlive, borrowed * venue.financingPerStep, .zero)
      books.cash = books.cash - amounts.financing
      account.ledgers[group].book(amounts, inEventWindow: market.inEventWindow[group])
    }
    var equity = books.cash
    for asset in 0..<assets {
      let index = asset * groups + group
      account.positions[index].mark = market.bars[index].close
      equity = fma(account.positions[index].quantity, market.bars[index].close, equity)
    }
    let fails = books.isAlive & (equity .<= Lanes(max(ruinEquity, 0)))
    if fails.isAny {
      for asset in 0..<assets { salePrices[asset] = market.bars[asset * groups + group].close }
      let levels = RuinLevels(
        liquidation: -Lanes.infinity, equityBelow: Lanes(ruinEquity), zeroEquity: .zero)
      ruin(market, group, &books, where: fails, equity: equity, levels)
      equity = select(fails, books.cash, equity)
    }
    books.equity = equity
    let low = min(books.stepMinimum, equity)
    let watched = watchesWithinStep ? low : equity
    books.minimum = min(books.minimum, watched)
    let wasAlive = books.isAlive | (passages[group].ruin .== Double(step))
    PassageTimes.mark(&passages[group].drawdown20, step: step, where: wasAlive & (low .<= books.peak * 0.8))
    PassageTimes.mark(&passages[group].drawdown30, step: step, where: wasAlive & (low .<= books.peak * 0.7))
    let isUnder = equity .< books.peak
    books.peak = max(books.peak, equity)
    books.maximumDrawdown = max(books.maximumDrawdown, (books.peak - equity) / books.peak)
    books.spellUnderWater = select(isUnder, books.spellUnderWater + 1.0, .zero)
    books.longestUnderWater = max(
      books.longestUnderWater, select(wasAlive, books.spellUnderWater, books.longestUnderWater))
    recovery[group].close(
      step: step, equity: equity, peak: books.peak, eventStart: clockStart.isEmpty ? nil : clockStart[group],
      watched: books.isAlive)
  }

  /// Closes what is open at the horizon, at the last mid, without participation cap.
  mutating func closeOut(_ tile: MarketTile) {
    let market = MarketStep(tile)
    for group in 0..<groups {
      var books = account.accounts[group]
      for asset in 0..<assets {
        let index = asset * groups + group
        let bar = market.bars[index]
        var position = account.positions[index]
        let wanted = select(books.isAlive, -position.quantity, .zero)
        let fill = venue.fill(
          wanted, mid: bar.close, halfSpread: bar.halfSpread, volume: nil, feeRate: Lanes(venue.takerFee), &position,
          &books)
        account.positions[index] = position
        var amounts = CostLedger.Window()
        amounts.halfSpread = fill.halfSpread
        amounts.impact = fill.impact
        amounts.fees = fill.fee
        amounts.wantedNotional = abs(wanted) * bar.close
        amounts.filledNotional = amounts.wantedNotional
        account.ledgers[group].book(amounts, inEventWindow: market.inEventWindow[group])
        record(group, asset, fill, bar.close, bar.close, .closeOut)
      }
      finalEquity[group] = books.cash
      books.deficit = max(books.deficit, max(.zero, -books.cash))
      account.accounts[group] = books
    }
  }

  /// Keeps a fill while a single path is replayed.
  @inline(__always)
  mutating func record(
    _ group: Int, _ asset: Int, _ fill: (quantity: Lanes, halfSpread: Lanes, impact: Lanes, fee: Lanes), _ mid: Lanes,
    _ decisionPrice: Lanes, _ reason: Fill.Reason
  ) {
    guard recordsFills else { return }
    let price = mid + (fill.impact + fill.halfSpread) / fill.quantity
    recorded.append(
      GroupFill(
        group: group, asset: asset, quantity: fill.quantity, price: price, decisionPrice: decisionPrice,
        reason: reason))
  }

  /// The fills of the last step on one path of the market.
  func fills(path: Int) -> [Fill] {
    recorded.compactMap { fill in
      let lane = path % Lanes.count
      guard fill.group == path / Lanes.count, fill.quantity[lane] != 0 else { return nil }
      return Fill(
        asset: fill.asset, quantity: fill.quantity[lane], price: fill.price[lane],
        decisionPrice: fill.decisionPrice[lane], reason: fill.reason)
    }
  }
}
