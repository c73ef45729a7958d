import Foundation
import Lab
import Testing

/// `account.positions`: a book as people have it, in the study or in a table.
@Suite("A book at the start")
struct OpeningBookTests {
  private let folder: TemporaryFolder
  private var program: StressLabProgram { StressLabProgram(folder: folder) }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("small.json", SmallScenario.scenario())
  }

  private func write(_ account: String, panel: String = "\"hold\": { \"model\": \"buyAndHold\" }") throws {
    try folder.write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Book", "scenarios": ["small.json"], "severities": [0, 1],
        "account": \(account),
        "panel": { \(panel) }, "monteCarlo": { "paths": 32, "seed": 7 } }
      """)
  }

  /// SQL over the store by Python's SQLite.
  private func rows(_ query: String) throws -> [[Double]] {
    let code = """
      import sqlite3, sys
      for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print("|".join(repr(float(v)) for v in row))
      """
    let text = try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("out/results.sqlite"), query])
    return text.split(separator: "\n").map { $0.split(separator: "|").compactMap { Double($0) } }
  }

  /// 2,000 AAA at 100 and −1,000 BBB at 50 are worth 150,000; with an equity of 100,000 the rest is borrowed.
  @Test("is held by who holds: no order, and the equity of its prices", arguments: [true, false])
  func holds(isTable: Bool) throws {
    let book =
      isTable
      ? "\"book.csv\"" : "{ \"AAA\": { \"quantity\": 2000, \"entryPrice\": 90 }, \"BBB\": { \"quantity\": -1000 } }"
    try folder.write("book.csv", "Symbol,Quantity,Entry Price,Desk\nAAA,2000,90,x\nBBB,-1000,50,y\n")
    try write("{ \"equity\": 100000, \"positions\": \(book) }")
    let result = try program.run("run", "study.json", "--out", "out", "--quiet")
    try #require(result.code == 0, "\(result.error)")
    let orders = try rows("select sum(orders), count(*), min(startEquity) from outcomes")[0]
    #expect(orders == [0, 64, 100_000])
    // What it loses on a path is what its prices lose; the worst path's trace tells them.
    let trace = try JSONDecoder().decode(
      JSON.self, from: Data(String(contentsOfFile: folder.path("out/summary.json"), encoding: .utf8).utf8))
    let worst = trace["desks"].elements[1]["worstPath"]
    func values(_ key: String, _ asset: Int) -> [Double] {
      worst[key].elements[asset]["values"].elements.compactMap(\.double)
    }
    let (a, b) = (values("prices", 0), values("prices", 1))
    for (place, value) in worst["equity"].elements.compactMap(\.double).enumerated().prefix(60) {
      #expect(abs(value - (100_000 - 150_000 + 2000 * a[place] - 1000 * b[place]) / 100_000) < 1e-9, "\(place)")
    }
    #expect(values("positions", 0).first == 2000 && values("positions", 1).first == -1000)
    let file = try String(contentsOfFile: folder.path("out/manifest.json"), encoding: .utf8)
    #expect(file.contains("book.csv") == isTable)
  }

  /// Without an equity the book is all there is, and paid for.
  @Test("is the whole account where no equity is given")
  func noEquity() throws {
    try write("{ \"positions\": { \"AAA\": { \"quantity\": 2000 } } }")
    let result = try program.run("run", "study.json", "--out", "out", "--quiet")
    try #require(result.code == 0, "\(result.error)")
    #expect(try rows("select distinct startEquity from outcomes") == [[200_000]])
  }

  static let refusals: [(account: String, says: [String])] = [
    (
      "{ \"equity\": 20000, \"positions\": { \"AAA\": { \"quantity\": 2000 } } }",
      [
        "/account/positions: positions of 200000 at the prices of small.json need 25000 at its venue (initialMargin 0.125), "
          + "and the account has 20000: 5000 short"
      ]
    ),
    (
      "{ \"positions\": { \"AAA\": { \"quantity\": -2000 } } }",
      ["/account/positions: the positions are worth -200000 at the prices of small.json", "give \"equity\""]
    ),
    (
      "{ \"positions\": { \"AAB\": { \"quantity\": 1 }, \"CCC\": { \"quantity\": 1 } } }",
      ["/account/positions/AAB: no asset named \"AAB\" in small.json; did you mean \"AAA\"?", "/account/positions/CCC"]
    ),
    ("{ \"positions\": { \"AAA\": { \"quantity\": 0 } } }", ["/account/positions/AAA/quantity: 0 is no position"]),
    (
      "{ \"positions\": { \"AAA\": { \"quantity\": 1, \"entryPrice\": -3 } } }",
      ["/account/positions/AAA/entryPrice: -3 is outside"]
    ),
    ("{ \"positions\": [1] }", ["/account/positions: expected positions by asset, or a file of them"]),
    ("{ \"positions\": \"nothing.csv\" }", ["nothing.csv: there is no such file"]),
  ]

  @Test("is refused with the place and the reason", arguments: refusals)
  func refuses(account: String, says: [String]) throws {
    try write(account)
    for command in [["validate", "study.json"], ["run", "study.json", "--out", "out", "--quiet"]] {
      let result = try program.run(command)
      #expect(result.code == 2)
      for text in says { #expect(result.error.contains(text), "\(result.error)") }
      #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }
  }

  /// A table as it comes from a broker, spoilt in one place each.
  static let tables: [(table: String, says: String?)] = [
    ("symbol,quantity,entry price\nAAA,10,90\nBBB,-5,50\n", nil),
    ("\u{FEFF}Symbol, Qty ,Entry_Price\r\nAAA,10,90\r\n\r\nBBB,-5,50\r\n", nil),
    ("symbol,quantity\n\"AAA\", 10 \n BBB ,-5\n", nil),
    ("name,symbol,quantity,entryPrice,value\nx,AAA,1e1,90,\"1,000\"\n", nil),
    ("symbol,quantity,entry price\nAAA,10,90\nZZZ,-5,50\n", "book.csv:3:1: no asset named \"ZZZ\" in small.json"),
    ("symbol,quantity,entry price\nAAA,10,90\nAAA,-5,50\n", "book.csv:3:1: symbol: \"AAA\" stands in line 2 already"),
    ("symbol,quantity,entry price\nAAA,,90\n", "book.csv:2:5: quantity: the number is missing"),
    ("symbol,quantity,entry price\nAAA,10,\n", "book.csv:2:8: entry price: the number is missing"),
    ("symbol,quantity,entry price\n,10,90\n", "book.csv:2:1: symbol: the name of the asset is missing"),
    ("symbol,quantity,entry price\nAAA,10,-90\n", "book.csv:2:8: entry price: -90 is outside"),
    ("symbol,quantity,entry price\nAAA,0,90\n", "book.csv:2:5: quantity: 0 is no position"),
    (
      "symbol,quantity,entry price\nAAA,\"1,000\",90\n",
      "quantity: \"1,000\" is not a number: numbers have a decimal point and no commas"
    ),
    ("symbol,quantity,entry price\nAAA,1,000,90\n", "book.csv:2"),
    ("symbol,quantity,entry price\nAAA,nan,90\n", "quantity: \"nan\" is not a number"),
    ("symbol;quantity;entry price\nAAA;10;90\n", "book.csv:1:1: no column \"symbol\""),
    ("symbol,units,shares\nAAA,10,90\n", "book.csv:1:1: \"units\" and \"shares\" both say the quantity"),
    ("symbol,quantity,entry price\n", "book.csv:1:1: the table has no position"),
    ("", "book.csv"),
  ]

  @Test("is read from a table, or what is wrong in it is told with its line", arguments: tables)
  func table(table: String, says: String?) throws {
    try folder.write("book.csv", table)
    try write("{ \"equity\": 100000, \"positions\": \"book.csv\" }")
    let result = try program.run("validate", "study.json")
    if let says {
      #expect(result.code == 2)
      #expect(result.error.contains(says), "\(result.error)")
    } else {
      #expect(result.code == 0, "\(result.error)")
    }
  }

  /// Planted mistake: the table's bytes are no part of the run's identity.
  @Test("a run is not taken up with another book")
  func resumes() throws {
    try folder.write("book.csv", "symbol,quantity\nAAA,10\n")
    try write("{ \"equity\": 100000, \"positions\": \"book.csv\" }")
    try #require(try program.run("run", "study.json", "--out", "out", "--quiet").code == 0)
    try folder.write("book.csv", "symbol,quantity\nAAA,11\n")
    let result = try program.run("run", "study.json", "--out", "out", "--quiet", "--resume")
    #expect(result.code == 2, "\(result.error)")
  }
}
