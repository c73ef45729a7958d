import Foundation
import Lab
import Testing

/// The plain backtest: recorded bars as they are, against what vectorbt and pandas make of the same bars
/// (`fixtures/backtests/generate.py`, which names their versions and calls).
@Suite("A backtest on recorded bars")
struct RecordedBacktestTests {
  private let folder: TemporaryFolder
  private let reference: JSON
  private var program: StressLabProgram { StressLabProgram(folder: folder) }

  init() throws {
    folder = try TemporaryFolder()
    let file = Installation.repository.appendingPathComponent("fixtures/backtests/backtests.json").path
    reference = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
  }

  /// A market of recorded bars at a venue that asks for fees and nothing else.
  private func write(
    _ assets: [(name: String, price: Double)], feeBps: Double, study: String, events: String = "", steps: Int = 2000
  ) throws {
    try folder.write(
      "replay.json", ReplayDocument.scenario(assets, start: "2005-01-03", steps: steps, feeBps: feeBps, events: events))
    try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Backtest", "scenarios": ["replay.json"], "severities": [1], \(study) }
      """)
  }

  private func run(_ more: String...) throws -> StressLabProgram.Result {
    let result = try program.run(["run", "study.json", "--out", "out"] + more)
    try #require(result.code == 0, "\(result.error)")
    return result
  }

  /// The columns of a table, by name.
  private func table(_ name: String) throws -> [String: [String]] {
    let lines = try String(contentsOfFile: folder.path(name), encoding: .utf8).split(separator: "\n")
    let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return Dictionary(
      uniqueKeysWithValues: rows[0].enumerated().map { place, name in (name, rows.dropFirst().map { $0[place] }) })
  }

  /// Planted mistakes: the warm-up one row short; orders that fill at the close.
  @Test("a cross of moving averages gives vectorbt's equity curve, bar by bar, and its first ten orders")
  func cross() throws {
    let cross = reference["cross"]
    try write(
      [("IBM", try #require(cross["price"].double))], feeBps: 10,
      study: """
        "account": { "equity": 1000000 },
        "panel": { "cross": { "model": "movingAverageCross", "fast": 10, "slow": 50, "leverage": 0.5 } },
        "ruin": { "equityBelow": 0 }, "monteCarlo": { "paths": 10000, "seed": 1 }
        """)
    let result = try run("--equity", folder.path("equity.csv"), "--trades", folder.path("trades.csv"))
    #expect(result.error.contains("recorded bars as they are make one path, so 1 is run and not 10000"))
    let theirs = cross["equity"].elements.compactMap(\.double)
    let equity = try #require(try table("equity.csv")["equity"]).compactMap(Double.init)
    #expect(equity.count == 2001 && equity[0] == 1_000_000)
    // At the horizon ours is net of closing out.
    for (ours, theirs) in zip(equity.dropFirst().dropLast(), theirs) { #expect(abs(ours / theirs - 1) < 1e-9) }
    let trades = try table("trades.csv")
    func numbers(_ name: String) -> [Double] { (trades[name] ?? []).compactMap(Double.init) }
    let orders = cross["orders"].elements
    #expect(orders.count == 10)
    for (place, order) in orders.enumerated() {
      #expect(numbers("step")[place] == order["step"].double)
      #expect(abs(numbers("quantity")[place] / (order["quantity"].double ?? .nan) - 1) < 1e-9)
      #expect(abs(numbers("price")[place] / (order["price"].double ?? .nan) - 1) < 1e-9)
      #expect(abs(numbers("fee")[place] / (order["fee"].double ?? .nan) - 1) < 1e-9)
    }
    let count = (trades["reason"] ?? []).count { $0 == "order" }
    #expect(Double(count) == cross["count"].double)
    #expect(trades["time"]?.first == "2005-01-03T00:00:00Z")
  }

  /// Planted mistake: cash as if nothing were held at the start.
  @Test("a book that nobody touches has pandas' equity at every close")
  func book() throws {
    let book = reference["book"]
    let names = ["AAPL", "IBM", "MSFT"]
    let positions = names.map { "\"\($0)\": { \"quantity\": \(book["quantities"][$0].double ?? .nan) }" }
    try write(
      try names.map { ($0, try #require(book["prices"][$0].double)) }, feeBps: 0,
      study: """
        "account": { "equity": 100000, "positions": { \(positions.joined(separator: ", ")) } },
        "panel": { "hold": { "model": "buyAndHold" } }, "ruin": { "equityBelow": 0 }
        """)
    _ = try run("--equity", folder.path("equity.csv"), "--quiet")
    let theirs = book["equity"].elements.compactMap(\.double)
    let equity = try #require(try table("equity.csv")["equity"]).compactMap(Double.init)
    #expect(equity.count == 2001 && theirs.count == 2000)
    for (ours, theirs) in zip(equity.dropFirst(), theirs) { #expect(abs(ours / theirs - 1) < 1e-9) }
  }

  /// Every estimate of the summary but that of the known case, which has paths of its own.
  @Test("one path has no intervals, also under an event with fixed numbers and beside a market that is drawn")
  func noIntervals() throws {
    let crash = """
      "crash": { "model": "flashCrash", "asset": "IBM", "start": "20d", "drop": 0.2, "fall": { "duration": "3d" },
        "recovery": { "fraction": 0.5, "halfLife": "20d" } }
      """
    let study = """
      "account": { "equity": 1000000 },
      "panel": { "hold": { "model": "buyAndHold", "leverage": 2 } },
      "risk": { "none": { "rules": {} }, "stop": { "rules": { "stop": { "model": "stopLoss", "loss": 0.05 } } } },
      "ladder": { "severities": [0, 1, 2], "paths": 100 }, "monteCarlo": { "paths": 64 }
      """
    try write([("IBM", 90)], feeBps: 1, study: study, events: crash, steps: 100)
    _ = try run("--quiet")
    let summary = try JSONDecoder().decode(
      JSON.self, from: Data(String(contentsOfFile: folder.path("out/summary.json"), encoding: .utf8).utf8))
    #expect(summary["run"]["paths"].double == 1)
    var found = 0
    func walk(_ value: JSON, _ path: String) {
      switch value {
      case .object(let members):
        if case .text = members["method"] ?? .null, let n = members["n"]?.double {
          found += 1
          #expect(n <= 1, "\(path)")
          #expect(members["low"]?.double == nil || members["high"]?.double == nil, "\(path): \(value)")
        }
        for (name, member) in members where name != "knownCase" { walk(member, "\(path)/\(name)") }
      case .list(let elements): for (place, element) in elements.enumerated() { walk(element, "\(path)/\(place)") }
      default: break
      }
    }
    walk(summary, "")
    #expect(found > 50)
  }

  /// Four times the equity through a fall of a fifth, and once. Planted mistake: the verdict by Tango's bounds of one path.
  @Test("two runs of one path are compared by their figures, without intervals")
  func compared() throws {
    func run(_ name: String, leverage: Double) throws {
      try write(
        [("IBM", 90)], feeBps: 1,
        study: """
          "account": { "equity": 1000000 }, "panel": { "hold": { "model": "buyAndHold", "leverage": \(leverage) } },
          "ruin": { "equityBelow": 0.5 }
          """,
        events: """
          "crash": { "model": "flashCrash", "asset": "IBM", "start": "20d", "drop": 0.3, "fall": { "duration": "3d" },
            "recovery": { "fraction": 0.5, "halfLife": "20d" } }
          """, steps: 100)
      let result = try program.run("run", "study.json", "--out", name, "--quiet")
      try #require(result.code == 0, "\(result.error)")
    }
    try run("bold", leverage: 4)
    try run("mild", leverage: 1)
    let worse = try program.run("compare", "mild", "bold")
    #expect(worse.code == 1 && worse.output.contains("hold/none in replay at severity 1: worse"), "\(worse.output)")
    #expect(worse.output.firstMatch(of: /\[[\u{2212}0-9]/) == nil, "\(worse.output)")
    let better = try program.run("compare", "bold", "mild")
    #expect(better.code == 0 && better.output.contains("not worse"), "\(better.output)")
  }
}
