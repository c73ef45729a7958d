import Agents
import Foundation
import Lanes
import MarketData
import Markets
import Synchronization
import Testing
import Trading

/// Gates G1 and G4: where no price drifts and nothing costs anything, no desk has a mean profit, whatever it does.
///
/// Thirteen markets in which each two settings of assets, process, calendar, step, latency and ruin meet; in each ten
/// desks, an agent under a rule, so that over the markets any agent meets any rule twice or more, and each of both every
/// setting: 130 means. Each is allowed |z| < 4 (6.3e-5 by chance: 0.8 % for all of them together) or 5 basis points of
/// equity, for what is left of second order inside a sub-step; one that fails is asked again at four times the paths. The
/// ordinary tests run few paths of each, `make gates` a million.
///
/// Planted mistake: jumps that land at the open and are compensated from there to the close; seen at 32,768 paths.
@Suite("Mean profit at zero drift and zero cost")
struct ZeroProfitGateTests {
  /// A market of the design.
  struct Setting: Sendable, CustomTestStringConvertible {
    let assets: Int
    let jumps: Bool
    let sessions: Bool
    let step: Double
    let latency: Double
    let isRuined: Bool

    var testDescription: String {
      "\(assets) assets, \(jumps ? "jumps" : "diffusion"), \(sessions ? "nights" : "round the clock"), "
        + "steps of \(Int(step)) s, latency \(latency) steps, ruin \(isRuined ? "at a half" : "at nothing")"
    }

    init(_ assets: Int, _ jumps: Bool, _ sessions: Bool, _ step: Double, _ latency: Double, _ isRuined: Bool) {
      self.assets = assets
      self.jumps = jumps
      self.sessions = sessions
      self.step = step
      self.latency = latency
      self.isRuined = isRuined
    }

    /// Any two settings of two columns stand together in a row; `covers` says so.
    static let all: [Setting] = [
      Setting(1, false, false, 60, 0, true), Setting(1, true, true, 3_900, 0.3, false),
      Setting(1, true, false, 86_400, 1.5, true), Setting(1, false, true, 23_400, 1.5, false),
      Setting(2, true, true, 60, 0, true), Setting(2, false, false, 3_600, 0.3, true),
      Setting(2, true, false, 86_400, 0.3, false), Setting(2, false, true, 23_400, 0, true),
      Setting(3, true, false, 3_600, 0, false), Setting(3, false, true, 60, 0.3, false),
      Setting(3, true, true, 23_400, 0.3, true), Setting(3, false, true, 3_900, 1.5, true),
      Setting(2, false, false, 60, 1.5, false),
    ]

    /// The columns, with steps as minutes, hours and days.
    var levels: [Int] {
      [
        assets, jumps ? 1 : 0, sessions ? 1 : 0, step == 60 ? 0 : step < 10_000 ? 1 : 2,
        latency == 0 ? 0 : latency < 1 ? 1 : 2, isRuined ? 1 : 0,
      ]
    }
  }

  @Test("every two settings of a market meet")
  func covers() {
    let rows = Setting.all.map(\.levels)
    let counts = [3, 2, 2, 3, 3, 2]
    for a in counts.indices {
      for b in counts.indices where b > a {
        #expect(Set(rows.map { [$0[a], $0[b]] }).count == counts[a] * counts[b], "columns \(a) and \(b)")
      }
    }
  }

  static let steps = 24

