import Foundation
import Lab
import Reports
import Testing

/// Each sentence in a situation in which it was once false, against the store. Nothing in it is left to chance but what a
/// fixed seed fixes: the claims are about the sample at hand.
@Suite("Every claim of the page is true of the store")
struct ClaimsTests {
  private static let gbm = "\"model\": \"gbm\", \"annualVolatility\": 0.2"

  @Test("equals have no superlative: six desks that all survive are told as six that survive")
  func ties() throws {
    let agents = (0..<6).map { (name: "h\($0)", leverage: 1 + Double($0) / 10) }
    let tie = try Situation([Situation.session(Self.gbm)], study: Situation.holders(agents, paths: 100))
    #expect(try tie.number("select count(*) from outcomes where cause <> 0") == 0)
    #expect(tie.words.contains("In “Session”, each of the 6 desks that trade survives 100 % [96.4, 100] of 100 paths."))
    for word in [
      "survives least", "survive least", "survives most", "survive most", "Lowest survival", "Highest survival",
    ] {
      #expect(!tie.words.contains(word), "\(word)")
    }
    // What differs stands in the panel's table as the store has it.
    let costs = try tie.rows(
      """
      select d.desk, sum(halfSpreadCalm + halfSpreadEvent + impactCalm + impactEvent + feesCalm + feesEvent)
        / sum(filledNotionalCalm + filledNotionalEvent) from outcomes d group by d.desk order by d.desk
      """)
    let table = try #require(tie.index.components(separatedBy: "n = 100 paths for each desk").dropFirst().first)
    for (index, row) in costs.enumerated() {
      let told = try Situation.matches("\nh\(index) · none\n[\\s\\S]*?\n([0-9.]+) bps", in: table).first ?? []
      #expect(abs((Double(told.first ?? "") ?? .nan) - 1e4 * row[1]) <= 0.051, "\(told) \(row)")
    }
  }

