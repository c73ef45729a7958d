import Documents
import Foundation
import MarketData
import Markets
import Testing

/// Paths that another program made, as a market.
@Suite("Paths made outside")
struct PathReplayTests {
  /// A number that looks random in 0 ..< 1: the fraction of a multiple of the golden ratio.
  private static func fraction(_ number: Int) -> Double {
    let product = Double(number) * 0.618033988749895
    return product - product.rounded(.down)
  }

  /// The close of a row; each path starts at 100.
  private static func close(_ path: Int, _ row: Int, asset: Int = 0) -> Double {
    row == 0 ? 100 : 100 * (0.8 + 0.4 * fraction(1 + row + 97 * path + 7919 * asset))
  }

  private static func open(_ path: Int, _ row: Int) -> Double {
    close(path, row) * (0.9 + 0.2 * fraction(5 * row + path))
  }
  private static func high(_ path: Int, _ row: Int) -> Double { max(open(path, row), close(path, row)) * 1.0123 }
  private static func low(_ path: Int, _ row: Int) -> Double { min(open(path, row), close(path, row)) / 1.0321 }
  private static func volume(_ path: Int, _ row: Int) -> Double { 1000 * fraction(3 * row + 11 * path) }
  private static func halfSpread(_ path: Int, _ row: Int) -> Double { 50 * fraction(7 * row + 13 * path) }
  private static func depth(_ path: Int, _ row: Int) -> Double { 1 + 1e5 * fraction(2 * row + 17 * path) }

  /// A file of closes alone, or of all columns.
  private static func paths(
    _ count: Int, rows: Int, isWhole: Bool = false, assets: [String] = [], changedFrom changed: Int = .max
  ) throws -> OutsidePaths {
    var lines = ["path,time,asset,close" + (isWhole ? ",open,high,low,volume,halfSpreadBps,depthTo1Percent" : "")]
    for path in 0..<count {
      for (place, asset) in (assets.isEmpty ? ["X"] : assets).enumerated() {
        for row in 0..<rows {
          let own = close(path, row, asset: place) * (row >= changed ? 1.5 : 1)
          let more = [open, high, low, volume, halfSpread, depth].map { ",\($0(path, row))" }.joined()
          lines.append("\(path),\(row),\(asset),\(own)" + (isWhole ? more : ""))
        }
      }
    }
    return try OutsidePaths(
      CSVTable(Array(lines.joined(separator: "\n").utf8), file: "p.csv"),
      columns: PathColumns(asset: assets.isEmpty ? nil : "asset"))
  }

  private static func scenario(
    _ paths: OutsidePaths, steps: Int, warmup: Int = 0, price: Double = 100, names: [String] = ["A"],
    of: [String] = ["X"],
    events: [NamedEvent] = []
  ) throws -> Scenario {
    let clock = try SmallMarket.clock(steps: steps, warmup: warmup)
    return Scenario(
      title: "paths", clock: clock, assets: names.map { SmallMarket.asset($0, price: price) },
      movement: try PathReplay(file: "p.csv").movement(paths, of: of, clock), events: events)
  }

  @Test(
    "path p of the run is path p of the file, to the last bit, on every lane and width of tiles",
    arguments: [1, 2, 6, 16], [0, 3])
  func closes(groups: Int, warmup: Int) throws {
    let scenario = try Self.scenario(Self.paths(43, rows: 17), steps: 12, warmup: warmup)
    let market = try Market(scenario: scenario, seed: UInt64(groups))
    for first in [0, 8] {
      let bars = market.bars(paths: 43 - first, firstPath: UInt64(first), groups: groups)
      for (place, steps) in bars.enumerated() {
        let path = first + place
        // At t = 0 every path holds the scenario's price.
        let factor = 100 / Self.close(path, warmup)
        #expect(steps.count == 12 + warmup)
        for (index, bar) in steps.enumerated() {
          let (before, close) = (Self.close(path, index) * factor, Self.close(path, index + 1) * factor)
          #expect(bar[0].open == before && bar[0].close == close, "path \(path), row \(index + 1)")
          #expect(bar[0].high == max(before, close) && bar[0].low == min(before, close))
          #expect(bar[0].arrival == bar[0].open && bar[0].numbers[7] == bar[0].high && bar[0].numbers[8] == bar[0].low)
          #expect(bar[0].volume == 1_000_000 / 1440 && bar[0].halfSpread == 2e-4 && bar[0].depth == 10_000)
        }
      }
    }
    #expect(market.description.pathCount == 43 && !market.description.isSameOnEveryPath)
  }

