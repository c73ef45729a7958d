import Agents
import Documents
import Foundation
import Indicators
import Lanes
import MarketData
import Markets
import Testing
import Trading

/// What holds for every observation of the catalogue, and so for a new one unasked.
@Suite("Every observation")
struct ObservationLawsTests {
  private static let tags = Observations.catalogue.entries.map(\.name)

  /// Closes of the steps 0 ..< 20 with waves, and of four steps after them.
  private static let common: [Double] = (0..<20).map { step in
    let wave = Double((step * 7) % 11) * 3 / 11
    return 100 + wave - Double(step % 3)
  }

  /// Events that come after the common part, or not: spread, depth and volume change, the feed freezes, trading halts.
  private static let late: [NamedEvent] = [
    NamedEvent(
      "dry",
      Drought(
        start: .fixed(20 * 60), window: EventWindow(plateau: .fixed(300)), halfSpread: .fixed(5), depth: .fixed(0.1),
        volume: .fixed(0.2))),
    NamedEvent("out", Outage(start: .fixed(21 * 60), duration: .fixed(90))),
  ]

  private func pages(_ tag: String, _ future: [Double], signals: [Double], _ events: [NamedEvent]) throws -> Onlooker {
    var tape = Tape(closes: Self.common + future, from: 100)
    tape.signals = (0..<20).map { Double($0 % 5) } + signals
    // Noise in volume and spread, and a halt wherever the price moves by 20 % in two minutes.
    let liquidity = Liquidity(
      halfSpreadBps: 3, volumePerDay: 1e9, depthTo1Percent: 1e9, refillHalfLifeSeconds: 60)
    let pause = NamedEvent("pause", ReservePause(move: 0.2, within: 120, pause: 60))
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: 24),
      assets: [AssetTerms(name: "A", price: 100, liquidity: liquidity)],
      movement: .processes([tape], GaussianDependence()), venue: freeVenue(initialMargin: 0.1, maintenanceMargin: 0.05),
      events: [pause] + events)
    let weights: [Double?] = (0..<24).map { [1, nil, nil, 2, nil, -1, nil, 0][$0 % 8] }
    let onlooker = try Onlooker(Observations.document(tag), weights: weights)
    let opening = [OpeningPosition(quantity: 2, entryPrice: 100)]
    runPanel(try Market(scenario: scenario, seed: 1), [onlooker], opening: opening)
    return onlooker
  }

  /// Seen to fail for futures that part a step earlier.
  @Test("no change of the future moves what was seen before it, and what comes after is seen", arguments: tags)
  func lookAhead(_ tag: String) throws {
    let calm = try pages(tag, [101, 102, 101, 102], signals: [1, 2, 3, 4], [])
    let wild = try pages(tag, [70, 60, 90, 90], signals: [9, 8, 7, 6], Self.late)
    for step in -1..<20 { #expect(try calm.seen(step) == wild.seen(step), "step \(step)") }
    let after = try (20...22).map { try calm.seen($0) != wild.seen($0) }
    #expect(
      after.contains(true) || ["timeOfDay", "timeLeft"].contains(tag),
      "nothing of the future is ever seen: the tapes show nothing")
  }

  @Test("has an example, from which all that is tested here is made")
  func examples() throws {
    #expect(try Observations.examples().map(\.tag) == Self.tags)
  }

  /// Two assets in sessions, through halts, an outage, a gap to a deficit, a drought, a squeeze and rising margins.
  private static func hostile(severity: Double) throws -> Market {
    let calendar = try TradingCalendar.sessions(
      open: try #require(TimeOfDay("09:30")), close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: 300, length: 2 * 23_400, warmup: 23_400, start: CalendarDay(daysSince1970: 19_725))
    let window = EventWindow(rise: .fixed(600), plateau: .fixed(7200))
    let events: [NamedEvent] = [
      NamedEvent("breaker", CircuitBreaker(asset: "A", levels: [.init(fall: 0.03, pause: 900), .init(fall: 0.2)])),
      NamedEvent("bands", LimitUpLimitDown(band: 0.02)),
      NamedEvent("pause", ReservePause(move: 0.01, within: 300, pause: 600)),
      NamedEvent("out", Outage(start: .fixed(0), duration: .fixed(1200))),
      NamedEvent("again", Outage(start: .fixed(7200), duration: .fixed(3000), staleFeed: .hidden)),
      NamedEvent("gap", Gap(asset: "A", start: .fixed(12_000), change: .fixed(-0.95))),
      NamedEvent("leap", Gap(asset: "B", start: .fixed(30_000), change: .fixed(9))),
      NamedEvent(
        "dry",
        Drought(
          start: .fixed(3000), window: window, halfSpread: .fixed(50), depth: .fixed(1e-3), volume: .fixed(1e-3))),
      NamedEvent("margin", MarginCall(start: .fixed(9000), window: window, maintenanceMargin: .fixed(3))),
      NamedEvent("squeeze", Squeeze(start: .fixed(9000), window: window, borrowFee: .fixed(5))),
      NamedEvent("slow", SlowVenue(start: .fixed(15_000), window: window, latency: .fixed(10))),
      NamedEvent("rejects", Rejects(start: .fixed(20_000), window: window, share: .fixed(0.5))),
    ]
    let process = PredictableReturns(
      annualVolatility: .fixed(0.8), signal: .init(deviation: .fixed(20), halfLife: .fixed(3600)))
    let liquidity = Liquidity(
      halfSpreadBps: 5, volumePerDay: 1e6, depthTo1Percent: 1e5, refillHalfLifeSeconds: 60)
    let scenario = Scenario(
      title: "hostile", clock: clock,
      assets: ["A", "B"].map { AssetTerms(name: $0, price: 100, liquidity: liquidity) },
      movement: .processes([process, process], GaussianDependence()),
      venue: VenueTerms(initialMargin: 0.1, maintenanceMargin: 0.05, latencySeconds: 1), events: events)
    return try Market(scenario: scenario, severity: severity, seed: 7)
  }

  private static var everything: String {
    "[\(tags.map { Observations.document($0).dropFirst().dropLast() }.joined(separator: ", "))]"
  }

  /// The largest size of each number over all closes and paths, and whether it ever changes on the first path.
  private func sizes(_ onlooker: Onlooker) -> [(name: String, largest: Double, moves: Bool)] {
    let names = onlooker.observations.names(onlooker.assetNames)
    return names.enumerated().map { index, name in
      var largest = 0.0
      var values: Set<Double> = []
      for page in onlooker.diary.pages {
        values.insert(page.numbers[index][0])
        for place in stride(from: index, to: page.numbers.count, by: names.count) {
          for lane in 0..<Lanes.count {
            let size = abs(page.numbers[place][lane])
            // Not a number is larger than any.
            largest = size <= largest ? largest : size.isNaN ? .infinity : size
          }
        }
      }
      return (name, largest, values.count > 1)
    }
  }

  /// Planted mistake: a volume that is not cut.
  @Test("is finite and of sensible size in a market in which everything happens", arguments: [1.0, 3])
  func finite(_ severity: Double) throws {
    let weights: [Double?] = (0..<200).map { [4, nil, nil, -4, 2, nil][$0 % 6] }
    let onlooker = try Onlooker(Self.everything, assets: ["A", "B"], weights: weights)
    let opening = [OpeningPosition(quantity: 2, entryPrice: 100), OpeningPosition(quantity: -1, entryPrice: 90)]
    runPanel(try Self.hostile(severity: severity), [onlooker], groups: 4, opening: opening)
    for (name, largest, moves) in sizes(onlooker) {
      #expect(largest <= 10_000, "\(name)")
      #expect(moves, "\(name) never changes: the market is not hostile enough to show it")
    }
    // Every desk is ruined in the end, with a deficit.
    let names = onlooker.observations.names(["A", "B"])
    let drawdown = try #require(names.firstIndex(of: "drawdown"))
    #expect(try #require(onlooker.diary.pages.last).numbers[drawdown][0] == 1)
  }

  @Test("is finite where a price falls to next to nothing and comes back")
  func worthless() throws {
    var tape = Tape(closes: [], from: 100)
    tape.moves = [0.01, -0.02, -2000, 0, 0, 2000, 0.01, 0]
    tape.signals = [1]
    let scenario = Scenario(
      title: "worthless", clock: try continuousClock(step: 60, steps: 8, substeps: 1),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: .processes([tape], GaussianDependence()), venue: freeVenue())
    var low = Double.infinity
    for weight in [0.5, -0.5, 0] {
      let onlooker = try Onlooker(Self.everything, weights: [weight])
      runPanel(try Market(scenario: scenario, seed: 1), [onlooker]) { low = min(low, $0.bars[0].close[0]) }
      for (name, largest, _) in sizes(onlooker) { #expect(largest <= 10_000, "\(name)") }
    }
    #expect(low < 1e-50)
  }

  /// Planted mistake: estimates that are shared by asset alone.
  @Test("is the same, bit for bit, alone in a panel and among others", arguments: tags)
  func shared(_ tag: String) throws {
    let weights: [Double?] = (0..<40).map { [1, nil, -1, nil][$0 % 4] }
    func look(_ others: [any Agent]) throws -> [[UInt64]] {
      let own = try Onlooker(Observations.document(tag), assets: ["B"], weights: weights)
      runPanel(try Self.hostile(severity: 0.5), others + [own], groups: 2)
      return own.diary.pages.map { page in
        page.numbers.flatMap { number in (0..<Lanes.count).map { number[$0].bitPattern } }
      }
    }
    let others: [any Agent] = [
      // Others ask first, for what differs from the examples in one figure alone.
      try Onlooker(
        """
        [{ "model": "return", "halfLife": 7 }, { "model": "return", "bars": 7 }, { "model": "range", "halfLife": 7 },
         { "model": "indicator", "name": "EMA_5" }]
        """, assets: ["B"]),
      try Onlooker(Self.everything, assets: ["A", "B"], weights: [3]), Restless(leverage: 2),
    ]
    #expect(try look([]) == look(others))
  }

  /// The recorded path is what `stresslab features` does with a file of the same bars, from its bytes to its text.
  @Test("indicators in a panel are the figures of `stresslab features` for the same bars, to 1e-9")
  func indicators() throws {
    let clock = try continuousClock(step: 3600, steps: 60, warmup: 120, substeps: 1)
    let liquidity = Liquidity(
      halfSpreadBps: 2, volumePerDay: 1e6, depthTo1Percent: 1e5, refillHalfLifeSeconds: 60)
    let scenario = Scenario(
      title: "diffusion", clock: clock, assets: [AssetTerms(name: "A", price: 100, liquidity: liquidity)],
      movement: .processes(
        [GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed(0.8))], GaussianDependence()),
      venue: freeVenue())
    let columns = FeatureSet.wide.columns
    for part in stride(from: 0, to: columns.count, by: 100).map({ columns[$0..<min($0 + 100, columns.count)] }) {
      let list = part.map { "{ \"model\": \"indicator\", \"name\": \"\($0.name)\" }" }.joined(separator: ", ")
      let onlooker = try Onlooker("[\(list)]")
      var lines = ["timestamp,open,high,low,close,volume"]
      runPanel(try Market(scenario: scenario, seed: 3), [onlooker]) { tile in
        let bar = tile.bars[0]
        let hours = tile.step.floorModulo(24).padded(2)
        let day = CalendarDay(daysSince1970: 19_724 + tile.step.floorDivided(by: 24))
        let prices = [bar.open, bar.high, bar.low, bar.close, bar.volume].map { "\($0[0])" }
        lines.append("\(day)T\(hours):00:00Z,\(prices.joined(separator: ","))")
      }
      let table = try CSVTable(Array(lines.joined(separator: "\n").utf8), file: "bars.csv")
      let bars = try BarTable(table, BarLayout(in: table))
      var text: [UInt8] = []
      FeatureTable(Array(part), of: bars).write {
        text += $0; return true
      }
      let rows = String(decoding: text, as: UTF8.self).split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst().map {
          $0.isEmpty ? 0 : Double($0) ?? .nan
        }
      }
      #expect(rows.count == 180)
      for step in -1..<59 {
        for (column, pair) in zip(part, zip(try onlooker.seen(step), rows[step + 120])) {
          #expect(
            abs(pair.0 - pair.1) <= 1e-9 * max(1, abs(pair.1)),
            "\(column.name) at step \(step): \(pair.0), not \(pair.1)")
        }
      }
    }
  }
}
