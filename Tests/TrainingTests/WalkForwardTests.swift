import Agents
import Documents
import Foundation
import Lab
import MarketData
import Markets
import Testing
import Trading
import Training

/// Training on recorded bars, window by window.
@Suite("A walk forward")
struct WalkForwardTests {
  private static func clock(days: Int, step: Double = 23_400) throws -> Clock {
    let calendar = try TradingCalendar.sessions(
      open: try #require(TimeOfDay("09:30")), close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    return try Clock(
      calendar: calendar, step: step, length: 23_400 * Double(days), warmup: 0,
      start: CalendarDay(daysSince1970: 14_998))
  }

  /// Planted mistake: windows that roll on by the length of the training.
  @Test(
    "judges adjacent bars, each behind what its policy was trained and chosen on, and none that an earlier window knew",
    arguments: [(40, 10, 15, 100, 3), (40, 10, 15, 65, 1), (5, 1, 1, 40, 34), (10, 20, 3, 59, 9)])
  func windows(_ train: Int, _ validate: Int, _ test: Int, _ days: Int, _ count: Int) throws {
    let walk = WalkForward(
      train: .days(Double(train)), validate: .days(Double(validate)), test: .days(Double(test)), meanBlock: nil)
    for step in [23_400.0, 1800] {
      let clock = try Self.clock(days: days, step: step)
      let windows = try walk.windows(clock)
      #expect(windows.map(\.number) == Array(1...count))
      for window in windows {
        #expect(window.train.count == train * clock.stepsPerDay && window.test.count == test * clock.stepsPerDay)
        #expect(window.train.upperBound == window.validate.lowerBound)
        #expect(window.validate.upperBound == window.test.lowerBound)
        #expect(window.validate.count == validate * clock.stepsPerDay && window.test.upperBound <= clock.steps)
      }
      for (earlier, later) in zip(windows, windows.dropFirst()) {
        #expect(earlier.test.upperBound == later.test.lowerBound)
        // All that was known to earlier windows ends where their test begins.
        #expect(earlier.validate.upperBound <= later.test.lowerBound)
      }
      let last = try #require(windows.last)
      #expect(clock.steps - last.test.upperBound < last.test.count)
    }
  }

  /// The whole scenario's bars are the twin: prices, highs and lows, volumes, warm-up included.
  ///
  /// Planted mistake: parts that begin at the document's price.
  @Test("a part's bars are those of the recorded path at its place, its warm-up the rows before")
  func parts() throws {
    let file = try SmallWalk().file
    func bars(_ scenario: Scenario) throws -> [Int: [AssetStep]] {
      let market = try Market(scenario: scenario, seed: 1)
      let tile = market.makeTile(groups: 1)
      tile.reset(firstPath: 0)
      var bars: [Int: [AssetStep]] = [:]
      for _ in 0..<market.description.clock.warmupSteps + market.description.clock.steps {
        tile.advance()
        bars[tile.step] = Array(tile.bars)
      }
      return bars
    }
    let whole = try bars(file.scenarios[0].scenario)
    #expect(file.windows.count == 3)
    for window in file.windows {
      let steps = window.window
      for (scenario, part) in [
        (window.train.scenarios[0], steps.train), (window.validate.scenarios[0], steps.validate),
        (window.test, steps.test),
      ] {
        let found = try bars(scenario.scenario)
        #expect(found.count == part.count + 8)
        for (step, assets) in found {
          let expected = try #require(whole[part.lowerBound + step])
          for (bar, other) in zip(assets, expected) {
            for number in [\AssetStep.open, \.high, \.low, \.close, \.volume] {
              let ratio = bar[keyPath: number][0] / other[keyPath: number][0]
              #expect(abs(ratio - 1) < 1e-9, "step \(step) of window \(steps.number)")
            }
          }
        }
      }
    }
    let test = file.windows[1].times.test
    #expect(test.from == "\(SmallWalk.day(10 + 65))T00:00:00Z" && test.to == "\(SmallWalk.day(10 + 79))T00:00:00Z")
  }

  /// Trains to the end, or until so many updates are made in all windows together.
  private static func train(
    _ walk: SmallWalk, resume: Bool = false, stopAfter: Int? = nil, out: String = "out"
  ) throws -> (record: WalkForwardRecord?, updates: Int) {
    var updates = 0
    let ending = try WalkForwardTraining(try walk.file, seed: 3, folder: "\(walk.folder)/\(out)").run(
      threads: 1, resume: resume, overwrite: false, origin: "test",
      shouldStop: { stopAfter.map { updates >= $0 } ?? false },
      report: { _, news in if case .update = news { updates += 1 } })
    guard case .finished(let record) = ending else { return (nil, updates) }
    return (record, updates)
  }

