import Documents
import Foundation
import HTTPTypes
import Server
import Testing

@Suite("Monitors", .timeLimit(.minutes(3)))
struct MonitorsTests {
  private static let ours = ["X-StressLab-Request": "1"]

  @Test("What is saved is listed and read, and is gone when it was removed")
  func keeping() async throws {
    let server = try TestServer()
    let address = "/api/v1/monitors/btc"
    #expect(try await server.send(.get, address).status == 404)
    let saved = try await server.send(.put, address, headers: Self.ours, body: TestServer.monitor())
    #expect(saved.status == 200)
    let read = try await server.send(.get, address)
    #expect(read.text == saved.text)
    #expect(try read.json["monitor"]?["alarmBars"] == .integer(24) || read.json["monitor"]?["alarmBars"] == .number(24))
    #expect(try await server.send(.get, "/api/v1/monitors").text.contains("\"btc\""))
    #expect(try await server.send(.delete, address, headers: Self.ours).status == 204)
    #expect(try await server.send(.get, address).status == 404)
    #expect(try await server.send(.delete, address, headers: Self.ours).status == 404)
  }

  @Test(
    "A name that leads out is refused, and nothing is written",
    arguments: ["..%2Fx", "%2E%2E", "a%2Fb", ".hidden", "a%5Cb", "a%00b", "%2Fetc%2Fx", "a%20b", "%C3%A4"])
  func names(name: String) async throws {
    let server = try TestServer()
    for method in [HTTPRequest.Method.put, .get, .delete] {
      let body = method == .put ? TestServer.monitor() : nil
      let answer = try await server.send(method, "/api/v1/monitors/\(name)", headers: Self.ours, body: body)
      #expect(answer.status == 400 || answer.status == 422)
    }
    #expect(!FileManager.default.fileExists(atPath: server.workspace.path(".stresslab/monitors")))
  }

