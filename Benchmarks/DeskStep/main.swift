import Agents
import Glibc
import Lanes
import MarketData
import Markets
import Trading

// Nanoseconds of processor time a bar (one asset, one step, one path) on one core, as JSON lines: the market of
// `scenarios/flash-crash.json` alone, and with rule-based desks behind the four risk rules and the full venue.
//
//     bench-desk [scenario file] [seconds per measurement, default 1] [the one row to measure, as it is printed]

/// Processor time of this process, in seconds.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

let arguments = CommandLine.arguments.dropFirst()
let scenario = try Scenario.load(arguments.first ?? "scenarios/flash-crash.json").scenario
let seconds = arguments.dropFirst().first.flatMap(Double.init) ?? 1
let market = try Market(scenario: scenario, seed: 1)
let groups = 16

let house: [any RiskRule] = [
  DrawdownLimit(drawdown: 0.15, coolDown: .steps(120)), LeverageCap(leverage: 4),
  StopLoss(loss: 0.03, coolDown: .steps(60)), VolatilityTarget(annualVolatility: 0.6, halfLife: .steps(30)),
]
let agents: [any Agent] = [
  BuyAndHold(leverage: 4, weights: .equal, rebalance: false, band: 0),
  BuyAndHold(leverage: 2, weights: .equal, rebalance: true, band: 0.05),
  Momentum(fast: .steps(10), slow: .steps(50), leverage: 3, weights: .equal, short: true),
  Momentum(fast: .steps(5), slow: .steps(30), leverage: 3, weights: .equal, short: false),
  MeanReversion(halfLife: .steps(30), entry: 2, exit: 0.5, leverage: 3, weights: .equal, short: true),
]

/// The agent of the backtests that are timed against vectorbt (backtests.py).
let cross = try MovingAverageCross(fast: 10, slow: 50, leverage: 1, weights: .equal, short: false)

/// Runs the market with some desks for a while and returns the best tile's nanoseconds a bar.
func measure(_ agents: [any Agent], rules: [any RiskRule]) -> Double {
  let tile = market.makeTile(groups: groups)
  let terms = DeskTerms(startEquity: 1_000_000, ruin: RuinTerms(), recoveryClock: .earliestEvent)
  let desks = agents.enumerated().map { index, agent in
    Desk(index: index, agentName: "\(index)", agent: agent, riskName: "risk", rules: rules)
  }
  let panel = PanelTile(desks, market: market.description, terms: terms, groups: groups)
  let clock = market.description.clock
  let bars = (clock.steps + clock.warmupSteps) * market.description.assets.count * groups * Lanes.count
  var best = Double.infinity
  var path: UInt64 = 0
  let begin = processorTime()
  repeat {
    let start = processorTime()
    tile.reset(firstPath: path)
    panel.reset(tile)
    for _ in 0..<(clock.warmupSteps + clock.steps) {
      tile.advance()
      panel.advance(tile)
    }
    best = min(best, processorTime() - start)
    path += UInt64(groups * Lanes.count)
  } while processorTime() - begin < seconds
  return best * 1e9 / Double(bars)
}

/// Prints a measurement as a JSON line.
func report(_ name: String, _ nanoseconds: Double) {
  print(#"{"name":"\#(name)","nanoseconds":\#((nanoseconds * 100).rounded() / 100),"unit":"bar"}"#)
}

let rows: [(name: String, agents: [any Agent], rules: [any RiskRule])] = [
  ("market of flash-crash.json", [], []), ("market and a desk without rules", [agents[2]], []),
  ("market and a desk with 4 rules", [agents[2]], house), ("market and 5 desks", agents, house),
  ("market and an SMA cross with 4 rules", [cross], house),
]
for row in rows where arguments.count < 3 || arguments.last == row.name {
  report(row.name, measure(row.agents, rules: row.rules))
}
