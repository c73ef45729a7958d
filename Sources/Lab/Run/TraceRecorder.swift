import Lanes
import Markets
import Trading

/// Keeps what a trace shows of one desk on one path while both are lived through again.
struct TraceRecorder {
  let planned: PlannedMarket
  let path: Int64
  private let desk: DeskTile
  private let lane: Int
  private let stride: Int
  private var seconds = [0.0]
  private var prices: [[Double]]
  private var positions: [[Double]]
  private var equity = [1.0]
  private var trades: [Trade] = []
  private var breakdown: EquityBreakdown
  /// By asset: whether it is halted now; and what has been halted before.
  private var followers: [HaltFollower]
  private var halts: [HaltSpan] = []
  private var heldBack = 0

  /// Steps that a trace keeps; a longer path is thinned, its trades are not.
  private static let maximumSteps = 2000

  /// - Parameter desk: lives through the eight paths that `path` is one of, and records its fills.
  init(_ planned: PlannedMarket, _ desk: DeskTile, path: Int64) {
    self.planned = planned
    self.desk = desk
    self.path = path
    lane = Int(path & 7)
    let description = planned.market.description
    stride = max(1, description.clock.steps / Self.maximumSteps)
    prices = description.initialPrices.map { [$0] }
    positions = planned.terms.openingQuantities(description).map { [$0] }
    followers = description.assets.map { _ in HaltFollower() }
    breakdown = EquityBreakdown(description, planned.terms, lane: lane)
  }

  /// Keeps what the step left that tile and desk have just lived through.
  mutating func record(_ tile: MarketTile) {
    guard tile.step >= 0 else { return }
    let description = planned.market.description
    let now = Double(tile.step + 1) * description.clock.stepSeconds
    let fills = desk.fills(path: lane)
    trades += fills.map { fill in
      Trade(
        seconds: now, asset: description.assets[fill.asset], quantity: fill.quantity, price: fill.price,
        midAtDecision: fill.decisionPrice, reason: fill.reason)
    }
    let isLast = tile.step == description.clock.steps - 1
    // Closing out at the horizon is part of the path.
    let left =
      isLast
      ? desk.outcome(path: lane, number: path)[.finalEquity] / planned.terms.startEquity
      : desk.equityRatio(group: 0)[lane]
    let held = prices.indices.map { desk.account.positions[$0].quantity[lane] }
    follow(tile)
    breakdown.add(tile, fills: fills, positions: held, equity: left * planned.terms.startEquity)
    guard (tile.step + 1).isMultiple(of: stride) || isLast else { return }
    seconds.append(now)
    for asset in prices.indices {
      prices[asset].append(tile.bars[asset].close[lane])
      positions[asset].append(held[asset])
    }
    equity.append(left)
  }

  /// Takes down where trading stands still, and which orders that has held back.
  private mutating func follow(_ tile: MarketTile) {
    let description = planned.market.description
    guard tile.canHalt else { return }
    heldBack += desk.unfilledOrders(path: lane).count { tile.interiors[$0].haltedAtArrival[lane] }
    for asset in followers.indices {
      add(
        followers[asset].follow(
          step: tile.step, atClose: tile.bars[asset].halted[lane],
          atArrival: tile.interiors[asset].haltedAtArrival[lane]),
        asset)
    }
    guard tile.step == description.clock.steps - 1 else { return }
    for asset in followers.indices { add(followers[asset].end(at: description.clock.steps), asset) }
  }

  private mutating func add(_ halt: HaltFollower.Halt?, _ asset: Int) {
    guard let halt else { return }
    let description = planned.market.description
    let step = description.clock.stepSeconds
    halts.append(HaltSpan(asset: description.assets[asset], from: halt.from * step, to: halt.to * step))
  }

  /// What was kept, after the last step.
  func trace(_ tile: MarketTile) -> Trace {
    let description = planned.market.description
    let outcome = desk.outcome(path: lane, number: path)
    let starts = eventStarts(tile)
    let jumps = EquityBreakdown.Jumps(breakdown.steps, canJump: planned.market.jumps, clock: description.clock)
    let parts = breakdown.parts(description, jumps)
    let text = TraceText(
      outcome: outcome, trades: trades, starts: starts, breakdown: breakdown, parts: parts, jumps: jumps,
      market: description, equityBelow: planned.terms.ruin.equityBelow, heldBack: heldBack,
      chargesShorts: description.venue.annualBorrowFee > 0
        || (planned.severity > 0 && planned.market.eventTraits.contains(where: \.chargesShorts)))
    return Trace(
      path: path, seconds: seconds,
      prices: zip(description.assets, prices).map { AssetSeries(asset: $0, values: $1) }, equity: equity,
      positions: zip(description.assets, positions).map { AssetSeries(asset: $0, values: $1) }, trades: trades,
      markers: markers(starts, outcome),
      parameters: tile.parameters(ofPath: lane).map {
        DrawnParameter(
          path: $0.path, value: $0.value, unit: $0.unit.isEmpty ? nil : $0.unit, isDuration: $0.isDuration)
      },
      equityParts: parts, largestSteps: breakdown.largestSteps(description, jumps),
      holdings: breakdown.holdings(trades.map(\.seconds), description, jumps),
      halts: tile.canHalt ? halts.sorted { ($0.from, $0.asset) < ($1.from, $1.asset) } : nil,
      heldBack: tile.canHalt ? heldBack : nil, text: text.text)
  }

  private func eventStarts(_ tile: MarketTile) -> [EventStart] {
    guard planned.severity > 0 else { return [] }
    let clock = planned.market.description.clock
    let traits = planned.market.eventTraits
    return planned.market.description.events.enumerated().compactMap { event, name in
      let start = tile.eventStart(event)[0][lane]
      return start < Double(clock.steps) ? EventStart(name: name, steps: start, jumps: traits[event].jumps) : nil
    }.sorted { ($0.steps, $0.name) < ($1.steps, $1.name) }
  }

  private func markers(_ starts: [EventStart], _ outcome: OutcomeRow) -> [Marker] {
    let step = planned.market.description.clock.stepSeconds
    var markers = starts.map { Marker(seconds: $0.steps * step, label: "\($0.name)\($0.jumps ? ": gap" : " starts")") }
    let label: String? =
      switch outcome.cause {
      case .none: nil
      case .liquidation: "liquidated"
      case .zeroEquity: "equity gone"
      case .equityBelow: "ruined"
      }
    if let label { markers.append(Marker(seconds: (outcome[.ruinStep] + 1) * step, label: label)) }
    return markers.sorted { ($0.seconds, $0.label) < ($1.seconds, $1.label) }
  }
}

/// When an event starts on a path, in steps from t = 0.
struct EventStart {
  let name: String
  let steps: Double
  /// Whether it is over at once.
  let jumps: Bool
}