  private func market(_ setting: Setting, event: (any MarketEvent)? = nil) throws -> Market {
    let names = Array(["A", "B", "C"].prefix(setting.assets))
    let calendar: TradingCalendar
    if setting.sessions, let open = TimeOfDay("09:30"), let close = TimeOfDay("16:00") {
      calendar = try .sessions(open: open, close: close, timeZone: "America/New_York", overnightVarianceShare: 0.35)
    } else {
      calendar = .continuous()
    }
    let steps = Double(Self.steps)
    let clock = try Clock(
      calendar: calendar, step: setting.step, length: setting.step * steps, warmup: setting.step * 8,
      start: CalendarDay(daysSince1970: 19_725))
    // About 10 % of price in the whole time, whatever the step: so that the rules and ruin come to work.
    let years = (0..<Self.steps).reduce(0.0) { sum, step in
      let (gap, intraday) = clock.varianceYears(step)
      return sum + gap + intraday
    }
    let volatility = 0.1 / years.squareRoot()
    let processes = try names.indices.map { index -> any PriceProcess in
      let sigma = volatility * [1, 0.8, 1.2][index]
      guard setting.jumps else {
        return GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed(sigma))
      }
      // Two fifths of the variance or more in jumps of −3 % ± 2 %: 3 in the whole time.
      let rate = 3 / years
      return try MertonJumpDiffusion(
        annualDrift: .fixed(0), annualVolatility: .fixed(sigma), jumpsPerYear: .fixed(rate), meanJump: .fixed(-0.03),
        jumpVolatility: .fixed(0.02))
    }
    let scenario = Scenario(
      title: "martingales", clock: clock,
      assets: names.map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity()) },
      movement: .processes(
        processes,
        GaussianDependence([
          AssetPair("A", "B"): setting.assets > 1 ? 0.7 : 0, AssetPair("A", "C"): setting.assets > 2 ? -0.3 : 0,
        ])),
      venue: freeVenue(initialMargin: 0.1, maintenanceMargin: 0.05, latency: setting.latency * setting.step),
      events: event.map { [NamedEvent("event", $0)] } ?? [])
    // A seed of its own, so that the markets' means are independent.
    return try Market(scenario: scenario, seed: UInt64(20_261_128 + setting.levels.reduce(0) { 3 * $0 + $1 }))
  }

  private func desks(_ setting: Setting) -> [Desk] {
    let pair: [String: Double] = setting.assets == 1 ? ["A": -1] : ["A": 1.5, "B": -1]
    let agents: [(String, any Agent)] = [
      ("long", BuyAndHold(leverage: 4, weights: .equal, rebalance: false, band: 0)),
      ("short", BuyAndHold(leverage: 3, weights: AssetWeights(["A": -1]), rebalance: true, band: 0)),
      ("pair", BuyAndHold(leverage: 5, weights: AssetWeights(pair), rebalance: false, band: 0)),
      (
        "momentum",
        Momentum(fast: .steps(2), slow: .steps(6), leverage: 4, weights: .equal, short: true)
      ),
      (
        "reversion",
        MeanReversion(
          halfLife: .steps(6), entry: 0.7, exit: 0.1, leverage: 4, weights: .equal, short: true)
      ),
    ]
    let rules: [(String, [any RiskRule])] = [
      ("none", []), ("stop", [StopLoss(loss: 0.04, coolDown: .steps(2))]),
      ("drawdown", [DrawdownLimit(drawdown: 0.1, coolDown: .steps(3))]), ("cap", [LeverageCap(leverage: 2)]),
      (
        "target",
        [VolatilityTarget(annualVolatility: 1, halfLife: .steps(5)), StopLoss(loss: 0.02, coolDown: .steps(4))]
      ),
    ]
    let shift = Setting.all.firstIndex { $0.levels == setting.levels } ?? 0
    return (0..<10).map { index in
      let agent = agents[index % agents.count]
      let rule = rules[(index % agents.count + (index / agents.count) * 2 + shift) % rules.count]
      return Desk(index: index, agentName: agent.0, agent: agent.1, riskName: rule.0, rules: rule.1)
    }
  }

  /// Sum and squares of the desks' profits, over starting equity.
  private func profits(_ market: Market, _ desks: [Desk], _ terms: DeskTerms, paths: Range<Int>) -> [SampleSums] {
    let groups = 16
    let width = groups * Lanes.count
    let tiles = (paths.count + width - 1) / width
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let parts = Mutex([Int: [SampleSums]]())
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let tile = market.makeTile(groups: groups)
      let panel = PanelTile(desks, market: market.description, terms: terms, groups: groups)
      while true {
        let number = next.withLock { number in
          defer { number += 1 }
          return number
        }
        guard number < tiles else { break }
        tile.reset(firstPath: UInt64(paths.lowerBound + number * width))
        panel.reset(tile)
        for _ in 0..<(market.description.clock.warmupSteps + market.description.clock.steps) {
          tile.advance()
          panel.advance(tile)
        }
        let sums = panel.desks.map { desk in
          (0..<width).reduce(into: SampleSums()) { sums, path in
            sums.add(desk.outcome(path: path, number: 0)[.finalEquity] / terms.startEquity - 1)
          }
        }
        parts.withLock { $0[number] = sums }
      }
    }
    // In the order of the tiles, so that the threads change no bit.
    let found = parts.withLock { $0 }
    return desks.indices.map { desk in
      (0..<tiles).reduce(into: SampleSums()) { sums, tile in sums.add(found[tile]?[desk] ?? SampleSums()) }
    }
  }

  private func isZero(_ sums: SampleSums) -> Bool {
    abs(sums.mean) < 4 * sums.standardError || abs(sums.mean) < 5e-4
  }

  private func check(_ setting: Setting, event: (any MarketEvent)? = nil, paths: Int) throws {
    let market = try market(setting, event: event)
    let desks = desks(setting)
    let terms = DeskTerms(
      startEquity: 1000, ruin: RuinTerms(equityBelow: setting.isRuined ? 0.5 : 0, monitored: .withinStep),
      recoveryClock: .drawdown)
    let first = profits(market, desks, terms, paths: 0..<paths)
    let failing = desks.filter { !isZero(first[$0.index]) }
    if ProcessInfo.processInfo.environment["STRESSLAB_GATES"] != nil {
      for desk in desks {
        let sums = first[desk.index]
        print(
          "\(setting.testDescription): \(desk.agentName)/\(desk.riskName) "
            + String(format: "%.2f bp, z %.1f", sums.mean * 1e4, sums.mean / sums.standardError))
      }
    }
    guard !failing.isEmpty else { return }
    let again = profits(market, failing, terms, paths: paths..<5 * paths)
    for (desk, sums) in zip(failing, again) {
      #expect(
        isZero(sums),
        "\(desk.agentName)/\(desk.riskName): \(sums.mean * 1e4) bp, z \(sums.mean / sums.standardError)")
    }
  }

  @Test("is zero for every agent under every rule", arguments: Setting.all)
  func isZero(setting: Setting) throws { try check(setting, paths: 1024) }

  @Test("is zero with an event on the path that moves no mean", arguments: FairEvent.all, [0, 4, 8, 10])
  func isZeroWithEvents(event: FairEvent, setting: Int) throws {
    let setting = Setting.all[setting]
    try check(setting, event: event.make(setting.step), paths: 1024)
  }

  @Test(
    "is zero with events, at a quarter of a million paths",
    .enabled(if: ProcessInfo.processInfo.environment["STRESSLAB_GATES"] != nil, "only in make gates"),
    arguments: FairEvent.all, Setting.all.indices)
  func isZeroWithEventsOnManyPaths(event: FairEvent, setting: Int) throws {
    let setting = Setting.all[setting]
    try check(setting, event: event.make(setting.step), paths: Self.wantedPaths ?? 1 << 18)
  }

  @Test(
    "is zero for every agent under every rule, at a million paths",
    .enabled(if: ProcessInfo.processInfo.environment["STRESSLAB_GATES"] != nil, "only in make gates"),
    arguments: Setting.all)
  func isZeroAtAMillionPaths(setting: Setting) throws {
    try check(setting, paths: Self.wantedPaths ?? 1 << 20)
  }

  /// Other numbers of paths, for a quick look.
  private static var wantedPaths: Int? {
    ProcessInfo.processInfo.environment["STRESSLAB_GATE_PATHS"].flatMap { Int($0) }
  }
}
