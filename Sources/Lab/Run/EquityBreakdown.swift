import Foundation
import Lanes
import MarketData
import Markets
import Trading

/// Takes the equity of one desk on one path apart while both are lived through again: what each step changed, and what did
/// it.
///
/// What is held moves with the price from close to open, and on to each fill and to the close. Each such move is split by its
/// logarithm, or where prices may be negative by its size, into what each event adds and the rest: with q held from price a to b the event has q·(b − a)/ln(b/a) times
/// what it adds to the log price, so that the parts add up whatever their order. Up to a fill inside a step an event has as
/// much of the move as it can explain there, since the fill's time is not known. What it does to a price that stands still
/// counts where it is seen: in the gap at which trading goes on. Half-spread, impact and fees are the
/// fills' own; what is left is interest, and what positions pay for being held.
struct EquityBreakdown {
  /// What one step did; changes in quote currency.
  struct Step {
    let number: Int
    /// Equity at its close less that at the close before.
    let change: Double
    let assets: [AssetMove]
    /// Half-spread, impact, fees, forced sale, financing, where there are any; negative where they cost.
    let costs: [EquityCause: Double]
    /// Whether no event's window touches it or the step before.
    let isCalm: Bool
    /// Whether the desk was sold out at its first prices.
    let isSoldAtOpen: Bool
  }

  /// What one asset did in a step.
  struct AssetMove {
    /// q·X/E at the close before; signed.
    let weight: Double
    /// Log price at the open less that at the close before, and what that changed; jumps of events left out.
    let gap: (log: Double, change: Double)
    /// Whether trading goes on after a halt at its open, or stands still there.
    let isAfterHalt: Bool
    /// Log price at the close less that at the open, events left out.
    let ownLog: Double
    /// What each event changed away from the price without it, and on the way back.
    let events, rebounds: [Double]
    /// What the price changed else.
    let market: Double

    /// Whether these are no logarithms, but changes in starting prices, since the price may be negative.
    let isArithmetic: Bool

    /// The open over the close before, less one, events left out; in starting prices where it may be negative.
    var gapReturn: Double { isArithmetic ? gap.log : expm1(gap.log) }
    /// The close over the open, less one, events left out; likewise.
    var ownReturn: Double { isArithmetic ? ownLog : expm1(ownLog) }
  }

  let startEquity: Double
  private(set) var steps: [Step] = []
  private let clock: Clock
  private let lane: Int
  private var held: [Double]
  private var closes: [Double]
  private var equity: Double
  private var wasInWindow = false
  /// By asset: whether trading stood still at the last close; and what each event had added to the log price by then that
  /// could not be seen.
  private var wasHalted: [Bool]
  private var hidden: [[Double]]

  /// - Parameters:
  ///   - terms: of the desk's account.
  ///   - lane: of the path in a tile of one lane group.
  init(_ description: MarketDescription, _ terms: DeskTerms, lane: Int) {
    startEquity = terms.startEquity
    self.lane = lane
    clock = description.clock
    held = terms.openingQuantities(description)
    wasHalted = held.map { _ in false }
    hidden = held.map { _ in description.events.map { _ in 0 } }
    closes = description.initialPrices
    equity = terms.startEquity
  }

  /// Takes the step apart that the tile has just made and the desk lived through.
  ///
  /// - Parameters:
  ///   - fills: of the desk in it, in the order of time.
  ///   - positions: what the desk holds after it, by asset.
  ///   - equity: what the desk has after it.
  mutating func add(_ tile: MarketTile, fills: [PathFill], positions: [Double], equity now: Double) {
    let isInWindow = tile.inEventWindow[0][lane]
    var costs: [EquityCause: Double] = [:]
    for fill in fills {
      if fill.reason.isForced {
        costs[.forcedSale, default: 0] -= fill.halfSpread + fill.impact + fill.fee
      } else {
        costs[.halfSpread, default: 0] -= fill.halfSpread
        costs[.impact, default: 0] -= fill.impact
        costs[.fees, default: 0] -= fill.fee
      }
    }
    var moves: [AssetMove] = []
    for asset in held.indices { moves.append(move(tile, asset, fills.filter { $0.asset == asset })) }
    // In the order of the causes: a dictionary's own is another in each process, and so would be the last bits.
    let paid = EquityCause.allCases.reduce(0) { $0 + (costs[$1] ?? 0) }
    let known =
      paid + moves.reduce(0) { $0 + $1.gap.change + $1.events.reduce($1.market, +) + $1.rebounds.reduce(0, +) }
    let rest = now - equity - known
    if abs(rest) > 1e-13 * startEquity { costs[.financing] = rest }
    let forced = fills.filter { $0.reason == .liquidation }
    steps.append(
      Step(
        number: tile.step, change: now - equity, assets: moves, costs: costs, isCalm: !isInWindow && !wasInWindow,
        isSoldAtOpen: !forced.isEmpty && forced.allSatisfy { $0.mid == tile.bars[$0.asset].open[lane] }))
    held = positions
    closes = held.indices.map { tile.bars[$0].close[lane] }
    wasHalted = held.indices.map { tile.bars[$0].halted[lane] }
    equity = now
    wasInWindow = isInWindow
  }

