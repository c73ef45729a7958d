import Agents
import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Trading

/// A price process that moves every path by the same hand-written log returns: straight lines between closes, no wicks.
struct Tape: PriceProcess {
  /// Log return across the gap before each step, from step 0.
  var gaps: [Double] = []
  /// Log return from open to close of each step.
  var moves: [Double] = []
  /// Standard deviation of the log price between the ends of each step, which its high and low are drawn by; 0 where
  /// none is given.
  var deviations: [Double] = []
  /// The signal that is shown at the close of each step; none is where none is given.
  var signals: [Double] = []
  var showsSignal: Bool { !signals.isEmpty }
  var medianVolatility: Double { 0 }

  /// A tape by its closes, moving within steps.
  init(closes: [Double], from price: Double) {
    var last = price
    for close in closes {
      moves.append(naturalLogarithm(close / last))
      last = close
    }
  }

  /// A tape by opens and closes.
  init(bars: [(open: Double, close: Double)], from price: Double) {
    var last = price
    for bar in bars {
      gaps.append(naturalLogarithm(bar.open / last))
      moves.append(naturalLogarithm(bar.close / bar.open))
      last = bar.close
    }
  }

  func makeState(_ site: ProcessSite) -> any ProcessState { TapeState(tape: self) }
}

private final class TapeState: ProcessState {
  let tape: Tape
  var parameters: [PathParameter] { [] }
  private(set) var shownSignal: ContiguousArray<Lanes> = []

  init(tape: Tape) { self.tape = tape }

  func reset(_ paths: TilePaths) {}
  func restart() {}

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    if tape.showsSignal {
      let signal = tape.signals.indices.contains(time.substep) ? tape.signals[time.substep] : 0
      shownSignal = ContiguousArray(repeating: Lanes(signal), count: moves.count)
    }
    for group in moves.indices {
      moves[group] = LogMove(
        gap: Lanes(tape.gaps.indices.contains(time.substep) ? tape.gaps[time.substep] : 0),
        move: Lanes(tape.moves.indices.contains(time.substep) ? tape.moves[time.substep] : 0),
        deviation: Lanes(tape.deviations.indices.contains(time.substep) ? tape.deviations[time.substep] : 0))
    }
  }
}

/// The library's logarithm of one number.
func naturalLogarithm(_ x: Double) -> Double { log(Lanes(x))[0] }

/// A liquidity so deep that nothing costs anything, unless told otherwise.
func deepLiquidity(
  halfSpreadBps: Double = 0, volumePerDay: Double = 1e15, depth: Double = 1e15, refillSeconds: Double = 60
) -> Liquidity {
  Liquidity(
    halfSpreadBps: halfSpreadBps, volumePerDay: volumePerDay, depthTo1Percent: depth,
    refillHalfLifeSeconds: refillSeconds, volumeVolatility: 0, spreadVolumeElasticity: 0)
}

/// A venue without fees and with no more margin than is asked for.
func freeVenue(
  initialMargin: Double = 0.001, maintenanceMargin: Double = 0, liquidationFeeBps: Double = 0, takerFeeBps: Double = 0,
  participation: Double = 1, latency: Double = 0, financing: Double = 0
) -> VenueTerms {
  VenueTerms(
    takerFeeBps: takerFeeBps, initialMargin: initialMargin, maintenanceMargin: maintenanceMargin,
    liquidationFeeBps: liquidationFeeBps, maximumParticipation: participation, latencySeconds: latency,
    annualFinancingRate: financing)
}

/// A market that trades round the clock: `steps` steps of `step` seconds.
func continuousClock(step: Double, steps: Int, warmup: Int = 0, substeps: Int? = nil) throws -> Clock {
  try Clock(
    calendar: .continuous(), step: step, length: step * Double(steps), warmup: step * Double(warmup),
    start: CalendarDay(daysSince1970: 19_724), substeps: substeps)
}

/// A desk run over paths, its outcomes in the order of the paths.
func outcomes(
  _ market: Market, _ agent: any Agent, rules: [any RiskRule] = [], equity: Double = 1000,
  opening: [OpeningPosition] = [], ruin: RuinTerms = RuinTerms(), recovery: RecoveryClock = .drawdown, paths: Int,
  groups: Int = 16,
  watching: (MarketTile, DeskTile) -> Void = { _, _ in }
) -> [OutcomeRow] {
  let tile = market.makeTile(groups: groups)
  let panel = PanelTile(
    [Desk(index: 0, agentName: "agent", agent: agent, riskName: "risk", rules: rules)],
    market: market.description,
    terms: DeskTerms(startEquity: equity, opening: opening, ruin: ruin, recoveryClock: recovery),
    groups: groups)
  let desk = panel.desks[0]
  desk.recordFills()
  var rows: [OutcomeRow] = []
  let width = groups * Lanes.count
  for first in stride(from: 0, to: paths, by: width) {
    tile.reset(firstPath: UInt64(first))
    panel.reset(tile)
    for _ in 0..<(market.description.clock.warmupSteps + market.description.clock.steps) {
      tile.advance()
      panel.advance(tile)
      watching(tile, desk)
    }
    for path in 0..<min(width, paths - first) { rows.append(desk.outcome(path: path, number: Int64(first + path))) }
  }
  return rows
}
