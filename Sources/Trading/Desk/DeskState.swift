import Lanes
import Markets

/// Everything that a desk keeps for one tile of paths, by lane group.
struct DeskState {
  /// The books that the desk trades in; other desks may hold them too.
  let venue: VenueBooks
  let groups: Int
  let assets: Int
  var account: AccountTile
  var ledgers: ContiguousArray<CostLedger>
  var records: ContiguousArray<EquityRecord>
  var passages: ContiguousArray<PassageTimes>
  var recovery: ContiguousArray<RecoveryTracker>
  var inFlight: OrdersInFlight
  var resting: RestingOrders
  var overlay: Overlay
  /// `[group]`: whether the desk was alive on any of its paths when the step began.
  var isAlive: ContiguousArray<Bool>
  /// `[group]`: whether any position is open on any of its paths.
  var isOpen: ContiguousArray<Bool>
  /// Net of closing out, once the horizon is reached.
  var finalEquity: ContiguousArray<Lanes>
  /// The fills of the last step; nil where nobody asked for them, since keeping them costs time.
  var trace: [Fill]?

  init(_ desk: Desk, _ terms: DeskTerms, _ venue: VenueBooks, _ market: MarketDescription, _ site: DeskSite) {
    self.venue = venue
    groups = site.groups
    assets = site.market.assets.count
    account = AccountTile(assets: assets, groups: groups, startEquity: terms.startEquity)
    ledgers = ContiguousArray(repeating: CostLedger(), count: groups)
    records = ContiguousArray(repeating: EquityRecord(equity: Lanes(terms.startEquity)), count: groups)
    passages = ContiguousArray(repeating: PassageTimes(), count: groups)
    recovery = ContiguousArray(repeating: RecoveryTracker(startEquity: terms.startEquity), count: groups)
    inFlight = OrdersInFlight(assets: assets, groups: groups, delaySteps: market.delaySteps)
    resting = RestingOrders(assets: assets, groups: groups)
    overlay = Overlay(desk.rules, site)
    isAlive = ContiguousArray(repeating: true, count: groups)
    isOpen = ContiguousArray(repeating: false, count: groups)
    finalEquity = ContiguousArray(repeating: .zero, count: groups)
  }

  /// Back to cash only, at the assets' prices at t = 0.
  mutating func reset(prices: [Double]) {
    account.reset(prices: prices)
    inFlight.reset()
    resting.reset()
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

  /// Has the venue fill an order at a mid, and books the fill wherever it counts: account, stop, ledger, trace.
  ///
  /// - Parameter isLiquidated: where the venue's own margin call sells.
  @discardableResult
  mutating func execute(
    _ order: Order, at mid: Lanes, _ market: MarketStep, asset: Int, group: Int, isLiquidated: Mask = .none
  ) -> Fill {
    let index = asset * groups + group
    let fill = venue.fill(order, mid: mid, market, asset: asset, group: group, isLiquidated: isLiquidated)
    account.apply(fill)
    ledgers[group].book(fill, close: market.bars[index].close, inEventWindow: market.inEventWindow[group])
    protect(asset: asset, group: group)
    trace?.append(fill)
    return fill
  }

  /// Places the stop on an asset's position anew, where a rule wants one.
  mutating func protect(asset: Int, group: Int) {
    guard overlay.placesStops else { return }
    let position = account.positions[asset * groups + group]
    let price = overlay.stopPrice(of: position, asset: asset, group: group)
    resting.protect(position, at: price, asset: asset, group: group)
  }
}
