import Foundation
import Lab
import Testing

/// `mandate: execute` from the document to the figures.
@Suite("A mandate to execute")
struct ExecutionTests {
  private let folder: TemporaryFolder
  private var program: StressLabProgram { StressLabProgram(folder: folder) }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
  }

  private func write(
    _ keys: String, panel: String = "\"twap\": { \"model\": \"twap\" }", scenario: String = "small.json",
    severities: String = "[0, 1]", paths: Int = 200, name: String = "study.json"
  ) throws {
    try folder.write(
      name,
      """
      { "stresslab": "study/1", "title": "Orders", "scenarios": ["\(scenario)"], "severities": \(severities), \(keys),
        "panel": { \(panel) }, "monteCarlo": { "paths": \(paths), "seed": 7 } }
      """)
  }

  private func run(_ study: String = "study.json", into out: String = "out") throws -> JSON {
    let result = try program.run("run", study, "--out", out, "--quiet")
    try #require(result.code == 0, "\(result.error)")
    return try JSONDecoder().decode(
      JSON.self, from: Data(contentsOf: folder.url.appendingPathComponent("\(out)/summary.json")))
  }

  /// What Python makes of a store, apart from our estimators.
  private func python(_ code: String, _ arguments: String...) throws -> [[Double]] {
    let text = try folder.run("/usr/bin/env", ["python3", "-c", code] + arguments)
    return text.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
  }

  /// Mean, standard deviation, mean of the worst twentieth and what was done in time, desk by desk; the gross value is
  /// 20,000 · 100 + 30,000 · 50.
  private static let figures = """
    import math, sqlite3, statistics, sys
    store, gross = sqlite3.connect(sys.argv[1]), 3_500_000
    for desk, in store.execute("select desk from desks order by desk"):
        rows = store.execute("select startEquity, finalEquity, unfinished from outcomes where desk = ?", (desk,)).fetchall()
        costs = sorted(((start - final) / gross * 1e4 for start, final, _ in rows), reverse=True)
        tail = costs[:len(costs) // 20]
        done = sum(1 - left / gross for _, _, left in rows) / len(rows)
        print(repr(statistics.fmean(costs)), repr(statistics.stdev(costs)), repr(statistics.fmean(tail)), repr(done))
    """

  /// Planted mistakes: the deviation over n; the best twentieth; equity in place of what is to be traded; what is left for what
  /// is done.
  @Test("shortfall, its risk, its tail and what is done in time are what the store's rows say")
  func figures() throws {
    try write(
      """
      "mandate": { "model": "execute", "orders": { "AAA": -20000, "BBB": 30000 } }, "account": { "equity": 5000000 }
      """,
      panel: """
        "slow": { "model": "participation", "rate": 0.001 }, "twap": { "model": "twap" }, "wait": { "model": "buyAndHold" }
        """)
    let summary = try run()
    let rows = try python(Self.figures, folder.path("out/results.sqlite"))
    let desks = summary["desks"].elements
    try #require(rows.count == 6 && desks.count == 6)
    let keys = ["implementationShortfallBps", "shortfallRiskBps", "shortfallTailBps", "completion"]
    for (row, desk) in zip(rows, desks) {
      for (value, key) in zip(row, keys) {
        let found = try #require(desk[key]["value"].double, "\(key)")
        #expect(abs(found - value) <= 1e-9 * max(1, abs(value)), "\(desk["agent"]) \(key): \(found), not \(value)")
        #expect(desk[key]["n"].double == 200)
      }
      let done = try #require(row.last)
      switch desk["agent"].string {
      case "wait": #expect(done == 0)
      case "slow": #expect(done > 0.05 && done < 0.95)
      default: #expect(done > 0.99)
      }
    }
  }

  /// On the same paths what is bought gains what is sold loses: both together have lost nothing but what the venue took.
  /// Planted mistake that the crash was seen to fail with: an account that starts with the orders as they are written.
  @Test("an order to buy is one to sell with the other sign, path by path")
  func sides() throws {
    for (name, sign) in [("sell", "-"), ("buy", "")] {
      try write(
        "\"mandate\": { \"model\": \"execute\", \"orders\": { \"AAA\": \(sign)500 } }", name: "\(name).json")
      _ = try run("\(name).json", into: name)
    }
    let rows = try python(
      """
      import sqlite3, sys
      terms = " + ".join(t + w for t in ("halfSpread", "impact", "fees") for w in ("Calm", "Event"))
      query = f"select desk, path, startEquity - finalEquity, {terms} from outcomes order by desk, path"
      for one, other in zip(*(sqlite3.connect(name).execute(query) for name in sys.argv[1:])):
          print(one[2] + other[2], one[3] + other[3], one[2], one[0])
      """, folder.path("sell/results.sqlite"), folder.path("buy/results.sqlite"))
    #expect(rows.count == 400)
    // An order of half a thousand in a book of a hundred thousand moves the terms of the other side by less than a cent.
    #expect(rows.allSatisfy { abs($0[0] - $0[1]) < 1e-2 })
    // In the crash of severity 1 it is the sale that loses, by far more than it costs.
    let crash = rows.filter { $0[3] == 1 }
    #expect(crash.count == 200 && crash.reduce(0) { $0 + $1[2] } > 20 * crash.reduce(0) { $0 + $1[0] }, "\(crash)")
  }

  /// Financing and forced sales of a desk that waits, by path, and the share that is left; of an order to buy, and of a short
  /// position of as many units.
  private func waiting(_ name: String, _ keys: String, scenario: String, severity: Int) throws -> [[Double]] {
    try write(
      keys, panel: "\"wait\": { \"model\": \"buyAndHold\" }", scenario: scenario, severities: "[\(severity)]",
      name: "\(name).json")
    _ = try run("\(name).json", into: name)
    return try python(
      """
      import sqlite3, sys
      query = "select financingCalm + financingEvent, liquidationCalm + liquidationEvent, unfinished from outcomes order by path"
      for row in sqlite3.connect(sys.argv[1]).execute(query): print(*map(repr, row))
      """, folder.path("\(name)/results.sqlite"))
  }

  private static let order = "\"mandate\": { \"model\": \"execute\", \"orders\": { \"AAA\": 500 } }"
  private static let short = """
    "mandate": { "model": "execute" }, "account": { "positions": { "AAA": { "quantity": -500 } } }
    """

  /// Of 500 units at a price whose mean is 100, for one of 252 sessions at 50 a year: 500 · 100 · 50/252 = 9,920.6. Its
  /// mean over a session has a deviation of 0.4/√252/√3 = 1.45 %, so that the mean of 200 paths is off by 0.41 % in one of
  /// 16,000 seeds.
  @Test("an order to buy pays no fee on shorts, where a short position that is to be closed pays it whole")
  func fees() throws {
    try folder.write(
      "fee.json",
      SmallScenario.scenario().replacing("\"takerFeeBps\": 1", with: "\"takerFeeBps\": 1, \"borrowFee\": 50"))
    let bought = try waiting("buy", Self.order, scenario: "fee.json", severity: 0)
    let short = try waiting("short", Self.short, scenario: "fee.json", severity: 0)
    try #require(bought.count == 200 && short.count == 200)
    #expect(bought.allSatisfy { $0[0] == 0 && $0[2] == 50_000 }, "\(bought)")
    let mean = short.reduce(0) { $0 + $1[0] } / 200
    #expect(abs(mean / (500 * 100 * 50.0 / 252) - 1) < 0.0041, "\(mean)")
  }

  @Test("nothing is recalled of an order to buy, as a short position that is to be closed is")
  func recalls() throws {
    let squeeze = """
      "lent": { "model": "squeeze", "start": "1h", "window": { "plateau": "2h" }, "borrowFee": 1, "recall": 1 }
      """
    try folder.write("squeeze.json", SmallScenario.scenario(events: squeeze))
    let bought = try waiting("buy", Self.order, scenario: "squeeze.json", severity: 1)
    let short = try waiting("short", Self.short, scenario: "squeeze.json", severity: 1)
    try #require(bought.count == 200 && short.count == 200)
    #expect(bought.allSatisfy { $0 == [0, 0, 50_000] }, "\(bought)")
    #expect(short.allSatisfy { $0[0] > 0 && $0[1] > 0 }, "\(short)")
  }

  /// E + λV of Almgren and Chriss (2000), equations 13 to 16 without permanent impact: E = ½·half-spread + η/τ·Σn², V = σ²τΣx²,
  /// of a sale of 200,000 at 100 in 13 slices of a session; η/τ = ½κP. V of 20,000 paths is known to 1 % (one standard
  /// deviation), E to the digits as the costs of its orders.
  @Test("the objective of Almgren and Chriss is their closed form's within 3 %, and least at its own risk aversion")
  func objective() throws {
    try folder.write(
      "session.json",
      """
      { "stresslab": "scenario/1", "title": "Session",
        "clock": { "step": "30m", "length": "6.5h", "warmup": "0m", "start": "2024-01-03", "substeps": 1, "calendar": {
          "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York", "daysPerYear": 252,
          "overnightVarianceShare": 0 } },
        "assets": { "A": { "price": 100, "process": { "model": "gbm", "annualDrift": 0, "annualVolatility": 0.3 },
          "liquidity": { "halfSpreadBps": 1, "volumePerDay": 50000000, "depthTo1Percent": 100000, "refillHalfLife": "20s",
            "volumeVolatility": 0 } } },
        "venue": { "takerFeeBps": 0, "initialMargin": 0.5, "maintenanceMargin": 0.05, "maximumParticipation": 1,
          "latency": "0s" } }
      """)
    let aversions = [0, 1e-6, 1e-5]
    try write(
      "\"mandate\": { \"model\": \"execute\", \"orders\": { \"A\": -200000 } }",
      panel: aversions.enumerated().map { number, aversion in
        """
        "ac\(number)": { "model": "almgrenChriss", "riskAversion": \(aversion), "annualVolatility": 0.3, "slices": 13 }
        """
      }.joined(separator: ", "), scenario: "session.json", severities: "[1]", paths: 20_000)
    let desks = try run()["desks"].elements
    let found = try desks.map { desk in
      // All that is traded is the order, so that its cost is E.
      let cost = try #require(desk["executionCostBps"]["value"].double) / 1e4 * 2e7
      let risk = try #require(desk["shortfallRiskBps"]["value"].double) / 1e4 * 2e7
      return (cost: cost, variance: risk * risk)
    }
    let closed = aversions.map(Self.closedForm)
    for (number, aversion) in aversions.enumerated() {
      let (mine, theirs) = (found[number], closed[number])
      #expect(abs(mine.cost / theirs.cost - 1) < 0.03, "E \(mine.cost), not \(theirs.cost)")
      #expect(abs(mine.variance / theirs.variance - 1) < 0.03, "V \(mine.variance), not \(theirs.variance)")
      let objectives = found.map { $0.cost + aversion * $0.variance }
      #expect(objectives[number] == objectives.min(), "\(aversion): \(objectives)")
    }
  }

  private static func closedForm(_ aversion: Double) -> (cost: Double, variance: Double) {
    let (size, price, kappa, volatility, slices) = (2e5, 100.0, 1e-7, 0.3, 13)
    let years = 1 / 252.0 / Double(slices)
    let rate = acosh(1 + aversion * volatility * volatility * price * years / kappa)
    let left = (0...slices).map { slice in
      let share =
        rate > 0
        ? sinh(rate * Double(slices - slice)) / sinh(rate * Double(slices)) : 1 - Double(slice) / Double(slices)
      return share * size
    }
    let orders = zip(left, left.dropFirst()).map { $0 - $1 }
    return (
      cost: orders.reduce(0) { $0 + price * (1e-4 * $1 + kappa / 2 * $1 * $1) },
      variance: (price * volatility) * (price * volatility) * years * left.dropFirst().reduce(0) { $0 + $1 * $1 }
    )
  }

  @Test("the terminal tells the shortfall, what was done and the risk; criteria of them decide the exit code")
  func terminal() throws {
    try write(
      """
      "mandate": { "model": "execute", "orders": { "AAA": -500 } },
      "criteria": [{ "measure": "completion", "desk": "wait/none", "atLeast": 0.5 }]
      """,
      panel: "\"twap\": { \"model\": \"twap\" }, \"wait\": { \"model\": \"buyAndHold\" }")
    let result = try program.run("run", "study.json", "--out", "out")
    #expect(result.code == 1, "\(result.error)")
    let line = try #require(result.output.split(separator: "\n").first { $0.hasPrefix("wait/none") })
    for word in ["shortfall ", "worst 5 % ", "completed 0 %", "risk "] { #expect(line.contains(word), "\(line)") }
    #expect(!line.contains("survives"))
  }
}