  @Test("of three desks of which two are equal, the two are named together")
  func partOfATie() throws {
    let agents = [(name: "calm", leverage: 1.0), (name: "cool", leverage: 1.1), (name: "wild", leverage: 8)]
    let market = Situation.daily("\"model\": \"gbm\", \"annualVolatility\": 0.3")
    let situation = try Situation([market], study: Situation.holders(agents, paths: 100))
    let ruined = try situation.rows("select desk, sum(cause <> 0) from outcomes group by desk order by desk")
    #expect(ruined[0][1] == 0 && ruined[1][1] == 0 && ruined[2][1] > 0)
    #expect(situation.words.contains("wild · none survives least: "))
    #expect(
      situation.words.contains(
        "calm · none and cool · none survive most often, alike: 100 % [96.4, 100] of 100 paths each"))
    #expect(situation.words.contains("(calm · none and cool · none)"))
  }

  @Test("a single desk is neither worst nor best, lowest nor highest")
  func single() throws {
    let study = Situation.holders([(name: "hold", leverage: 3)], severities: "[0, 1]", paths: 100)
    let situation = try Situation(
      [Situation.session(Self.gbm, events: Situation.crash(start: "2h", drop: 0.1))], study: study)
    for word in ["survives least", "survives most", "Lowest", "Highest", "Most ", "Largest"] {
      #expect(!situation.words.contains(word), "\(word)")
    }
    #expect(situation.words.contains("In “Session”, hold · none survives"))
  }

  /// The factor is 1/5 at the end of the fall and nearer to 1 over each step before and after it.
  @Test("a volume that falls to a fifth falls in its title, with severity 0 and without")
  func fallingVolume() throws {
    let events = Situation.crash(
      start: "2h", drop: 0.0001, more: "\"volume\": 0.2, \"halfSpread\": 0.5, \"depth\": 3, ")
    for severities in ["[0, 1]", "[1]"] {
      let study = Situation.holders([(name: "hold", leverage: 1)], severities: severities, paths: 200)
      let situation = try Situation([Situation.session(Self.gbm, events: events)], study: study)
      let volume = try situation.match("AAA: median volume per step (falls|rises) to ([^ ]+) .*?, ([0-9.]+) times")
      #expect(volume.first == "falls")
      #expect((0.2...0.3).contains(Double(volume.last ?? "") ?? .nan), "\(volume)")
      #expect(try situation.match("AAA: median half-spread (falls|rises) to") == ["falls"])
      #expect(try situation.match("AAA: median depth to 1 % (falls|rises) to") == ["rises"])
      #expect(situation.words.contains("AAA: median price (of the last close before) stays within 0.5 % of"))
      #expect(!situation.words.contains("to 100 %") && !situation.words.contains("to 100.0 %"))
    }
  }

  /// With the file's drop of 15 % the median at the trough is 0.85 times the one without the event, to the width of a bin,
  /// since both markets draw the same numbers; over all times the median without it is far higher, by the drift.
  @Test("what an event does to a price is told against the same moment without it")
  func atThatMoment() throws {
    let events = Situation.crash(start: "1h", drop: 0.15)
    let study = Situation.holders([(name: "hold", leverage: 1)], severities: "[0, 1]", paths: 400)
    let drifting = "\"model\": \"gbm\", \"annualVolatility\": 0.1, \"annualDrift\": 10"
    let situation = try Situation([Situation.session(drifting, events: events)], study: study)
    let title = try situation.match(
      "AAA: median price \\(of the last close before\\) falls to ([0-9.]+) %, ([^,]*) after the event starts, ([0-9.]+) times what it is without the "
        + "event at that moment")
    #expect(title.count == 3 && title[1] == "15 min")
    #expect(abs((Double(title.last ?? "") ?? .nan) - 0.85) < 0.011, "\(title)")
  }

  @Test("no share reads as all or none of the paths that is not, in any sentence about survival")
  func rounding() throws {
    let agents = [(name: "one", leverage: 1.0), (name: "two", leverage: 1.6), (name: "five", leverage: 5)]
    let market = Situation.daily("\"model\": \"gbm\", \"annualVolatility\": 0.45")
    let situation = try Situation([market], study: Situation.holders(agents, paths: 3000))
    for desk in situation.summary.desks {
      let (ruined, paths) = (
        try situation.number("select sum(cause <> 0) from outcomes where desk = \(desk.desk)"), 3000.0
      )
      let share = 1 - ruined / paths
      let told = try situation.matches("\(desk.agent) · none(?:\n+It)? survives ([0-9.]+) %")
      #expect(told.count >= 2)
      for text in told.map({ $0[0] }) {
        let decimals = text.contains(".") ? text.split(separator: ".")[1].count : 0
        let value = Double(text) ?? .nan
        #expect(abs(value - 100 * share) <= 0.5 * pow(10, -Double(decimals)) + 1e-9, "\(text) of \(share)")
        #expect((value == 100) == (share == 1) && (value == 0) == (share == 0), "\(text) of \(share)")
      }
    }
    // One death in thousands is among them, or the test shows nothing.
    let rare = try situation.rows("select sum(cause <> 0) from outcomes group by desk").map { $0[0] }
    #expect(rare.contains { $0 > 0 && $0 < 10 })
  }

  @Test("the mean time survived is that of the store, and half of the ruined were ruined by the time that is told")
  func timeSurvived() throws {
    let market = Situation.daily("\"model\": \"gbm\", \"annualVolatility\": 0.6")
    let situation = try Situation([market], study: Situation.holders([(name: "hold", leverage: 4)], paths: 500))
    #expect(!situation.words.contains("On average it lives"))
    let told = try situation.match(
      "the mean time survived is ([0-9.]+) d \\[.*?\\], survivors counted with all of it; of the ruined, half or more "
        + "were so by ([0-9.]+) d")
    let day = 23_400.0
    let mean = try situation.number("select avg(ifnull(ruinSeconds, 40 * \(day))) / \(day) from results")
    #expect(abs((Double(told.first ?? "") ?? .nan) - mean) <= 0.051, "\(told), \(mean)")
    let half = Double(told.last ?? "") ?? .nan
    let ruined = try situation.number("select count(*) from results where cause <> 'none'")
    func by(_ days: Double) throws -> Double {
      try situation.number("select count(*) from results where ruinSeconds <= \((days + 0.05) * day)")
    }
    #expect(try ruined > 0 && by(half) >= ruined / 2 && by(half - 0.5) < ruined / 2)
  }

  @Test("the mean return stands in the decision table whether severity 0 was run or not, as the store has it")
  func meanReturn() throws {
    for severities in ["[0, 1]", "[1]"] {
      let study = Situation.holders([(name: "hold", leverage: 2)], severities: severities, paths: 300)
      let situation = try Situation(
        [Situation.session(Self.gbm, events: Situation.crash(start: "2h", drop: 0.1))], study: study)
      let mean = try situation.number("select avg(finalReturn) from results where severity = 1")
      let table = situation.index.components(separatedBy: "The panel at a glance\n").dropLast().last ?? ""
      #expect(table.contains("mean return"), "\(severities)")
      let told = try #require(situation.summary.desks.last).finalReturnMean.value ?? .nan
      #expect(abs(told - mean) < 1e-12)
      #expect(table.contains("\u{2212}\(String(format: "%.1f", -100 * mean)) %"), "\(mean): \(table)")
    }
  }

  @Test("what the panel’s leverage goes with is what the store says of the desks with it and without it")
  func leverage() throws {
    let agents = [(name: "bold", leverage: 6.0), (name: "mild", leverage: 3), (name: "plain", leverage: 1)]
    let market = Situation.daily("\"model\": \"gbm\", \"annualVolatility\": 0.4")
    let situation = try Situation([market], study: Situation.holders(agents, paths: 300))
    #expect(!situation.words.contains("between 5 and 95"))
    let survived = try situation.rows("select avg(cause = 0) from outcomes group by desk order by desk").map { $0[0] }
    let told = try situation.match(
      "the desks of these agents that trade survive ([0-9.]+) % to ([0-9.]+) % of paths, those of the others ([0-9.]+) %"
    )
    let shares = told.map { (Double($0) ?? .nan) / 100 }
    #expect(shares.count == 3)
    for (share, store) in zip(shares, [survived[0], survived[1], survived[2]]) { #expect(abs(share - store) < 0.006) }
  }

  @Test("the worst path is the store’s, ends as its row does, and never with a negative share of something left")
  func debts() throws {
    let jumps = """
      "model": "merton", "annualVolatility": 1.6, "jumpsPerYear": 8, "meanJump": -0.5, "jumpVolatility": 0.05
      """
    let situation = try Situation(
      [Situation.daily(jumps)], study: Situation.holders([(name: "hold", leverage: 4)], paths: 200))
    let worst = try situation.rows(
      "select path, finalEquity / startEquity, deficit / startEquity from outcomes order by 2 limit 1")[0]
    #expect(worst[1] < 0 && worst[2] > 0)
    #expect(try situation.matches("\u{2212}[0-9.]+ % of its (starting )?equity").isEmpty)
    let story = try situation.match("Nothing is left, and it owes ([0-9.]+) % of its starting equity")
    #expect(abs((Double(story.first ?? "") ?? .nan) / 100 - worst[2]) <= 0.00051, "\(story)")
    let title = try situation.match("path ([0-9]+) ends with a debt of ([0-9.]+) % of its starting equity")
    #expect(Double(title.first ?? "") == worst[0])
    #expect(abs((Double(title.last ?? "") ?? .nan) / 100 + worst[1]) <= 0.00051, "\(title)")
  }

  @Test("what one market leaves out is not said of another: resampled history has its clusters of volatility")
  func limitsOfHistory() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let history = """
      { "stresslab": "scenario/1", "title": "Recorded", "clock": { "step": "1d", "length": "20d", "warmup": "20d",
          "start": "2024-01-03", \(Situation.sessions) },
        "history": { "model": "stationaryBootstrap",
          "file": "\(root)/fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv",
          "columns": { "time": "timestamp", "asset": "symbol", "unadjustedClose": "close_unadjusted" },
          "from": "2000-03-01", "to": "2013-03-01", "meanBlock": "10d" },
        "assets": { "AAPL": { "price": 430, "history": "AAPL", "liquidity": { "halfSpreadBps": 1,
          "depthTo1Percent": 150000, "refillHalfLife": "20s" } } },
        "venue": { "takerFeeBps": 1, "initialMargin": 0.25, "maintenanceMargin": 0.1 } }
      """
    let study = Situation.holders([(name: "hold", leverage: 1)], paths: 16)
    let both = try Situation([history, Situation.session(Self.gbm)], study: study)
    #expect(try both.match("(.*)Volatility moves with events only: no clusters") == ["In “Session”: "])
    #expect(try both.match("(.*)Resampled rows keep") == ["In “Recorded”: "])
    let alone = try Situation([history], study: study)
    #expect(!alone.words.contains("no clusters"))
  }

  @Test("a market without events has no sentence of one, at whatever severities it runs")
  func withoutEvents() throws {
    let study = Situation.holders([(name: "hold", leverage: 2)], severities: "[0, 1]", paths: 100)
    let situation = try Situation([Situation.session(Self.gbm)], study: study)
    let parts = situation.words.components(separatedBy: "What the words and figures are\n")
    try #require(parts.count == 2)
    let page = parts[0] + parts[1].components(separatedBy: "How to make this report again").dropFirst().joined()
    for word in ["the event", "Without the event", "shaded", "event alone"] { #expect(!page.contains(word), "\(word)") }
    #expect(situation.words.contains("AAA: median half-spread"))
  }

  @Test("of several events charts in event time say which of them they count from")
  func severalEvents() throws {
    let first = Situation.crash(start: "1h", drop: 0.1)
    let events = first + ", " + first.replacing("\"crash\"", with: "\"late\"").replacing("1h\"", with: "3h\"")
    let study = Situation.holders([(name: "hold", leverage: 1)], severities: "[0, 1]", paths: 64)
    let earliest = try Situation([Situation.session(Self.gbm, events: events)], study: study)
    #expect(earliest.words.contains("after the first event starts"))
    #expect(!earliest.words.contains("Without the event,") && earliest.words.contains("Without the events,"))
    let named = try Situation(
      [Situation.session(Self.gbm, events: events)], study: study + ", \"recovery\": { \"from\": \"late\" }")
    #expect(named.words.contains("after “late” starts"))
    // Both fall by a tenth. From the start of the second to its trough, from 1.75 to 2 half-lives behind the trough of the
    // first, what comes back of the first is the share of log price that is half of the price, times 2^−1.75 − 2^−2.
    let back = (1 - log(0.95) / log(0.9)) * (exp2(-1.75) - 0.25)
    let ratio = try named.match("AAA: median price .*? falls to .*?, ([0-9.]+) times what it is without the events")
    #expect(abs((Double(ratio.first ?? "") ?? .nan) - exp(log(0.9) * (1 - back))) < 0.011, "\(ratio)")
  }

  @Test("an event that starts on some paths alone says on how many")
  func seldomEvent() throws {
    let event = Situation.crash(start: "x", drop: 0.1).replacing("\"x\"", with: "{ \"between\": [\"3h\", \"10h\"] }")
    let study = Situation.holders([(name: "hold", leverage: 1)], paths: 32)
    let situation = try Situation([Situation.session(Self.gbm, events: event)], study: study)
    // 3.5 of 7 hours lie before the horizon; 1,024 paths, four standard errors.
    let share = try situation.match("It starts before the horizon on ([0-9.]+) % of paths")
    #expect(abs((Double(share.first ?? "") ?? .nan) - 50) < 6.3, "\(share)")
  }
}
