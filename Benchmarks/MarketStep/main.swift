import Glibc
import Lanes
import MarketData
import Markets
import Randomness

// Nanoseconds of processor time a bar (one asset, one step, one path) on one core, as JSON lines. The market of
// `scenarios/flash-crash.json` in size: two correlated assets, GBM and Merton, 780 steps of a minute; then with Student's copula,
// and with each process for both.
//
//     bench-market [seconds per measurement, default 1]

/// Processor time of this process, in seconds.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func liquidity() -> Liquidity {
  Liquidity(halfSpreadBps: 0.5, volumePerDay: 60_000_000, depthTo1Percent: 150_000, refillHalfLifeSeconds: 20)
}

func makeScenario(
  latency: Double, processes: [any PriceProcess]? = nil, dependence: (any Dependence)? = nil, events: [NamedEvent] = []
) throws -> Scenario {
  guard let open = TimeOfDay("09:30"), let close = TimeOfDay("16:00") else {
    preconditionFailure("Invariant: these are times of a day")
  }
  let calendar = try TradingCalendar.sessions(open: open, close: close, timeZone: "America/New_York")
  let clock = try Clock(
    calendar: calendar, step: 60, length: 780 * 60, warmup: 0, start: CalendarDay(daysSince1970: 19_725))
  return Scenario(
    title: "benchmark", clock: clock,
    assets: [
      AssetTerms(name: "AAPL", price: 180, liquidity: liquidity()),
      AssetTerms(name: "MSFT", price: 370, liquidity: liquidity()),
    ],
    movement: .processes(
      try processes ?? [
        GeometricBrownianMotion(annualVolatility: .fixed(0.32)),
        MertonJumpDiffusion(
          annualVolatility: .fixed(0.28), jumpsPerYear: .fixed(6), meanJump: .fixed(-0.01),
          jumpVolatility: .fixed(0.04)),
      ], dependence ?? GaussianDependence([AssetPair("AAPL", "MSFT"): 0.5])),
    venue: VenueTerms(latencySeconds: latency), events: events)
}

/// A crash that has begun on every path from the first minute on.
let crash = NamedEvent(
  "crash",
  FlashCrash(
    asset: "AAPL", start: .fixed(60), drop: .fixed(0.08), fall: .init(duration: .fixed(360), shape: .fixed(1.5)),
    recovery: .init(fraction: .fixed(0.7), halfLife: .fixed(900)),
    contagion: ["MSFT": .init(beta: .fixed(0.8), lag: .fixed(60))],
    multipliers: .init(
      volatility: .fixed(5), halfSpread: .fixed(12), depth: .fixed(0.08), volume: .fixed(4), halfLife: .fixed(1800))))

/// Every kind of event, begun or in force from the first minutes on.
let everyKind: [(String, any MarketEvent)] =
  [
    (
      "gap",
      Gap(
        asset: "AAPL", start: .fixed(120), change: .fixed(-0.02), contagion: ["MSFT": .init(beta: .fixed(0.5))])
    ),
    (
      "drought",
      Drought(
        start: .fixed(60), window: EventWindow(plateau: .fixed(46_800)), halfSpread: .fixed(3), depth: .fixed(0.3),
        refillHalfLife: .fixed(10))
    ),
    (
      "volatility",
      VolatilityEvent(
        start: .triggered(DrawdownTrigger(asset: "AAPL", depth: .fixed(0.01))),
        window: EventWindow(rise: .fixed(600), halfLife: .fixed(7200)), volatility: .fixed(2))
    ),
    (
      "correlation",
      try CorrelationEvent(
        start: .fixed(60), window: EventWindow(plateau: .fixed(46_800)), blend: .fixed(0.8), to: .one)
    ),
    ("breaker", CircuitBreaker(asset: "AAPL", levels: [.init(fall: 0.2, pause: 900)])),
    ("band", LimitUpLimitDown(band: 0.1)),
    ("limit", PriceLimit(down: 0.3)),
    ("pause", ReservePause(move: 0.05, within: 120, pause: 5)),
    (
      "cascade",
      Cascade(
        asset: "MSFT", openInterest: .fixed(1_000_000), threshold: .fixed(0.02), liquidatedPerPercent: .fixed(0.05))
    ),
  ]

/// Events that begin in the last minute: until then they cost nothing.
let toCome = [
  NamedEvent("gap", Gap(asset: "AAPL", start: .fixed(46_780), change: .fixed(-0.02))),
  NamedEvent(
    "drought",
    Drought(start: .fixed(46_780), window: EventWindow(plateau: .fixed(60)), halfSpread: .fixed(3))),
  NamedEvent(
    "volatility",
    VolatilityEvent(start: .fixed(46_780), window: EventWindow(plateau: .fixed(60)), volatility: .fixed(2))),
]

