import Lanes
import Markets
import Trading

/// Takes down what an inspection tells of each step while a desk's path is lived through again.
struct InspectionRecorder {
  private let planned: PlannedMarket
  private let path: Int64
  private let desk: DeskTile
  private let lane: Int
  private var costs: [Double]
  private(set) var steps: [PathInspection.Step] = []

  /// - Parameter desk: lives through the eight paths that `path` is one of, and records its fills and its decisions.
  init(_ planned: PlannedMarket, _ desk: DeskTile, path: Int64) {
    self.planned = planned
    self.desk = desk
    self.path = path
    lane = Int(path & 7)
    costs = CostTerm.allCases.map { _ in 0 }
  }

  /// Takes down t = 0 or the step that tile and desk have just lived through; what comes before is left out.
  mutating func record(_ tile: MarketTile) {
    guard tile.step >= -1 else { return }
    let description = planned.market.description
    let startEquity = planned.terms.startEquity
    let isLast = tile.step == description.clock.steps - 1
    let ratio = desk.equityRatio(group: 0)[lane]
    let now = CostTerm.allCases.map { term in
      CostWindow.allCases.reduce(0) { $0 + desk.cost(term, $1, path: lane) }
    }
    let changes = zip(CostTerm.allCases, zip(now, costs)).map { (term: $0, amount: $1.0 - $1.1) }
    costs = now
    steps.append(
      PathInspection.Step(
        step: tile.step, seconds: Double(tile.step + 1) * description.clock.stepSeconds,
        time: planned.market.time(ofStep: tile.step),
        bars: tile.bars.map { bar in
          PathInspection.Bar(
            open: bar.open[lane], high: bar.high[lane], low: bar.low[lane], close: bar.close[lane],
            isHalted: bar.halted[lane])
        },
        equity: ratio * startEquity,
        // As the trace has it, which closes the account at the horizon.
        equityRatio: isLast ? desk.outcome(path: lane, number: path)[.finalEquity] / startEquity : ratio,
        minimumEquity: desk.minimumEquity(path: lane), cash: desk.account.accounts[0].cash[lane],
        leverage: desk.grossLeverage(group: 0)[lane],
        quantities: description.assets.indices.map { desk.account.positions[$0].quantity[lane] }, events: [],
        decision: desk.decision(ofStep: tile.step, path: lane), fills: tile.step >= 0 ? desk.fills(path: lane) : [],
        costs: changes.filter { $0.amount != 0 }))
  }

  /// Says of each step which events act in it, after the last step, when all starts are known.
  mutating func markEvents(_ tile: MarketTile) {
    let description = planned.market.description
    guard planned.severity > 0 else { return }
    for (event, name) in description.events.enumerated() {
      let (start, end) = (tile.eventStart(event)[0][lane], tile.eventWindowEnd(event)[0][lane])
      for index in steps.indices {
        let step = Double(steps[index].step)
        if step >= 0, start < step + 1, end > step { steps[index].events.append(name) }
      }
    }
  }
}

extension Replay {
  /// A path of a desk, with all that an inspection tells of it; the desk's outcome on it is the trace's own.
  func inspection(_ desk: Desk, path: Int64) -> (steps: [PathInspection.Step], outcome: OutcomeRow, trace: Trace) {
    let panel = makePanel([desk])
    let tile = panel.desks[0]
    tile.recordFills()
    tile.recordDecisions()
    var tracer = TraceRecorder(planned, tile, path: path)
    var recorder = InspectionRecorder(planned, tile, path: path)
    let hasWarmup = planned.market.description.clock.warmupSteps > 0
    let market = live(
      panel, begin: { if !hasWarmup { recorder.record($0) } },
      look: {
        recorder.record($0)
        tracer.record($0)
      })
    recorder.markEvents(market)
    return (recorder.steps, tile.outcome(path: Int(path & 7), number: path), tracer.trace(market))
  }
}
