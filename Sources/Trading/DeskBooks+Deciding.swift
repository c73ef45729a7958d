import Lanes
import Markets

extension DeskBooks {
  /// Asks the agent at the close of the tile's step, lets the overlay bound what it wants, and sends the orders.
  ///
  /// The venue's initial margin bounds what new risk an order may take: what orders would add to the positions held is
  /// scaled down together until gross leverage is 1/`initialMargin`; what is held already is never cut by it.
  mutating func decide(_ tile: MarketTile, _ seat: any Seat) {
    let arrival = tile.step + 1 + description.delaySteps
    guard arrival < description.clock.steps else { return }
    seat.decide(tile, account, &decisions)
    for asset in 0..<assets {
      for group in 0..<groups {
        let index = asset * groups + group
        let present = presentWeight(index, group)
        presentWeights[index] = present
        weights[index] = select(decisions[index].acts, decisions[index].weight, present)
      }
    }
    if !overlay.isEmpty { overlay.limit(&weights, account, tile) }
    for group in 0..<groups { send(group, arrival: arrival) }
  }

  /// The weight of what is held and on its way; 0 where the account is frozen.
  @inline(__always)
  private func presentWeight(_ index: Int, _ group: Int) -> Lanes {
    let position = account.positions[index]
    let books = account.accounts[group]
    let isAsked = books.isAlive & (books.equity .> 0)
    let held = position.quantity + position.outstanding
    return select(isAsked, held * position.mark / select(isAsked, books.equity, .one), .zero)
  }

  /// The part of the present weight that the wanted one keeps: nothing where it changes sides.
  @inline(__always)
  private func keptWeight(_ index: Int) -> Lanes {
    let present = presentWeights[index]
    let wanted = weights[index]
    return select((wanted * present) .> 0, copySign(of: wanted, to: min(abs(wanted), abs(present))), .zero)
  }

  @inline(__always)
  private mutating func send(_ group: Int, arrival: Int) {
    let books = account.accounts[group]
    let isAsked = books.isAlive & (books.equity .> 0)
    guard isAsked.isAny else { return }
    // What is kept of the present positions, and what the order would add to them.
    var kept = Lanes.zero
    var growth = Lanes.zero
    var changes = Mask.none
    for asset in 0..<assets {
      let index = asset * groups + group
      let base = keptWeight(index)
      kept += abs(base)
      growth += abs(weights[index] - base)
      changes = changes | decisions[index].acts | (weights[index] .!= presentWeights[index])
    }
    guard (changes & isAsked).isAny else { return }
    let room = max(.zero, 1 / venue.initialMargin - kept)
    let isBound = growth .> room
    let scale = room / select(isBound, growth, .one)
    for asset in 0..<assets {
      let index = asset * groups + group
      let present = presentWeights[index]
      let wanted = weights[index]
      let base = keptWeight(index)
      let allowed = select(isBound, fma(scale, wanted - base, base), wanted)
      let position = account.positions[index]
      let moves = isAsked & (decisions[index].acts | (wanted .!= present))
      let target = allowed * books.equity / position.mark
      let held = position.quantity + position.outstanding
      // A position at its bound is off it by rounding only: that is no order.
      let isOff = abs(target - held) .> max(abs(held), abs(target)) * 1e-9
      let quantity = select(moves & isOff, target - held, .zero)
      guard (quantity .!= 0).isAny else { continue }
      account.positions[index].outstanding = position.outstanding + quantity
      orders.send(
        Orders.Order(quantity: quantity, decisionPrice: position.mark), in: arrival, asset: asset, group: group)
    }
  }
}