/// Both assets under one process.
let everyProcess: [(String, any PriceProcess)] = [
  ("gbm", GeometricBrownianMotion(annualVolatility: .fixed(0.32))),
  ("bachelier", Bachelier(annualVolatility: .fixed(0.32))),
  (
    "merton",
    try MertonJumpDiffusion(
      annualVolatility: .fixed(0.32), jumpsPerYear: .fixed(6), meanJump: .fixed(-0.01), jumpVolatility: .fixed(0.04))
  ),
  (
    "kou",
    try KouJumpDiffusion(
      annualVolatility: .fixed(0.32), jumpsPerYear: .fixed(6), upProbability: .fixed(0.4), meanUpJump: .fixed(0.03),
      meanDownJump: .fixed(0.04))
  ),
  (
    "hawkes",
    try HawkesJumpDiffusion(
      annualVolatility: .fixed(0.32), jumpsPerYear: .fixed(50), branchingRatio: .fixed(0.6), halfLife: .fixed(3600),
      meanJump: .fixed(-0.005), jumpVolatility: .fixed(0.01))
  ),
  (
    "heston",
    try Heston(
      annualVolatility: .fixed(0.32), reversion: .fixed(4), volatilityOfVariance: .fixed(0.6), correlation: .fixed(-0.7)
    )
  ),
  (
    "bates",
    try Bates(
      annualVolatility: .fixed(0.32), reversion: .fixed(4), volatilityOfVariance: .fixed(0.6),
      correlation: .fixed(-0.7),
      jumpsPerYear: .fixed(6), meanJump: .fixed(-0.01), jumpVolatility: .fixed(0.04))
  ),
  (
    "garch",
    try Garch(
      annualVolatility: .fixed(0.32), halfLife: .fixed(23_400), reaction: .fixed(0.05), asymmetry: .fixed(0.05),
      degreesOfFreedom: 5)
  ),
  (
    "regimes",
    try Regimes(states: [
      "calm": .init(annualVolatility: .fixed(0.2), meanDuration: .fixed(20 * 23_400)),
      "stress": .init(annualVolatility: .fixed(0.6), meanDuration: .fixed(5 * 23_400)),
    ])
  ),
  ("stable", Stable(annualVolatility: 0.32, stability: 1.7, skew: -0.2, largestMove: 0.2)),
  (
    "predictableReturns",
    PredictableReturns(annualVolatility: .fixed(0.32), signal: .init(deviation: .fixed(3), halfLife: .fixed(3600)))
  ),
]

let seconds = CommandLine.arguments.dropFirst().first.flatMap(Double.init) ?? 1
let groups = 32
let scenarios =
  try [
    ("market without latency", makeScenario(latency: 0)),
    ("market with latency", try makeScenario(latency: 1)),
    ("market with events to come", try makeScenario(latency: 1, events: toCome)),
    ("market", try makeScenario(latency: 1, events: [crash])),
    (
      "market with every kind of event",
      try makeScenario(latency: 1, events: [crash] + everyKind.map { NamedEvent($0.0, $0.1) })
    ),
    (
      "market with Student's copula",
      try makeScenario(
        latency: 1, dependence: StudentDependence(degrees: 4, [AssetPair("AAPL", "MSFT"): 0.5]))
    ),
  ]
  + everyProcess.map { (name: String, process: any PriceProcess) in
    ("market of \(name)", try makeScenario(latency: 1, processes: [process, process]))
  }
for (name, scenario) in scenarios {
  let tile = try Market(scenario: scenario, seed: 1).makeTile(groups: groups)
  let steps = scenario.clock.steps
  var path: UInt64 = 0
  var best = Double.infinity
  var check = 0.0
  let begin = processorTime()
  repeat {
    let start = processorTime()
    tile.reset(firstPath: path)
    for _ in 0..<steps { tile.advance() }
    best = min(best, processorTime() - start)
    check += tile.bars[0].close[0]
    path += UInt64(8 * groups)
  } while processorTime() - begin < seconds
  precondition(check > 0, "Invariant: prices are above 0")
  let nanoseconds = best * 1e9 / Double(steps * scenario.assets.count * 8 * groups)
  print(#"{"name":"\#(name)","nanoseconds":\#((nanoseconds * 100).rounded() / 100),"unit":"bar"}"#)
}
