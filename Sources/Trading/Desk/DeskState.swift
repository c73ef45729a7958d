import Lanes
import Markets

/// Everything that a desk keeps for one tile of paths, by lane group.
struct DeskState {
  /// The books that the desk trades in; other desks may hold them too.
  let venue: VenueBooks
  let groups: Int
  let assets: Int
  var account: AccountTile
  let ledgers: Records<CostLedger>
  let records: Records<EquityRecord>
  let passages: Records<PassageTimes>
  let recovery: Records<RecoveryTracker>
  var inFlight: OrdersInFlight
  /// Orders that take longer than the file's latency; nil where no event can make them.
  let late: LateOrders?
  /// The account as the desk itself knows it while its feed is frozen; nil where no event can freeze it.
  let known: KnownAccount?
  let recalls: OpenRecalls
  var resting: RestingOrders
  let rests: OrderRests
  var overlay: Overlay
  /// `[group]`: whether the desk was alive on any of its paths when the step began.
  let isAlive: Records<Bool>
  /// `[group]`: whether any position is open on any of its paths.
  let isOpen: Records<Bool>
  /// `[asset]` of equity, then of the margin's room: exposures of the group that is being watched.
  let exposures: Records<Lanes>
  /// `[asset]`: covariances of equity with each asset's price, likewise.
  let covariances: Records<Lanes>
  /// The fills of the last step; nil where nobody asked for them, since keeping them costs time.
  var trace: [Fill]?

  init(_ desk: Desk, _ terms: DeskTerms, _ venue: VenueBooks, _ market: MarketDescription, _ site: DeskSite) {
    self.venue = venue
    groups = site.groups
    assets = site.market.assets.count
    account = AccountTile(
      prices: market.initialPrices, groups: groups, startEquity: terms.startEquity,
      references: market.references)
    ledgers = Records(repeating: CostLedger(), count: groups)
    records = Records(repeating: EquityRecord(equity: Lanes(terms.startEquity)), count: groups)
    passages = Records(repeating: PassageTimes(), count: groups)
    recovery = Records(repeating: RecoveryTracker(startEquity: terms.startEquity), count: groups)
    inFlight = OrdersInFlight(assets: assets, groups: groups, delaySteps: market.delaySteps)
    late = LateOrders(market, groups: groups)
    known = market.venueReach.freezesFeed ? KnownAccount(account) : nil
    recalls = OpenRecalls(assets: assets, groups: groups)
    resting = RestingOrders(assets: assets, groups: groups)
    rests = OrderRests(assets: assets, groups: groups, delaySteps: market.delaySteps)
    overlay = Overlay(desk.rules, site)
    isAlive = Records(repeating: true, count: groups)
    isOpen = Records(repeating: false, count: groups)
    exposures = Records(repeating: .zero, count: 2 * assets)
    covariances = Records(repeating: .zero, count: assets)
  }

  /// Back to cash only, at the assets' prices at t = 0.
  mutating func reset() {
    account.reset()
    inFlight.reset()
    late?.reset()
    known?.reset()
    recalls.reset()
    resting.reset()
    rests.reset()
    overlay.reset()
    trace?.removeAll(keepingCapacity: true)
    for group in 0..<groups {
      ledgers[group] = CostLedger()
      records[group] = EquityRecord(equity: Lanes(account.startEquity))
      passages[group] = PassageTimes()
      recovery[group] = RecoveryTracker(startEquity: account.startEquity)
      isAlive[group] = true
      isOpen[group] = false
    }
  }

  /// Takes up, at t = 0, what the account holds from the start.
  mutating func open(_ opening: [OpeningPosition]) {
    let value = account.open(opening)
    for group in 0..<groups {
      ledgers[group] = CostLedger(holding: value)
      isOpen[group] = account.isOpen(group: group)
    }
    protect(0..<groups)
  }

  /// Takes the order for an asset that arrives in a step off what is on its way.
  ///
  /// - Parameter keepsOutstanding: whether others may still be on their way; with no whole step of latency none is, and
  ///   rounding must not leave anything there.
  /// - Returns: what fills when it arrives, and what waits for a price first; nothing where the desk is ruined.
  @inline(__always)
  mutating func takeOrder(
    in step: Int, asset: Int, group: Int, keepsOutstanding: Bool
  ) -> (quantity: Lanes, waiting: Order?) {
    let index = asset * groups + group
    var order = inFlight.order(in: step, asset: asset, group: group)
    let outstanding = keepsOutstanding ? account.positions[index].outstanding - order.quantity : .zero
    account.positions[index].outstanding = outstanding
    order.quantity = select(account.accounts[group].isAlive, order.quantity, .zero)
    guard order.rests else { return (order.quantity, nil) }
    let isUrgent = inFlight.isUrgent(in: step, asset: asset, group: group)
    let quantity = select(isUrgent, order.quantity, .zero)
    order.quantity = select(isUrgent, .zero, order.quantity)
    return (quantity, order)
  }

  /// Has the venue fill an order at a mid, and books the fill wherever it counts: account, ledger, trace.
  ///
  /// - Parameters:
  ///   - isLiquidated: where the venue's own margin call sells.
  ///   - wanted: what was asked for, where the venue takes less of it than the order says.
  ///   - isLate: whether the order took longer than the file's latency, and has claimed what it asks for again.
  @discardableResult @inline(__always)
  mutating func execute(
    _ order: Order, at mid: Lanes, _ market: MarketStep, asset: Int, group: Int, isLiquidated: Mask = .none,
    wanted: Lanes? = nil, isLate: Bool = false
  ) -> Fill {
    let index = asset * groups + group
    var fill = venue.fill(order, mid: mid, market, asset: asset, group: group, isLiquidated: isLiquidated)
    if let wanted { fill = fill.wanting(wanted) }
    account.apply(fill)
    let inEventWindow = market.inEventWindow[group]
    ledgers[group].book(fill, close: market.bars[index].close, inEventWindow: inEventWindow)
    rests.follow(fill, step: market.step, isLate: isLate, inEventWindow: inEventWindow, &ledgers[group])
    trace?.append(fill)
    return fill
  }

  /// What agent and rules may see of the account.
  var view: AccountView { known?.view(account) ?? AccountView(account) }

  /// Lets the rules place the stops on the positions of some groups anew, after fills have changed them.
  func protect(_ groups: Range<Int>) {
    if overlay.placesStops { overlay.placeStops(account, groups: groups, resting.stops) }
  }
}
