import Lanes
import Markets

/// Turns what an agent wants and its rules allow into orders, at a close.
///
/// The venue's initial margin bounds what new risk an order may take: what orders would add to the positions held is
/// scaled down together until gross leverage is 1/`initialMargin`; what is held already is never cut by it.
struct OrderSizing {
  private let groups: Int
  private let assets: Int
  /// `[asset * groups + group]`: what the agent has decided.
  private var decisions: ContiguousArray<Decision>
  /// Likewise: the weights wanted, then those allowed.
  private var weights: ContiguousArray<Lanes>
  /// Likewise: what is held and on its way, as weights at the last close.
  private let presentWeights: Records<Lanes>
  /// What was decided last and what narrowed it; nil where nobody asked for it, since keeping it costs time.
  var record: DecisionRecord?

  init(assets: Int, groups: Int) {
    self.groups = groups
    self.assets = assets
    decisions = ContiguousArray(repeating: .hold, count: assets * groups)
    weights = ContiguousArray(repeating: .zero, count: assets * groups)
    presentWeights = Records(repeating: .zero, count: assets * groups)
  }

  /// Asks the agent, lets the overlay bound what it wants, and sends the orders that arrive in a step, or later where the
  /// venue is slow.
  mutating func decide(
    _ market: MarketView, _ venue: VenueStep, _ seat: any Seat, _ state: inout DeskState, arrival: Int
  ) {
    let view = state.view
    seat.decide(market, view, &decisions)
    Self.weigh(&weights, presentWeights, decisions, view)
    record?.begin(market.step, decisions, weights, view)
    if !state.overlay.isEmpty { state.overlay.limit(&weights, decisions, view, market, record) }
    let working = seat.worksOrders ? seat : nil
    for group in 0..<groups { send(&state, view, market, venue, group, arrival: arrival, working) }
  }

  /// The weights wanted and present; the present ones are 0 where the account is frozen.
  private static func weigh(
    _ weights: inout ContiguousArray<Lanes>, _ presentWeights: Records<Lanes>,
    _ decisions: ContiguousArray<Decision>, _ account: AccountView
  ) {
    for group in 0..<account.groups {
      let perEquity = account.accounts[group].perEquity
      for asset in 0..<account.assets {
        let index = asset * account.groups + group
        let position = account.positions[index]
        let held = position.quantity + position.outstanding
        let present = held * account.unitValue(asset: asset, group: group) * perEquity
        presentWeights[index] = present
        weights[index] = select(decisions[index].acts, decisions[index].weight, present)
      }
    }
  }

  /// The part of the present weight that the wanted one keeps: nothing where it changes sides.
  @inline(__always)
  private func keptWeight(_ index: Int) -> Lanes {
    let present = presentWeights[index]
    let wanted = weights[index]
    return select((wanted * present) .> 0, copySign(of: wanted, to: min(abs(wanted), abs(present))), .zero)
  }

  /// Where the initial margin cuts what the orders of a group would add, and to which share.
  private func marginBound(_ group: Int, _ leverageBound: Lanes) -> (isBound: Mask, scale: Lanes) {
    var kept = Lanes.zero
    var growth = Lanes.zero
    for asset in 0..<assets {
      let index = asset * groups + group
      let base = keptWeight(index)
      kept += abs(base)
      growth += abs(weights[index] - base)
    }
    let room = max(.zero, leverageBound - kept)
    let isBound = growth .> room
    return (isBound, room / select(isBound, growth, .one))
  }

  @inline(__always)
  private func send(
    _ state: inout DeskState, _ view: AccountView, _ market: MarketView, _ venue: VenueStep, _ group: Int,
    arrival: Int, _ working: (any Seat)?
  ) {
    let account = view.accounts[group]
    let isAsked = account.isAsked
    guard isAsked.isAny else { return }
    var gross = Lanes.zero
    var changes = Mask.none
    for asset in 0..<assets {
      let index = asset * groups + group
      gross += abs(weights[index])
      changes = changes | decisions[index].acts | (weights[index] .!= presentWeights[index])
    }
    guard (changes & isAsked).isAny else { return }
    // What is kept and what is added are the gross weight together: under the bound as a whole, nothing is cut.
    var isBound = Mask.none
    var scale = Lanes.one
    let leverageBound = venue.demands[group].leverageBound
    if (gross .> leverageBound).isAny { (isBound, scale) = marginBound(group, leverageBound) }
    for asset in 0..<assets {
      let index = asset * groups + group
      let present = presentWeights[index]
      let wanted = weights[index]
      let moves = isAsked & (decisions[index].acts | (wanted .!= present))
      guard moves.isAny else { continue }
      var allowed = wanted
      if isBound.isAny {
        let base = keptWeight(index)
        allowed = select(isBound, fma(scale, wanted - base, base), wanted)
        record?.allow(allowed, at: index)
      }
      let position = state.account.positions[index]
      let target = allowed * account.equity * market.perClose[index]
      let held = position.quantity + position.outstanding
      // A position at its bound is off it by rounding only: that is no order.
      let isOff = abs(target - held) .> max(abs(held), abs(target)) * 1e-9
      var quantity = select(moves & isOff, target - held, .zero)
      guard (quantity .!= 0).isAny else { continue }
      let terms = working?.terms(asset: asset, group: group)
      var isUrgent = Mask.all
      if terms != nil {
        // What the rules take off a position waits for no price, whatever the terms of the agent's own orders.
        let isCut = (wanted .!= decisions[index].weight) & (abs(wanted) .< abs(present))
        isUrgent = !decisions[index].acts | isCut
      }
      if venue.isHindered, let late = state.late {
        let waits = terms?.waits == true ? !isUrgent : .none
        quantity = late.delay(
          quantity, by: select(waits, .zero, venue.extraSteps(group)), from: arrival,
          &state.account.positions[index], state.rests, asset: asset, group: group)
      }
      state.account.positions[index].outstanding += quantity
      state.inFlight.send(quantity, decidedAt: position.mark, in: arrival, asset: asset, group: group)
      guard let terms else { continue }
      state.inFlight.work(terms, isUrgent: isUrgent, in: arrival, asset: asset, group: group)
    }
  }
}
