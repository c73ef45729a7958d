import Lanes
import Markets

/// A desk facing one tile of paths: its agent's seat, its risk overlay, its account and its place at a venue.
///
/// Confined to one worker. A `VenueTile` leads it through each step phase by phase, so that desks can share a venue's
/// books: walk to the orders' arrival, arrive, walk to the close, settle, observe, decide.
package final class DeskTile {
  /// The desk.
  package let desk: Desk
  private let market: MarketDescription
  private let terms: DeskTerms
  private let watch: RuinWatch
  /// Where its agent sits; who pilots an agent from outside meets it there.
  package let seat: any Seat
  private var state: DeskState
  private var sizing: OrderSizing
  /// `[group]`: start of the event that starts the recovery clock, in steps; empty when drawdowns start it.
  private var clockStart: ContiguousArray<Lanes> = []

  init(_ desk: Desk, _ market: MarketDescription, _ terms: DeskTerms, _ venue: VenueBooks, _ site: DeskSite) {
    self.desk = desk
    self.market = market
    self.terms = terms
    watch = RuinWatch(terms, market)
    seat = desk.agent.makeSeat(site)
    state = DeskState(desk, terms, venue, market, site)
    sizing = OrderSizing(assets: market.assets.count, groups: site.groups)
  }

  /// Starts anew; `tile` has just been reset to other paths.
  func reset(_ tile: MarketTile) {
    seat.reset()
    state.reset()
    sizing.record?.reset()
    clockStart = terms.recoveryClock.starts(tile)
    if market.clock.warmupSteps == 0 { open() }
  }

  /// Takes up the positions that the account starts with; before t = 0 it holds none, so that no rule sees them at prices
  /// of the warm-up.
  private func open() {
    if !terms.opening.isEmpty { state.open(terms.opening) }
  }

  /// Takes up the starts of events that have become known.
  func follow(_ tile: MarketTile) { clockStart = terms.recoveryClock.starts(tile) }

  // MARK: The phases of a step, for a few lane groups at a time

  /// Lets the step begin for some groups, and leads their positions to the arrival of the step's orders.
  func walkToArrival(_ step: MarketStep, _ groups: Range<Int>) {
    Self.begin(&state, groups)
    if step.venue.isHindered || step.canHalt { Recall.buyBack(&state, step, groups) }
    Self.walk(&state, StepWalk(part: .beforeArrival), step, watch, groups)
  }

  /// Lets the orders of some groups arrive that are due in the step: market orders fill at the arrival mid, what isn't
  /// filled is cancelled at the close; others rest.
  func arrive(_ step: MarketStep, _ groups: Range<Int>) {
    if step.venue.isHindered || step.canHalt || state.late?.isEmpty == false {
      let arrival = HinderedArrival(
        market: step, keepsOutstanding: market.delaySteps > 0 || state.late != nil,
        isHorizon: step.step == market.clock.steps - 1)
      arrival.arrive(&state, groups)
    } else {
      Self.arrive(&state, step, groups, keepsOutstanding: market.delaySteps > 0)
    }
  }

  /// Leads the positions of some groups from the arrival to the close.
  func walkToClose(_ step: MarketStep, _ groups: Range<Int>) {
    Self.walk(&state, StepWalk(part: .afterArrival), step, watch, groups)
  }

  /// Settles the step at its close for some groups; the last one closes what is open.
  func settle(_ step: MarketStep, _ groups: Range<Int>) {
    Self.settle(&state, step, watch, clockStart, groups, isHorizon: step.step == market.clock.steps - 1)
  }

  @inline(never)
  private static func begin(_ state: inout DeskState, _ groups: Range<Int>) {
    for group in groups {
      state.isAlive[group] = state.account.accounts[group].isAlive.isAny
      guard state.isAlive[group] else { continue }
      state.records[group].stepMinimum = .infinity
      state.resting.begin(group: group)
    }
  }

  @inline(never)
  private static func walk(
    _ state: inout DeskState, _ walk: StepWalk, _ step: MarketStep, _ watch: RuinWatch, _ groups: Range<Int>
  ) {
    for group in groups { walk.lead(&state, group, step, watch) }
  }

  @inline(never)
  private static func arrive(
    _ state: inout DeskState, _ step: MarketStep, _ groups: Range<Int>, keepsOutstanding: Bool
  ) {
    var hasFills = false
    for group in groups where state.isAlive[group] && state.inFlight.arrive(in: step.step, group: group) {
      for asset in 0..<state.assets {
        let index = asset * state.groups + group
        let order = state.takeOrder(in: step.step, asset: asset, group: group, keepsOutstanding: keepsOutstanding)
        if let waiting = order.waiting { state.resting.add(waiting, asset: asset, group: group) }
        if (order.quantity .!= 0).isAny {
          let price = state.inFlight.decisionPrice(in: step.step, asset: asset, group: group)
          state.execute(
            .market(order.quantity, decidedAt: price), at: step.arrival(index), step, asset: asset, group: group)
        }
      }
      state.inFlight.clear(step: step.step, group: group)
      state.isOpen[group] = state.account.isOpen(group: group)
      hasFills = true
    }
    if hasFills { state.protect(groups) }
  }

  @inline(never)
  private static func settle(
    _ state: inout DeskState, _ step: MarketStep, _ watch: RuinWatch, _ clockStart: ContiguousArray<Lanes>,
    _ groups: Range<Int>, isHorizon: Bool
  ) {
    for group in groups where state.isAlive[group] {
      Settlement.settle(&state, group, step, watch, clockStart: clockStart, isHorizon: isHorizon)
    }
  }

  // MARK: The close

  /// Forgets the fills of the step before.
  func clearTrace() { state.trace?.removeAll(keepingCapacity: true) }

  /// Shows the step that has closed to agent and rules; stops that move are moved.
  func observe(_ view: MarketView, _ feed: Feed) {
    if view.step == -1 { open() }
    state.known?.follow(state.account, feed)
    seat.observe(view)
    guard !state.overlay.isEmpty else { return }
    state.overlay.observe(view, state.view)
    if state.overlay.movesStops { state.protect(0..<state.groups) }
  }

  /// Asks the agent at a close and sends its orders; none that would arrive after the horizon.
  func decide(_ view: MarketView, _ venue: VenueStep) {
    let arrival = view.step + 1 + market.delaySteps
    guard arrival < market.clock.steps else { return }
    sizing.decide(view, venue, seat, &state, arrival: arrival)
  }

  // MARK: What came of it

  /// Equity over starting equity at the last close, eight paths of a lane group; frozen after ruin.
  @inline(__always)
  package func equityRatio(group: Int) -> Lanes {
    state.account.accounts[group].equity * (1 / terms.startEquity)
  }

  /// Gross leverage Σ|q|·X/E at the last close (at starting prices where they may be negative), eight paths of a lane group; 0 where the desk may not trade, since it is
  /// ruined or its equity is at or under 0.
  @inline(__always)
  package func grossLeverage(group: Int) -> Lanes {
    var gross = Lanes.zero
    for asset in 0..<state.assets {
      let position = state.account.positions[asset * state.groups + group]
      let references = state.account.references
      let reference = references.isEmpty ? nil : references[asset]
      gross += abs(position.quantity) * (reference.map { Lanes($0) } ?? position.mark)
    }
    return gross * state.account.accounts[group].perEquity
  }

  /// The account as agents and rules see it.
  package var account: AccountView { AccountView(state.account) }

  /// The account as its own agent and rules know it: while the feed is frozen not as it is.
  package var knownAccount: AccountView { state.view }

  /// Which fills happened in the last step on one path of the tile; only for replaying a single path.
  package func fills(path: Int) -> [PathFill] {
    (state.trace ?? []).filter { $0.group == path / Lanes.count }
      .compactMap { PathFill($0, lane: path % Lanes.count) }
  }

  /// The assets of the orders of the last step of which nothing was filled, on one path of the tile; only for replaying a
  /// single path.
  package func unfilledOrders(path: Int) -> [Int] {
    let (group, lane) = path.quotientAndRemainder(dividingBy: Lanes.count)
    return (state.trace ?? []).filter {
      $0.group == group && $0.reason == .order && $0.wanted[lane] != 0 && $0.quantity[lane] == 0
    }.map(\.asset)
  }

  /// Asks for a record of fills, which costs time: for replaying a single path.
  package func recordFills() { state.trace = [] }

  /// Asks for a record of decisions, which costs time: for replaying a single path.
  package func recordDecisions() { sizing.record = DecisionRecord() }

  /// What was decided at the close of a step, the last one at which anything was, on one path of the tile; nil where the desk
  /// was not asked, or nobody asked for a record.
  package func decision(ofStep step: Int, path: Int) -> PathDecision? {
    sizing.record?.decision(ofStep: step, path: path)
  }

  /// What a cost term has come to so far on one path of the tile, in quote currency.
  package func cost(_ term: CostTerm, _ window: CostWindow, path: Int) -> Double {
    state.ledgers[path / Lanes.count][window][term][path % Lanes.count]
  }

  /// The smallest equity so far on one path of the tile, within steps too where ruin is watched there, in quote currency.
  package func minimumEquity(path: Int) -> Double { state.records[path / Lanes.count].minimum[path % Lanes.count] }

  /// The outcome on one path of the tile, 0 ..< 8 · groups, after the last step.
  package func outcome(path: Int, number: Int64) -> OutcomeRow {
    OutcomeRow(state, desk: desk.index, path: path, number: number, lastStep: market.clock.steps - 1)
  }
}