  @Test(
    "What a monitor cannot be is told at its field",
    arguments: [
      (#", "pollSeconds": 60"#, "/pollSeconds"), (#", "exchange": "kraken""#, ""),
      (#", "pollSeconds": 60, "exchange": "kraken", "market": "ETH/USD", "step": "1h""#, "/data"),
      (#", "pollSeconds": 60, "exchange": "binance", "market": "BTC/USD", "step": "1h""#, "/data"),
      (#", "reference": "../x""#, "/reference"), (#", "window": 3"#, "/window"), (#", "base": "../x.json""#, "/base"),
    ])
  func fields(more: String, path: String) async throws {
    let server = try TestServer()
    let body = TestServer.monitor(more: more).replacing(
      more.contains("window") ? #""window": 100, "# : "\u{0}", with: "")
    let answer = try await server.send(.put, "/api/v1/monitors/btc", headers: Self.ours, body: body)
    #expect(answer.status == 422)
    #expect(answer.text.contains("\"path\":\"\(path)\""))
  }

  @Test("Names and words of others are text on the pages, and the pages say that it is paper")
  func pages() async throws {
    let server = try TestServer()
    let body = TestServer.monitor(agent: "<script>alert(1)</script>")
    #expect(try await server.send(.put, "/api/v1/monitors/btc", headers: Self.ours, body: body).status == 200)
    for path in ["/monitors", "/monitors/btc"] {
      let page = try await server.page(path)
      #expect(page.status == 200)
      #expect(!page.text.contains("<script>alert"))
      #expect(page.text.contains("&lt;script&gt;alert"))
      #expect(page.text.contains("no order ever leaves this machine"))
    }
  }

  @Test("Without bars a look says so, and what else there is")
  func noBars() async throws {
    let server = try TestServer()
    try server.putPaperStudy()
    _ = try await server.send(.put, "/api/v1/monitors/btc", headers: Self.ours, body: TestServer.monitor())
    let state = try await server.send(.get, "/api/v1/monitors/btc/state").json
    #expect(state["paper"] == .null && state["verdict"] == .null && state["newest"] == .null)
    #expect(JSONWriter.write(state["alarms"] ?? .null).contains("there are no bars of kraken/BTC-USD/1h"))
  }

  @Test("A bar that is missing among the newest is an alarm, one before them is none")
  func gaps() async throws {
    let server = try TestServer()
    try server.putPaperStudy()
    _ = try await server.send(.put, "/api/v1/monitors/btc", headers: Self.ours, body: TestServer.monitor())
    for (missing, isTold) in [([1150], true), ([300], false)] as [(Set<Int>, Bool)] {
      try server.putBars(1200, missing: missing)
      let state = try await server.send(.get, "/api/v1/monitors/btc/state").json
      let kinds = JSONWriter.write(state["alarms"] ?? .null)
      #expect(kinds.contains("\"data\"") == isTold)
      #expect(kinds.contains("missing") == isTold)
    }
  }

  @Test("Bars are stale when more than three steps have passed without one")
  func stale() {
    let (end, hour): (Int64, Int64) = (1_000_000_000, 3_600_000)
    #expect(MonitorAlarm.stale(end: end, step: hour, closed: 0, now: end + 3 * hour) == nil)
    #expect(MonitorAlarm.stale(end: end, step: hour, closed: 0, now: end + 3 * hour + 1)?.kind == .stale)
    #expect(MonitorAlarm.stale(end: end, step: hour, closed: 48 * hour, now: end + 50 * hour) == nil)
    #expect(MonitorAlarm.stale(end: end, step: hour, closed: 48 * hour, now: end + 52 * hour) != nil)
  }

  @Test("Bars that nobody collects are a recording, and not stale; those that are collected are")
  func recording() async throws {
    let server = try TestServer()
    try server.putPaperStudy()
    try server.putBars(400)
    let poll = #", "pollSeconds": 60, "exchange": "kraken", "market": "BTC/USD", "step": "1h""#
    for (more, isStale) in [("", false), (poll, true)] {
      _ = try await server.send(.put, "/api/v1/monitors/btc", headers: Self.ours, body: TestServer.monitor(more: more))
      let state = try await server.send(.get, "/api/v1/monitors/btc/state").json
      #expect(JSONWriter.write(state["alarms"] ?? .null).contains("\"stale\"") == isStale)
    }
  }

  @Test("A market four times as wild as before is an alarm, with the rate of false ones beside it")
  func wild() async throws {
    let server = try TestServer()
    try server.putPaperStudy()
    _ = try await server.send(.put, "/api/v1/monitors/btc", headers: Self.ours, body: TestServer.monitor())
    for (volatility, isAlarm) in [(0.006, false), (0.024, true)] {
      try server.putBars(24 * 500, lastVolatility: volatility)
      let state = try await server.send(.get, "/api/v1/monitors/btc/state").json
      #expect(JSONWriter.write(state["alarms"] ?? .null).contains("\"market\"") == isAlarm)
      #expect(state["market"]?["windows"] == .number(499) || state["market"]?["windows"] == .number(498))
    }
  }

  @Test("The position on paper and its equity are those of the run’s own tables on these bars")
  func paper() async throws {
    let server = try TestServer(program: BuiltProgram.path)
    try server.putPaperStudy()
    try server.putBars(1200)
    _ = try await server.send(.put, "/api/v1/monitors/btc", headers: Self.ours, body: TestServer.monitor())
    let state = try await server.send(.get, "/api/v1/monitors/btc/state").json
    #expect(!JSONWriter.write(state["alarms"] ?? .null).contains("failure"))
    guard case .array(let steps) = state["paper"]?["steps"] else {
      Issue.record("no position: \(JSONWriter.write(state["alarms"] ?? .null))")
      return
    }
    let folder = ".stresslab/monitors/btc"
    let run = try server.workspace.run(
      BuiltProgram.path,
      [
        "run", "\(folder)/market.json", "--study", "\(folder)/study.json", "--agents", "momentum", "--risk", "house",
        "--out", "again", "--tracking", "none", "--quiet", "--trades", "trades.csv", "--equity", "equity.csv",
      ])
    #expect(run.code == 0)
    let equity = Self.table(server.workspace.lines("equity.csv"))
    let trades = Self.table(server.workspace.lines("trades.csv"))
    #expect(steps.count == equity.count && steps.count > 100 && trades.count > 10)
    for (step, row) in zip(steps, equity) {
      #expect(step["time"]?.plainText == row["time"])
      #expect(Self.number(step["equity"]) == row["equity"].flatMap(Double.init))
      #expect(Self.number(step["close"]) == row["price BTC-USD"].flatMap(Double.init))
    }
    for (step, row) in zip(steps, equity).dropLast() {
      #expect(Self.number(step["quantity"]) == row["quantity BTC-USD"].flatMap(Double.init))
    }
    // What is held at the last bar is what all orders together have bought: closing all is no part of it.
    let bought = trades.filter { $0["reason"] != "closeOut" }.reduce(0) { $0 + (Double($1["quantity"] ?? "") ?? 0) }
    let held = Self.number(steps.last?["quantity"]) ?? .nan
    #expect(abs(held - bought) < 1e-9 * max(1, abs(bought)))
    #expect(held != 0)
    // The prices are those of the file.
    let file = Self.table(server.workspace.lines("data/processed/kraken/BTC-USD/1h.csv"))
    let last = file.last.flatMap { $0["close"] }.flatMap(Double.init) ?? .nan
    #expect(abs((Self.number(steps.last?["close"]) ?? 0) / last - 1) < 1e-9)
    // Asked again it is read again.
    let stamp = try FileManager.default.attributesOfItem(atPath: server.workspace.path("\(folder)/replay.json"))
    #expect(try await server.send(.get, "/api/v1/monitors/btc/state").json["paper"] == state["paper"])
    let after = try FileManager.default.attributesOfItem(atPath: server.workspace.path("\(folder)/replay.json"))
    #expect(stamp[.modificationDate] as? Date == after[.modificationDate] as? Date)
    // The page draws it, and says which limit bound.
    let page = try await server.page("/monitors/btc")
    #expect(page.status == 200 && page.text.contains("leverage at most 2") && page.text.contains("None on record"))
    #expect(page.text.components(separatedBy: "<figure").count == 4)
  }

  /// The rows of a table by their columns' names.
  private static func table(_ lines: [String]) -> [[String: String]] {
    let head = lines.first?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(head, fields), uniquingKeysWith: { first, _ in first })
    }
  }

  private static func number(_ value: JSONValue?) -> Double? {
    switch value {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}
