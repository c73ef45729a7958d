import Foundation
import Glibc
import Lab
import Testing

/// The table `performance` and the measures that are made of it, on markets that are drawn.
@Suite("Performance")
struct PerformanceTests {
  private static let scenario = """
    { "stresslab": "scenario/1", "title": "Half a year",
      "clock": { "step": "1d", "length": "126d", "warmup": "20d", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York",
          "daysPerYear": 252 } },
      "assets": {
        "AAA": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.5 },
          "liquidity": { "halfSpreadBps": 2, "volumePerDay": 10000000, "depthTo1Percent": 100000, "refillHalfLife": "20s" } },
        "BBB": { "price": 50, "process": { "model": "gbm", "annualVolatility": 0.4 },
          "liquidity": { "halfSpreadBps": 2, "volumePerDay": 8000000, "depthTo1Percent": 80000, "refillHalfLife": "20s" } } },
      "dependence": { "model": "gaussian", "correlations": { "AAA/BBB": 0.5 } },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.125, "maintenanceMargin": 0.05 },
      "events": {} }
    """

  private static func study(benchmark: String = "both/none") -> String {
    """
    { "stresslab": "study/1", "title": "Half a year", "scenarios": ["half.json"], "severities": [1],
      "account": { "equity": 1000000 }, "benchmark": "\(benchmark)",
      "panel": { "both": { "model": "buyAndHold" }, "flat": { "model": "flat" },
        "lost": { "model": "buyAndHold", "leverage": 5, "weights": { "AAA": 1 } },
        "trend": { "model": "momentum", "fast": "2 steps", "slow": "8 steps", "leverage": 2 } },
      "monteCarlo": { "paths": 48, "seed": 3 } }
    """
  }

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("half.json", scenario)
    try folder.write("study.json", study())
    return folder
  }

  private static let arguments = ["run", "study.json", "--tile", "8", "--threads", "2", "--out", "out", "--verbose"]

  /// The rows of the table, every real number in full.
  private static func rows(_ folder: TemporaryFolder, _ out: String) throws -> String {
    let code = """
      import sqlite3, sys
      for row in sqlite3.connect(sys.argv[1]).execute("select * from performance order by path, desk"): print(row)
      """
    return try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("\(out)/results.sqlite")])
  }

  /// Python makes each column of the first path's rows anew from the equity curve, prices and quantities.
  private static let again = """
    import csv, math, sqlite3, sys
    store = sqlite3.connect(sys.argv[1])
    store.row_factory = sqlite3.Row
    curves = {}
    for row in csv.DictReader(open(sys.argv[2])):
        held = sum(abs(float(row[f"quantity {a}"])) * float(row[f"price {a}"]) for a in ("AAA", "BBB"))
        curves.setdefault(row["agent"], []).append((int(row["step"]), float(row["equity"]), held))
    returns = {}
    for agent, curve in curves.items():
        assert [step for step, _, _ in curve] == list(range(-1, 126)), agent
        returns[agent] = [b / a - 1 for (_, a, _), (_, b, _) in zip(curve, curve[1:])]
    b = returns["both"]
    mean_b = math.fsum(b) / len(b)
    worst = 0
    for row in store.execute("select p.*, d.agent, o.ruinStep from performance p join desks d using (desk) "
                             "join outcomes o on o.path = p.path and o.desk = p.desk where p.path = 0"):
        r, curve = returns[row["agent"]], curves[row["agent"]][:-1]
        # After ruin nothing is held, whatever the account has been left with.
        last = row["ruinStep"] if row["ruinStep"] >= 0 else 1000
        leverage = [held / equity if step < last else 0 for step, equity, held in curve]
        mean = math.fsum(r) / len(r)
        expected = {
            "steps": 126, "meanReturn": mean, "squaredDeviations": math.fsum((x - mean) ** 2 for x in r),
            "downsideSquares": math.fsum(min(x, 0) ** 2 for x in r), "gains": math.fsum(max(x, 0) for x in r),
            "losses": math.fsum(max(-x, 0) for x in r), "gainingSteps": sum(x > 0 for x in r),
            "losingSteps": sum(x < 0 for x in r), "meanEquity": math.fsum(e for _, e, _ in curve) / 126,
            "meanLeverage": math.fsum(leverage) / 126, "investedSteps": sum(x > 0 for x in leverage),
            "benchmarkSquares": math.fsum((x - mean_b) ** 2 for x in b),
            "benchmarkProducts": math.fsum((x - mean) * (y - mean_b) for x, y in zip(r, b)),
        }
        for name, value in expected.items():
            off = abs(row[name] - value) / max(abs(value), 1e-6)
            worst = max(worst, off)
            if off > 1e-9: print("path 0", row["agent"], name, row[name], value)
    """

  /// Python makes the figures of the summary from the store's rows.
  private static let figures = """
    import json, math, sqlite3, sys
    store = sqlite3.connect(sys.argv[1])
    store.row_factory = sqlite3.Row
    for desk in json.load(open(sys.argv[2]))["desks"]:
        rows = store.execute("select p.*, o.finalEquity, o.startEquity, o.maximumDrawdown, "
            "o.filledNotionalCalm + o.filledNotionalEvent as filled from performance p "
            "join outcomes o on o.path = p.path and o.desk = p.desk where p.desk = ?", (desk["desk"],)).fetchall()
        def ratio(a, b): return a / b if b > 0 else None
        def annual(row): return max(0, row["finalEquity"] / row["startEquity"]) ** (252 / row["steps"]) - 1
        def spread(row): return math.sqrt(row["squaredDeviations"] / (row["steps"] - 1))
        expected = {
            "annualReturn": annual, "annualVolatility": lambda row: spread(row) * math.sqrt(252),
            "sharpe": lambda row: ratio(row["meanReturn"] * math.sqrt(252), spread(row)),
            "sortino": lambda row: ratio(row["meanReturn"] * math.sqrt(252), math.sqrt(row["downsideSquares"] / row["steps"])),
            "calmar": lambda row: ratio(annual(row), row["maximumDrawdown"]),
            "winRate": lambda row: ratio(row["gainingSteps"], row["gainingSteps"] + row["losingSteps"]),
            "profitFactor": lambda row: ratio(row["gains"], row["losses"]),
            "turnover": lambda row: row["filled"] / row["meanEquity"] / (row["steps"] / 252),
            "exposure": lambda row: row["meanLeverage"], "timeInvested": lambda row: row["investedSteps"] / row["steps"],
            "beta": lambda row: ratio(row["benchmarkProducts"], row["benchmarkSquares"]),
        }
        for name, figure in expected.items():
            values = [value for value in map(figure, rows) if value is not None]
            found = desk[name]
            if found["n"] != len(values): print(desk["agent"], name, "n", found["n"], len(values))
            if not values:
                if found.get("value") is not None: print(desk["agent"], name, "has a value of nothing")
                continue
            mean = math.fsum(values) / len(values)
            if abs(found["value"] - mean) > 1e-9 * max(1, abs(mean)): print(desk["agent"], name, found["value"], mean)
    print(store.execute("select count(*) from performance").fetchone()[0],
          store.execute("select count(*) from outcomes where cause > 0").fetchone()[0] > 0)
    """

  @Test("each column is what Python makes of the equity curve, and each measure what it makes of the columns")
  func columns() throws {
    let folder = try Self.folder()
    let run = try StressLabProgram(folder: folder).run(
      Self.arguments + ["--equity", folder.path("equity.csv"), "--table", folder.path("table.csv")])
    try #require(run.code == 0, "\(run.error)")
    let store = folder.path("out/results.sqlite")
    #expect(try folder.run("/usr/bin/env", ["python3", "-c", Self.again, store, folder.path("equity.csv")]) == "")
    let found = try folder.run("/usr/bin/env", ["python3", "-c", Self.figures, store, folder.path("out/summary.json")])
    #expect(found == "192 True\n")
    let table = try String(contentsOfFile: folder.path("table.csv"), encoding: .utf8)
    for name in ["sharpe", "beta", "turnover"] { #expect(table.contains(",\(name),"), "\(name)") }
    #expect(try StressLabProgram(folder: folder).run("verify", "out").code == 0)
  }

  @Test("killed after the n-th progress line and resumed, a run has the same table", arguments: [2, 9, 17])
  func killed(line: Int) throws {
    let folder = try Self.folder()
    let program = StressLabProgram(folder: folder)
    let arguments = Self.arguments + ["--paths", "160"]
    try #require(try program.run(arguments).code == 0)
    let (expected, summary) = (
      try Self.rows(folder, "out"), try Data(contentsOf: folder.url.appendingPathComponent("out/summary.json"))
    )
    try FileManager.default.removeItem(atPath: folder.path("out"))
    let running = try program.start(arguments)
    _ = running.waitForErrorLines(line)
    running.signal(SIGKILL)
    _ = try running.wait()
    let resumed = try program.run(arguments + ["--resume"])
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try Self.rows(folder, "out") == expected)
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("out/summary.json")) == summary)
  }

  @Test(
    "a row that was changed, removed or added by hand is damage",
    arguments: [
      "update performance set gains = gains * 1.01 where path = 3",
      "delete from performance where path = 5 and desk = 2",
      "insert into performance select 48, \(Self.others) from performance where path = 47",
      "update tiles set performance = null", "drop table performance",
    ])
  func damaged(sql: String) throws {
    let folder = try Self.folder()
    let program = StressLabProgram(folder: folder)
    try #require(try program.run(Self.arguments).code == 0)
    let code = """
      import sqlite3, sys
      with sqlite3.connect(sys.argv[1]) as store: store.execute(sys.argv[2])
      """
    _ = try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("out/results.sqlite"), sql])
    let report = try program.run("report", "out")
    #expect(report.code != 0 && report.error.contains("the store is damaged"), "\(report.error)")
  }

  private static let others = StoredColumn.performance.dropFirst().map(\.name).joined(separator: ", ")

  /// 62 of 252 sessions are under a quarter of a year, 63 are one.
  @Test("nothing is annualised over less than a quarter of a year", arguments: [(62, false), (63, true)])
  func horizon(days: Int, isThere: Bool) throws {
    let folder = try Self.folder()
    try folder.write("half.json", Self.scenario.replacing("126d", with: "\(days)d"))
    let program = StressLabProgram(folder: folder)
    try #require(try program.run(Self.arguments).code == 0)
    #expect(try Self.rows(folder, "out").isEmpty == !isThere)
    let data = try Data(contentsOf: folder.url.appendingPathComponent("out/summary.json"))
    let desk = try #require(try JSONDecoder().decode(JSON.self, from: data)["desks"].elements.first)
    guard case .object(let members) = desk else {
      Issue.record("a desk is an object")
      return
    }
    let page = try String(contentsOfFile: folder.path("out/desk-both-none.html"), encoding: .utf8)
    for measure in Measures.catalogue where measure.isOfPerformance {
      #expect(members.keys.contains(measure.name) == isThere, "\(measure.name)")
    }
    #expect(page.contains("The account as a backtest prints it") == isThere)
  }

  @Test("a benchmark that is no desk is refused at its place, with the nearest name")
  func unknownBenchmark() throws {
    let folder = try Self.folder()
    try folder.write("study.json", Self.study(benchmark: "bth/none"))
    let run = try StressLabProgram(folder: folder).run(Self.arguments)
    #expect(run.code == 2)
    #expect(run.error.contains("study.json:2:"), "\(run.error)")
    #expect(
      run.error.contains("/benchmark: no desk is called \"bth/none\"; did you mean \"both/none\""), "\(run.error)")
  }
}