  private mutating func move(_ tile: MarketTile, _ asset: Int, _ fills: [PathFill]) -> AssetMove {
    let (open, close) = (tile.bars[asset].open[lane], tile.bars[asset].close[lane])
    let scale = tile.description.scales[asset]
    let offsets = tile.description.events.indices.map { tile.eventOffsets($0, asset: asset, ofPath: lane) }
    var added = offsets.map { ($0.last ?? 0) - ($0.first ?? 0) }
    let gap = gap(tile, asset, to: open)
    // Where trading stands still at the close an event has done what is seen of it; the rest comes where trading goes on.
    let all = zip(added, hidden[asset]).map { $0 + $1 }
    if tile.bars[asset].halted[lane] {
      added = Self.shown(all, in: scale.log(open, close))
      hidden[asset] = zip(all, added).map { $0 - $1 }
    } else {
      added = all
      hidden[asset] = all.map { _ in 0 }
    }
    var (left, quantity, price) = (added, held[asset], open)
    // What an event has added by the close before, so that its move towards 0 is the way back.
    let before = offsets.indices.map { (offsets[$0].first ?? 0) - tile.eventJumpAtOpen($0, asset: asset, ofPath: lane) }
    var (events, rebounds) = (offsets.map { _ in 0.0 }, offsets.map { _ in 0.0 })
    func add(_ event: Int, _ change: Double, log: Double) {
      if log * before[event] < 0 { rebounds[event] += change } else { events[event] += change }
    }
    for (event, part) in gap.events.enumerated() { add(event, part.change, log: part.log) }
    var market = 0.0
    func pass(to next: Double, _ logs: [Double]) {
      let change = quantity * (next - price)
      let log = scale.log(price, next)
      let perLog = abs(log) > 1e-12 && log.isFinite ? change / log : quantity * (scale.reference ?? price)
      for (event, part) in logs.enumerated() where part != 0 {
        add(event, perLog * part, log: part)
        market -= perLog * part
        left[event] -= part
      }
      market += change
      price = next
    }
    for fill in fills {
      pass(to: fill.mid, explained(log: scale.log(price, fill.mid), offsets, added, left))
      quantity += fill.quantity
    }
    pass(to: close, left)
    return AssetMove(
      weight: equity > 0 ? held[asset] * (scale.reference ?? closes[asset]) / equity : 0,
      gap: (gap.log, gap.change), isAfterHalt: wasHalted[asset],
      ownLog: scale.log(open, close) - added.reduce(0, +), events: events, rebounds: rebounds, market: market,
      isArithmetic: scale.isArithmetic)
  }

  /// What changed from the close before to the open, split as a move inside the step is: each event's jump, and the rest.
  private mutating func gap(
    _ tile: MarketTile, _ asset: Int, to open: Double
  ) -> (log: Double, change: Double, events: [(log: Double, change: Double)]) {
    let change = held[asset] * (open - closes[asset])
    let scale = tile.description.scales[asset]
    let log = scale.log(closes[asset], open)
    let perLog = abs(log) > 1e-12 && log.isFinite ? change / log : held[asset] * (scale.reference ?? open)
    var jumps = tile.description.events.indices.map { tile.eventJumpAtOpen($0, asset: asset, ofPath: lane) }
    if wasHalted[asset] {
      let all = zip(jumps, hidden[asset]).map { $0 + $1 }
      jumps = Self.shown(all, in: log)
      hidden[asset] = zip(all, jumps).map { $0 - $1 }
    }
    let jumped = jumps.reduce(0, +)
    return (log - jumped, change - perLog * jumped, jumps.map { ($0, perLog * $0) })
  }

  /// How much of a move up to a fill inside the step each event can have done: as far as its offset goes in that direction,
  /// and together no more than the move.
  private func explained(log: Double, _ offsets: [[Double]], _ added: [Double], _ left: [Double]) -> [Double] {
    let side = log < 0 ? -1.0 : 1.0
    let reach = offsets.indices.map { event in
      let spent = added[event] - left[event]
      return max(0, offsets[event].map { side * ($0 - (offsets[event].first ?? 0) - spent) }.max() ?? 0)
    }
    return Self.shown(reach.map { side * $0 }, in: log)
  }

  /// Of log offsets, what a move shows: each as far as it goes the move's way, and together no more than the move.
  private static func shown(_ offsets: [Double], in log: Double) -> [Double] {
    let side = log < 0 ? -1.0 : 1.0
    let reach = offsets.map { max(0, side * $0) }
    let total = reach.reduce(0, +)
    guard total > 0 else { return reach }
    return reach.map { side * $0 * min(1, abs(log) / total) }
  }
}

extension PriceScale {
  /// The move from one price to another: a logarithm, or starting prices.
  fileprivate func log(_ first: Double, _ second: Double) -> Double {
    reference.map { (second - first) / $0 } ?? Foundation.log(second / first)
  }
}