  @Test("opens, highs, lows, volumes, half-spreads and depths are the file's where it has them, to the last bit")
  func columns() throws {
    let scenario = try Self.scenario(Self.paths(10, rows: 13, isWhole: true), steps: 12)
    for (path, steps) in try Market(scenario: scenario, seed: 1).bars(paths: 10, groups: 2).enumerated() {
      for (index, bar) in steps.enumerated() {
        let row = index + 1
        #expect(
          bar[0].open == Self.open(path, row) && bar[0].close == Self.close(path, row), "path \(path), row \(row)")
        #expect(bar[0].high == Self.high(path, row) && bar[0].low == Self.low(path, row))
        #expect(bar[0].volume == Self.volume(path, row) && bar[0].depth == Self.depth(path, row))
        #expect(bar[0].halfSpread == Self.halfSpread(path, row) / 10_000)
      }
    }
  }

  @Test("events lie on top: nothing moves before them, offsets add to log prices, factors multiply what the file has")
  func events() throws {
    let paths = try Self.paths(10, rows: 31, isWhole: true)
    // From step 10 on for five steps.
    let crash = SmallMarket.crash(multipliers: nil)
    let drought = SmallMarket.crash()
    func bars(_ events: [NamedEvent], severity: Double = 1) throws -> [[[PathBar]]] {
      try Market(scenario: Self.scenario(paths, steps: 30, events: events), severity: severity, seed: 3)
        .bars(paths: 10, groups: 2)
    }
    let calm = try bars([])
    let numbers = { (bars: [[[PathBar]]]) in bars.map { $0.map { $0.map(\.numbers) } } }
    #expect(numbers(try bars([drought], severity: 0)) == numbers(calm))
    let (fallen, dry) = (try bars([crash]), try bars([drought]))
    for path in 0..<10 {
      #expect(fallen[path][..<10] == calm[path][..<10] && dry[path][..<10] == calm[path][..<10])
      // The trough is the close of step 14.
      #expect(abs(fallen[path][14][0].close / calm[path][14][0].close - 0.9) < 1e-14)
      #expect(
        fallen[path][14][0].low <= fallen[path][14][0].close && fallen[path][14][0].high >= fallen[path][14][0].open)
      for step in 10..<30 {
        let (own, stressed, first) = (calm[path][step][0], dry[path][step][0], dry[0][step][0])
        // The same factor on every path.
        for (part, value) in [(PathBar.PartOf.halfSpread, own.halfSpread), (.depth, own.depth), (.volume, own.volume)] {
          let factor = part.of(first) / part.of(calm[0][step][0])
          #expect(abs(part.of(stressed) / value / factor - 1) < 1e-12, "\(part), path \(path), step \(step)")
        }
      }
      #expect(dry[path][14][0].halfSpread > 5 * calm[path][14][0].halfSpread)
    }
  }

  /// (r′ − m)/(r − m) = f with the file's mean m of log returns from open to close, here of all its paths and rows.
  @Test("a volatility event multiplies the deviations of log returns from the file's mean")
  func volatility() throws {
    let paths = try Self.paths(9, rows: 21)
    let storm = NamedEvent(
      "storm",
      VolatilityEvent(start: .fixed(600), window: .init(plateau: .fixed(300)), volatility: .fixed(2)))
    let returns = (0..<9).flatMap { path in
      (1..<21).map { Foundation.log(Self.close(path, $0) / Self.close(path, $0 - 1)) }
    }
    let mean = returns.reduce(0, +) / 180
    let scenario = try Self.scenario(paths, steps: 20, events: [storm])
    for (path, steps) in try Market(scenario: scenario, seed: 1).bars(paths: 9, groups: 2).enumerated() {
      var departure = 0.0
      for (step, bar) in steps.enumerated() {
        let own = returns[20 * path + step]
        if (10..<15).contains(step) { departure += own - mean }
        let expected = Self.close(path, step + 1) * Foundation.exp(departure)
        #expect(abs(bar[0].close / expected - 1) < 1e-12, "path \(path), step \(step)")
        if step < 10 { #expect(bar[0].close == Self.close(path, step + 1)) }
      }
    }
  }

  @Test("rows to come change nothing that was, events or not")
  func noLookAhead() throws {
    let crash = SmallMarket.crash(start: 300, multipliers: nil)
    let (a, b) = (try Self.paths(8, rows: 25, isWhole: false), try Self.paths(8, rows: 25, changedFrom: 17))
    let bars = try [a, b].map {
      try Market(scenario: Self.scenario($0, steps: 20, warmup: 4, events: [crash]), seed: 1).bars(paths: 8, groups: 1)
    }
    for (one, other) in zip(bars[0], bars[1]) {
      #expect(one[..<16] == other[..<16])
      #expect(one[16] != other[16])
    }
  }

  @Test("each asset takes its own columns, in whatever order the assets are named, and correlations are the file's")
  func assets() throws {
    let paths = try Self.paths(9, rows: 200, assets: ["X", "Y"])
    let scenario = try Self.scenario(paths, steps: 199, names: ["B", "A"], of: ["X", "Y"])
    let market = try Market(scenario: scenario, seed: 1)
    #expect(market.description.assets == ["A", "B"])
    for (path, steps) in market.bars(paths: 9, groups: 2).enumerated() {
      for (index, bars) in steps.enumerated() {
        #expect(bars[0].close == Self.close(path, index + 1, asset: 1) && bars[1].close == Self.close(path, index + 1))
      }
    }
    func returns(_ asset: Int) -> [Double] {
      (0..<9).flatMap { path in
        (1..<200).map {
          Foundation.log(Self.close(path, $0, asset: asset) / Self.close(path, $0 - 1, asset: asset))
        }
      }
    }
    func covariance(_ a: [Double], _ b: [Double]) -> Double {
      let (x, y) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
      return zip(a, b).reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    }
    let (x, y) = (returns(0), returns(1))
    let expected = covariance(x, y) / (covariance(x, x) * covariance(y, y)).squareRoot()
    #expect(abs(market.description.correlation[0][1] - expected) < 1e-12)
    #expect(
      market.description.correlation[0][0] == 1
        && market.description.correlation[1][0] == market.description.correlation[0][1])
  }

  @Test("a scenario says what its paths leave unknown, and by what their prices are multiplied")
  func limits() throws {
    let bare = try Self.scenario(Self.paths(3, rows: 17), steps: 12, warmup: 2, price: 50)
    let starts = (0..<3).map { Self.close($0, 2) }
    let text = { (value: Double) in JSONWriter.number(value.rounded(toDigits: 4)) }
    #expect(
      bare.limits == [
        "The paths were made outside, by another program: what they rest on is not known here, and no seed changes them.",
        "The paths have no opens: each step opens at the close before it, and orders fill there.",
        "Without highs and lows a step goes no further than from open to close.",
        "The paths have no volumes: each step has its part of what the scenario says for a day.",
        "The last 2 rows of each path lie behind the horizon.",
        "The prices of A are the paths' own times one factor on each, so that it starts at 50, where they have "
          + "\(text(starts.min() ?? 0)) to \(text(starts.max() ?? 0)).",
      ])
    #expect(bare.files == ["p.csv"])
    let whole = try Self.scenario(Self.paths(3, rows: 13, isWhole: true), steps: 12).limits
    #expect(whole.count == 4)
    #expect(whole[1] == "Between the open and the close of a row nothing is known: orders fill at the open.")
    #expect(whole[2].hasPrefix("The half-spread of A is the paths' own in each step, "))
    #expect(whole[2].hasSuffix(" bps in the mean; the scenario's 2 bps are what agents take for calm."))
    #expect(whole[3].hasSuffix(" in the mean; the scenario's 10000 is what agents take for calm."))
  }

  static let refusals: [(rows: Int, steps: Int, of: [String], says: String)] = [
    (
      15, 12, ["X"],
      "file: its paths have 15 rows, path \"0\" to begin with, and 16 are needed: 1 to start from, 3 of the warm-up and 12 of "
        + "the length"
    ),
    (16, 12, ["X", "Y"], "file: p.csv has one asset, and the scenario names 2"),
  ]

  @Test("paths that are too short and assets that are not there are refused", arguments: refusals)
  func refuses(rows: Int, steps: Int, of names: [String], says: String) throws {
    let error = #expect(throws: FormViolation.self) {
      try Self.scenario(Self.paths(2, rows: rows), steps: steps, warmup: 3, of: names)
    }
    #expect(error?.description == says)
  }

  @Test("an asset that is not in the file, and rows that lie otherwise than steps, are refused together")
  func refusesBoth() throws {
    let text = "path,time,asset,close\n" + (1...9).map { "a,2024-01-0\($0),SPY,1\n" }.joined()
    let paths = try OutsidePaths(CSVTable(Array(text.utf8), file: "p.csv"), columns: PathColumns(asset: "asset"))
    let error = #expect(throws: FormViolation.self) { try Self.scenario(paths, steps: 8, of: ["SPX"]) }
    #expect(
      error?.description == """
        file: p.csv has no asset named "SPX"; did you mean "SPY"?
        file: its rows are 24h apart, but a step is 1m
        """)
  }

  @Test("a price that comes to be no number is refused with its path")
  func reach() throws {
    let text = "path,time,close\na,0,1\na,1,2\nb,0,1e-40\nb,1,1e30\n"
    let paths = try OutsidePaths(CSVTable(Array(text.utf8), file: "p.csv"), columns: PathColumns())
    let scenario = try Self.scenario(paths, steps: 1)
    let error = #expect(throws: FormViolation.self) { try Market(scenario: scenario, seed: 1) }
    #expect(error?.description.hasPrefix("history/file: path \"b\" takes the price of \"A\" beyond 1e60 times") == true)
  }
}

extension PathBar {
  /// What an event multiplies.
  fileprivate enum PartOf {
    case halfSpread, depth, volume

    func of(_ bar: PathBar) -> Double {
      switch self {
      case .halfSpread: bar.halfSpread
      case .depth: bar.depth
      case .volume: bar.volume
      }
    }
  }
}