  private static func run(_ walk: SmallWalk, out: String = "out") throws -> WalkForwardRecord {
    try #require(try train(walk, out: out).record)
  }

  /// What a window leaves that no clock goes into.
  private static func bytes(_ walk: SmallWalk, window: Int, out: String = "out") throws -> [Data] {
    try ["agent.json", "policy.json", "policy.safetensors", "validation.csv", "checkpoint.safetensors"].map {
      try Data(contentsOf: URL(fileURLWithPath: "\(walk.folder)/\(out)/window-\(window)/\($0)"))
    }
  }

  /// The first case lies in the test of window 1 and in what window 2 is chosen on, and window 3 trained on; the second in the
  /// test of window 2 and behind what window 3 is trained on; the last behind all windows.
  ///
  /// Planted mistake: parts that have the file's later rows too, so that mean volumes, and the starting equity, know them.
  @Test(
    "a judged bar that is another one changes nothing that was trained before it, to the last bit",
    arguments: [
      (52, [true, false, false]), (75, [true, true, false]), (82, [true, true, true]), (97, [true, true, true]),
    ])
  func future(_ step: Int, same: [Bool]) throws {
    let (walk, other) = (try SmallWalk(), try SmallWalk(bump: SmallWalk.firstRow + step))
    let record = try Self.run(walk), changed = try Self.run(other)
    for window in 1...3 {
      let isSame = try Self.bytes(walk, window: window) == Self.bytes(other, window: window)
      #expect(isSame == same[window - 1], "window \(window)")
      if same[window - 1] { #expect(record.windows[window - 1].policy == changed.windows[window - 1].policy) }
    }
    // The bar is seen by who is judged on it.
    let judged = record.windows.contains { $0.window.window.test.contains(step) }
    #expect((record.curve != changed.curve) == judged)
  }

  /// Of the 21 updates that three windows have, what was done is not done again.
  ///
  /// Planted mistake: windows behind the first begin anew.
  @Test("ends in the same bytes wherever it was stopped and resumed", arguments: [1, 7, 8, 15, 20])
  func resumes(_ stop: Int) throws {
    let walk = try SmallWalk()
    _ = try Self.run(walk, out: "whole")
    #expect(try Self.train(walk, stopAfter: stop, out: "parts").record == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(walk.folder)/parts/walk-forward.json"))
    let resumed = try Self.train(walk, resume: true, out: "parts")
    #expect(resumed.record != nil && resumed.updates == 21 - stop)
    for window in 1...3 {
      #expect(try Self.bytes(walk, window: window, out: "whole") == Self.bytes(walk, window: window, out: "parts"))
    }
    for name in ["walk-forward.json", "equity.csv"] {
      let (whole, parts) = ("\(walk.folder)/whole/\(name)", "\(walk.folder)/parts/\(name)")
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: whole)) == Data(contentsOf: URL(fileURLWithPath: parts)), "\(name)")
    }
    #expect(throws: Problems.self) { _ = try Self.run(walk, out: "parts") }
  }

  @Test("goes on where judged bars have changed, with the same agents, and is refused where others have")
  func changed() throws {
    let walk = try SmallWalk()
    let before = try Self.run(walk)
    try walk.writeBars(bump: SmallWalk.firstRow + 85)
    let after = try Self.train(walk, resume: true)
    #expect(after.updates == 0 && after.record?.windows.map(\.policy) == before.windows.map(\.policy))
    #expect(after.record?.curve != before.curve)
    try walk.writeBars(bump: SmallWalk.firstRow + 20)
    #expect(throws: Problems.self) { _ = try Self.train(walk, resume: true) }
  }

  /// Each agent once more in a stress run of the whole scenario's bars, cut to its window by hand.
  @Test("strings together what each window's agent makes of its own test, from cash to closing out")
  func curve() throws {
    let walk = try SmallWalk()
    let record = try Self.run(walk)
    let file = try walk.file
    var equity = try #require(record.curve.bars.first).equity
    var (row, holding) = (0, equity)
    for window in file.windows {
      let market = try Market(scenario: window.test.scenario, seed: 99, namespace: .test)
      let agent = try SavedAgent.read("\(walk.folder)/out/window-\(window.window.number)")
      let hold = BuyAndHold(leverage: 1, weights: .equal, rebalance: false, band: 0)
      let desks = [PolicyAgent(folder: "", agent) as any Agent, hold].enumerated().map { index, agent in
        Desk(index: index, agentName: "\(index)", agent: agent, riskName: "", rules: [])
      }
      let start = try #require(DeskTerms.defaultEquity(market.description))
      let terms = DeskTerms(
        startEquity: start, ruin: RuinTerms(equityBelow: 0.5, monitored: .withinStep), recoveryClock: .drawdown)
      let panel = PanelTile(desks, market: market.description, terms: terms, groups: 1)
      let tile = market.makeTile(groups: 1)
      tile.reset(firstPath: 0)
      panel.reset(tile)
      for _ in 0..<23 {
        tile.advance()
        panel.advance(tile)
        guard tile.step >= 0 else { continue }
        row += 1
        let bar = record.curve.bars[row]
        #expect(bar.time == "\(SmallWalk.day(SmallWalk.firstRow + 50 + row - 1))T00:00:00Z")
        #expect(bar.window == window.window.number)
        #expect(abs(bar.equity / (equity * panel.desks[0].equityRatio(group: 0)[0]) - 1) < 1e-12)
        #expect(abs(bar.holding / (holding * panel.desks[1].equityRatio(group: 0)[0]) - 1) < 1e-12)
      }
      holding *= panel.desks[1].equityRatio(group: 0)[0]
      let final = panel.desks[0].outcome(path: 0, number: 0).values[OutcomeColumn.fact(.finalEquity).place]
      equity *= final / start
      #expect(abs(record.windows[window.window.number - 1].growth - final / start) < 1e-12)
    }
    #expect(row == 45 && record.curve.bars.count == 46)
    // Something was traded, or all of this is of nothing.
    #expect(record.curve.returns.contains { abs($0) > 1e-4 })
    let lines = record.curve.csv.split(separator: "\n")
    #expect(lines.count == 47 && lines[0] == "time,equity,window,holding" && lines[46].contains(",3,"))
  }

  @Test("figures of a year are made of a quarter of one or more, and how much was tried is told beside them")
  func figures() throws {
    let short = try Self.run(try SmallWalk())
    #expect(short.figures == nil && short.curve.returns.count == 45)
    let windows = #"{ "train": "30d", "validate": "5d", "test": "64d" }"#
    let long = try Self.run(try SmallWalk(training: ["walkForward": windows, "seeds": "[3, 4]"]))
    let figures = try #require(long.figures)
    #expect(long.curve.returns.count == 64 && figures.lines.map(\.figure) == CurveFigure.allCases)
    for line in figures.lines { #expect(line.estimate.n == 64 && line.estimate.method == .stationaryBootstrap) }
    let total = try #require(figures.lines[0].estimate.value)
    #expect(abs(total - (long.windows[0].growth - 1)) < 1e-9)
    #expect(long.notes[0].contains("one training") && long.notes[1].contains("2 seeds"))
    #expect(short.notes[0].contains("3 trainings") && short.notes[1].contains("One seed"))
    #expect(short.notes.contains { $0.contains("less than a quarter of a year") })
  }

  @Test(
    "what does not fit is told at its place",
    arguments: [
      (
        ["walkForward": #"{ "train": "60d", "validate": "30d", "test": "11d" }"#], [:],
        "/walkForward: a window has 101 steps, and the scenario has 100"
      ),
      (
        ["walkForward": #"{ "train": "1h", "validate": "3d", "test": "1d" }"#], [:],
        "/walkForward/train: 1h is not a whole number of steps"
      ),
      (["walkForward": #"{ "train": "5d", "validate": "0d", "test": "1d" }"#], [:], "/walkForward/validate: "),
      (["walkForward": #"{ "train": "5d", "validate": "5d" }"#], [:], #"/walkForward: "test" is missing"#),
      (
        ["walkForward": #"{ "train": "5d", "validate": "5d", "test": "5d", "meanBlock": "1m" }"#], [:],
        "/walkForward/meanBlock: 1m is shorter than a step"
      ),
      (
        [:],
        [
          "history":
            #"{ "model": "stationaryBootstrap", "file": "bars.csv", "columns": { "asset": "asset" }, "meanBlock": "5d" }"#
        ],
        "/walkForward: windows are of one scenario"
      ),
      (
        ["scenarios": #"[{ "file": "market.json" }, { "file": "market.json" }]"#], [:],
        "/walkForward: windows are of one scenario"
      ),
      (
        [:],
        ["events": #"{ "gap": { "model": "gap", "asset": "X", "start": "50d", "change": -0.1 } }"#],
        "/walkForward: window 1 can't be made: "
      ),
    ] as [([String: String], [String: String], String)])
  func problems(_ training: [String: String], _ scenario: [String: String], told: String) throws {
    let walk = try SmallWalk(training: training, scenario: scenario)
    do {
      _ = try walk.file
      Issue.record("it was taken")
    } catch let error as Problems {
      let found = error.all.map { "\($0.path): \($0.message)" }
      #expect(found.count == 1 && found[0].hasPrefix(told), "\(found)")
    }
  }
}
