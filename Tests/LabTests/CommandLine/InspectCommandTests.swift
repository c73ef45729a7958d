import Documents
import Foundation
import Lab
import Testing

/// What `inspect` tells of paths, held against what the store, the run's own tables and the market say.
@Suite("The command inspect")
struct InspectCommandTests {
  /// A finished run of the small study, made once: twelve desks in two markets.
  private static let run = Result { try TemporaryRun() }

  /// A folder with the small study, its report in `out`, and the run's tables of its first path.
  private struct TemporaryRun: Sendable {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      _ = try SmallScenario.write(to: folder)
      let run = try StressLabProgram(folder: folder).run(
        "run", "study.json", "--first-path", "5", "--paths", "60", "--out", "out", "--quiet", "--trades", "trades.csv",
        "--equity", "equity.csv")
      try #require(run.code == 0, "\(run.error)")
    }

    /// What the command prints as JSON of a path of a desk.
    func json(_ desk: [String: String], _ path: String...) throws -> JSON {
      try InspectCommandTests.json(folder, desk, path)
    }

    /// The rows of a table of the run, by the names of the columns.
    func rows(_ name: String) throws -> [[String: String]] {
      let text = try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
      let lines = text.split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }

    /// The words that name each desk of the run.
    var desks: [[String: String]] {
      ["0", "1"].flatMap { severity in
        ["flat", "hold", "trend"].flatMap { agent in
          ["house", "none"].map { ["severity": severity, "agent": agent, "risk": $0] }
        }
      }
    }
  }

  private static func json(_ folder: TemporaryFolder, _ desk: [String: String], _ path: [String]) throws -> JSON {
    let options = desk.sorted { $0.key < $1.key }.flatMap { ["--\($0)", $1] }
    let result = try StressLabProgram(folder: folder).run(["inspect", "out", "--json"] + path + options)
    try #require(result.code == 0, "\(desk) \(path): \(result.error)")
    return try JSONDecoder().decode(JSON.self, from: Data(result.output.utf8))
  }

  private static func numbers(_ list: JSON) -> [Double] { list.elements.map { $0.double ?? .nan } }

  @Test("the worst path of every desk has, step by step, the very numbers of the store's trace")
  func worstTraces() throws {
    let run = try Self.run.get()
    let summary = try ReportFolder(run.folder.path("out")).readSummary()
    #expect(summary.desks.count == 12)
    for desk in summary.desks {
      let name = ["severity": "\(Int(desk.severity))", "agent": desk.agent, "risk": desk.risk]
      let told = try run.json(name, "--worst")
      let trace = try #require(desk.worstPath)
      let steps = told["steps"].elements
      #expect(told["path"].double == Double(trace.path) && told["story"].string == trace.text, "\(name)")
      #expect(steps.map { $0["seconds"].double } == trace.seconds, "\(name)")
      #expect(steps.map { $0["equityRatio"].double } == trace.equity, "\(name)")
      for (asset, series) in trace.prices.enumerated() {
        #expect(steps.map { Self.numbers($0["close"])[asset] } == series.values, "\(name) \(series.asset)")
      }
      for (asset, series) in trace.positions.enumerated() {
        #expect(steps.map { Self.numbers($0["quantity"])[asset] } == series.values, "\(name) \(series.asset)")
      }
      let fills = steps.flatMap { step in step["fills"].elements.map { (step["seconds"].double, $0) } }
      let isSame = zip(fills, trace.trades).allSatisfy { fill, trade in
        fill.0 == trade.seconds && fill.1["asset"].string == trade.asset && fill.1["quantity"].double == trade.quantity
          && fill.1["price"].double == trade.price && fill.1["midAtDecision"].double == trade.midAtDecision
          && fill.1["reason"].string == trade.reason.rawValue
      }
      #expect(isSame && fills.count == trace.trades.count && (desk.agent == "flat") == fills.isEmpty, "\(name)")
    }
  }

  @Test("on the run's first path it has the numbers of the run's own tables of fills and accounts")
  func ownTables() throws {
    let run = try Self.run.get()
    let (accounts, trades) = (try run.rows("equity.csv"), try run.rows("trades.csv"))
    var fillCount = 0
    for name in run.desks {
      func isOwn(_ row: [String: String]) -> Bool { name.allSatisfy { row[$0.key] == $0.value } }
      let steps = try run.json(name, "--path", "5")["steps"].elements
      let rows = accounts.filter(isOwn)
      #expect(rows.count == steps.count && rows.count == 79 && rows.allSatisfy { $0["path"] == "5" })
      for (row, step) in zip(rows, steps) {
        func number(_ column: String) -> Double? { row[column].flatMap(Double.init) }
        #expect(row["time"] == step["time"].string && number("step") == step["step"].double)
        #expect(number("equity") == step["equity"].double && number("cash") == step["cash"].double, "\(row)")
        #expect([number("price AAA"), number("price BBB")] == Self.numbers(step["close"]), "\(row)")
        #expect([number("quantity AAA"), number("quantity BBB")] == Self.numbers(step["quantity"]), "\(row)")
      }
      let fills = steps.flatMap { step in step["fills"].elements.map { (step["step"].double, $0) } }
      let ownTrades = trades.filter(isOwn)
      #expect(fills.count == ownTrades.count)
      for (row, (step, fill)) in zip(ownTrades, fills) {
        func number(_ column: String) -> Double? { row[column].flatMap(Double.init) }
        fillCount += 1
        #expect(
          number("step") == step && row["asset"] == fill["asset"].string && row["reason"] == fill["reason"].string)
        for column in ["quantity", "price", "mid", "midAtDecision"] {
          #expect(number(column) == fill[column].double, "\(row)")
        }
        let isForced = ["liquidation", "recall"].contains(row["reason"])
        for (column, term) in [("halfSpread", "halfSpread"), ("impact", "impact"), ("fee", "fees")] where !isForced {
          #expect(number(column) == fill["costs"][term].double, "\(row)")
        }
      }
    }
    #expect(fillCount > 100)
  }

  @Test(
    "the terms of all steps add up to the outcome's columns, all of them to the shortfall, and it to what equity lost")
  func costsAddUp() throws {
    let run = try Self.run.get()
    var terms: Set<String> = []
    for (number, name) in run.desks.enumerated() {
      let told = try run.json(name, "--path", "\(9 + number)")
      let (steps, outcome) = (told["steps"].elements, told["outcome"])
      let start = try #require(outcome["startEquity"].double)
      let near = 1e-12 * start
      var all = 0.0
      for term in ["halfSpread", "impact", "fees", "delay", "drift", "opportunity", "financing", "liquidation"] {
        let column = (outcome["\(term)Calm"].double ?? .nan) + (outcome["\(term)Event"].double ?? .nan)
        let sum = steps.reduce(0) { $0 + ($1["costs"][term].double ?? 0) }
        #expect(abs(sum - column) <= near && told["costs"][term].double == column, "\(name) \(term)")
        // What no fill brings are interest and what was missed.
        let fills = steps.flatMap { $0["fills"].elements }.reduce(0) { $0 + ($1["costs"][term].double ?? 0) }
        #expect(["opportunity", "financing"].contains(term) || abs(fills - column) <= near, "\(name) \(term)")
        if column != 0 { terms.insert(term) }
        all += column
      }
      #expect(abs(all - (outcome["shortfall"].double ?? .nan)) <= 1e-9 * start, "\(name)")
      let (last, cause) = (steps.last, outcome["cause"].string)
      #expect(abs((last?["equityRatio"].double ?? .nan) * start - (outcome["finalEquity"].double ?? .nan)) <= near)
      let cash = steps.flatMap { $0["fills"].elements }.reduce(start) { cash, fill in
        let costs = fill["costs"]
        let fee = costs["fees"].double ?? 0
        return cash - (fill["quantity"].double ?? .nan) * (fill["price"].double ?? .nan) - fee
      }
      // The fee of a forced sale is in its cost.
      if cause == "none" { #expect(abs(cash - (outcome["finalEquity"].double ?? .nan)) <= 1e-9 * start, "\(name)") }
      #expect(told["worst"]["equity"].double == outcome["minimumEquity"].double, "\(name)")
    }
    #expect(terms.isSuperset(of: ["halfSpread", "impact", "fees", "delay", "opportunity"]), "\(terms)")
  }

  @Test("says which desks a run has where several may be meant, and names the nearest where none is")
  func wrongNames() throws {
    let run = try Self.run.get()
    func refusal(_ words: String...) throws -> String {
      let result = try StressLabProgram(folder: run.folder).run(["inspect"] + words)
      #expect(result.code == 2 && result.output.isEmpty, "\(words): \(result.output)\(result.error)")
      return result.error
    }
    for (words, told) in [
      (["--agent", "hould"], #"the run has no agent "hould"; did you mean "hold"?"#),
      (["--risk", "hous"], #"the run has no risk profile "hous"; did you mean "house"?"#),
      (["--scenario", "smal"], #"the run has no scenario "smal"; did you mean "small"?"#),
      (["--severity", "2"], "the run has no severity 2; known: 0, 1"),
      ([], "may be any of 12 desks: say which by --severity, --agent and --risk. They are flat/house in small at"),
      (
        ["--agent", "hold", "--severity", "1"],
        "may be any of 2 desks: say which by --risk. They are hold/house in small at severity 1; hold/none in small at"
      ),
    ] {
      let result = try StressLabProgram(folder: run.folder).run(["inspect", "out", "--worst"] + words)
      #expect(result.code == 2 && result.output.isEmpty && result.error.contains(told), "\(words): \(result.error)")
    }
    let desk = ["--agent", "hold", "--severity", "1", "--risk", "none"]
    for (path, told) in [("4", "not at 4"), ("65", "not at 65"), ("-1", "not at -1")] {
      let result = try StressLabProgram(folder: run.folder).run(["inspect", "out", "--path=\(path)"] + desk)
      #expect(result.code == 2 && result.error.contains("--path lies in 5…64, the paths of the run, \(told)"))
    }
    #expect(try refusal("nowhere", "--worst").contains("nowhere holds no run: there is no results.sqlite"))
    #expect(try refusal("out").contains("say which path: --path or --worst"))
    #expect(try refusal("out", "--worst", "--path", "9").contains("--path and --worst exclude each other"))
  }

  @Test("one desk needs no name, the worst path is the one of its number, and no byte of the folder changes")
  func oneDesk() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder, severities: "[1]")
    let program = StressLabProgram(folder: folder)
    let words = ["run", "study.json", "--paths", "40", "--agents", "hold", "--risk", "none", "--out", "out", "--quiet"]
    #expect(try program.run(words).code == 0)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path("out")).sorted()
    let store = try Data(contentsOf: folder.url.appendingPathComponent("out/results.sqlite"))
    let worst = try program.run("inspect", "out", "--worst", "--json")
    let told = try JSONDecoder().decode(JSON.self, from: Data(worst.output.utf8))
    let path = try #require(told["path"].double)
    #expect(try program.run("inspect", "out", "--path", "\(Int(path))", "--json").output == worst.output)
    let story = try program.run("inspect", "out", "--worst").output
    for words in [
      "hold behind none, in small at severity 1: path \(Int(path)), its worst of the 40 paths of the run\n",
      "\nIt starts with an equity of 400,000 and holds nothing.\n", "\nIt drew: crash: start ",
      "\n\(try #require(told["story"].string))\n", "\nIts worst moment comes by ",
      "\nWhat it costs, in quote currency and of its starting equity:\n  half-spread  ", "\n  all ",
    ] { #expect(story.contains(words), "\(words): \(story)") }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path("out")).sorted() == names)
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("out/results.sqlite")) == store)
  }
}
