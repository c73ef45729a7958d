import Foundation
import Lab
import Reports
import Statistics
import Testing

/// What survival would be were a fixed figure another: against falls whose ruin is known, and against runs of the scenario with the
/// figure written so; from outcome rows to the page.
@Suite("If a fixed figure were another")
struct WhatIfOnThePageTests {
  private static func market(
    volatility: Double = 0.001, drop: String = "0.2", fall: String = "15m", depth: String = "12000"
  ) -> String {
    Situation.session(
      "\"model\": \"gbm\", \"annualVolatility\": \(volatility)",
      events: """
        "crash": { "model": "flashCrash", "asset": "AAA", "start": "2h", "drop": \(drop), "fall": { "duration": "\(fall)" },
          "recovery": { "fraction": 0, "halfLife": "1h" } }
        """
    ).replacing("\"depthTo1Percent\": 12000", with: "\"depthTo1Percent\": \(depth)")
  }

  private static func study(
    _ agents: [(name: String, leverage: Double)], _ whatIf: String, severities: String = "[0, 1]", paths: Int = 400,
    equity: String = "1000"
  ) -> String {
    Situation.holders(agents, severities: severities, paths: paths)
      + ", \"account\": { \"equity\": \(equity) }\(whatIf.isEmpty ? "" : ", \"whatIf\": { \(whatIf) }")"
  }

  private static let agents = [
    (name: "four", leverage: 4.0), (name: "two", leverage: 2.0), (name: "one", leverage: 1.0),
  ]

  /// Who holds l times his equity is ruined where the price falls by 1/(2l): four at 12.5 %, two at 25 %, one at a half. As written
  /// it falls by 20 %: half of that spares four, twice that takes two.
  ///
  /// Planted mistakes that it was seen to fail with: the figure divided by the factor; the sign of the change; who rises told of
  /// those that were over it before.
  @Test("tells whom half of a fall spares and twice a fall takes, on every path")
  func boundary() throws {
    let situation = try Situation(
      [Self.market()],
      study: Self.study(Self.agents, "\"figures\": { \"fall\": \"/events/*/drop\" }, \"paths\": 400"))
    let worlds = try #require(situation.summary.whatIfs)
    #expect(worlds.map(\.factor) == [0.5, 2] && worlds.allSatisfy { $0.paths == 400 && $0.severity == 1 })
    let survivals = worlds.map { $0.desks.map(\.survival.value) }
    #expect(worlds[0].desks.map(\.agent) == ["four", "one", "two"])
    #expect(survivals == [[1, 1, 1], [0, 1, 0]])
    #expect(worlds.map { $0.desks.map(\.change.value) } == [[1, 0, 0], [0, 0, -1]])
    #expect(
      situation.index.contains(
        "Of 1 fixed figure × ½ or × 2 one at a time (400 paths), fall × ½ takes four · none over 99 % and fall × 2 takes "
          + "two · none under 99 %."))
    let row = try Situation.matches(
      "\nfall\n+four · none up\n+four · none (\\S+) \n([^\n]*)\n+two · none down\n+two · none (\\S+) \n([^\n]*)\n",
      in: situation.index)
    let changes = [worlds[0].desks[0].change, worlds[1].desks[2].change].map {
      $0.pointsText.replacing(" points", with: "").replacing("\u{A0}", with: " ")
    }
    #expect(
      row.map { ["\($0[0]) \($0[1])", "\($0[2]) \($0[3])"] } == [changes] && changes[0].hasPrefix("+100 ["),
      "\(row) \(changes)")
    // The fold has every desk: 400 of 400 is at least (α/2)^(1/400).
    let least = pow(0.025, 1 / 400.0)
    #expect(abs((worlds[0].desks[0].survival.low ?? .nan) - least) < 1e-9)
    let cells = try Situation.matches("\nfour · none\n+(100 %[^\n]*)\n+(0 %[^\n]*)\n", in: situation.index)
    #expect(cells.count == 1 && cells[0][0].contains("at most 0.7"), "\(cells)")
    #expect(situation.index.contains("Where they stand, * for each of a kind: fall: /events/*/drop."))
  }

  /// A figure multiplied in the study, and the same figure written so in the scenario: the very paths are ruined.
  ///
  /// Planted mistakes that it was seen to fail with: events at another severity; ruins as written counted on all paths of the run;
  /// the sign of the change; the largest change in place of the largest either way.
  @Test(
    "ruins the very paths that a run of the scenario with that figure ruins",
    arguments: [
      ("/assets/*/process/annualVolatility", 2.0, Self.market(volatility: 1.6), true),
      // How long it takes to fall moves nobody who holds.
      ("/events/crash/fall/duration", 0.5, Self.market(volatility: 0.8, fall: "7.5m"), false),
      ("/assets/AAA/liquidity/depthTo1Percent", 0.5, Self.market(volatility: 0.8, depth: "6000"), true),
    ])
  func alike(pointer: String, factor: Double, changed: String, isMoved: Bool) throws {
    let agents = [(name: "four", leverage: 4.0), (name: "two", leverage: 2.0)]
    let drop = "{ \"between\": [0.05, 0.35] }"
    // An account that the book feels, so that depth decides something.
    let equity = "400000"
    func world(_ market: String) -> String { market.replacing("\"drop\": 0.2", with: "\"drop\": \(drop)") }
    let asked = try Situation(
      [world(Self.market(volatility: 0.8))],
      study: Self.study(
        agents, "\"figures\": { \"it\": \"\(pointer)\" }, \"factors\": [\(factor)], \"paths\": 250", paths: 300,
        equity: equity))
    let written = try Situation([world(changed)], study: Self.study(agents, "", paths: 250, equity: equity))
    let desks = try #require(asked.summary.whatIfs?.first).desks
    for desk in desks {
      let query =
        "select path from results where cause <> 'none' and severity = 1 and path < 250 and agent = '\(desk.agent)'"
      let before = Set(try asked.rows(query).map { $0[0] })
      let now = Set(try written.rows(query).map { $0[0] })
      #expect(!before.isEmpty && now.count < 250)
      let stored = try asked.rows(
        "select ruined, ruinedAsWritten, newlyRuined from whatIfs where agent = '\(desk.agent)'")
      let counts = [now.count, before.count, now.subtracting(before).count].map(Double.init)
      #expect(stored == [counts], "\(desk.agent)")
      #expect(desk.survival == Proportion(250 - now.count, of: 250).estimate())
      #expect(
        desk.change
          == PairedShares(
            onlyFirst: before.subtracting(now).count, onlySecond: now.subtracting(before).count, of: 250
          ).estimate())
    }
    let most = try #require(desks.max { abs($0.change.value ?? 0) < abs($1.change.value ?? 0) })
    let told = try Situation.matches("\nit\n+[^\n]+\n+([a-z]+) · none [+−]", in: asked.index)
    let isKnown = desks.contains { ($0.change.low ?? 0) > 0 || ($0.change.high ?? 0) < 0 }
    #expect(isKnown || factor != 2)
    #expect(told == (isKnown ? [[most.agent]] : []), "\(told) \(desks.map(\.change))")
    #expect(try !isMoved || asked.number("select sum(newlyRuined) from whatIfs") > 0)
  }

  @Test("says that no desk crosses where none does, and nothing where nothing is asked")
  func none() throws {
    let figures =
      "\"figures\": { \"margin\": \"/venue/maintenanceMargin\", \"fall\": \"/events/*/drop\" }, \"factors\": [0.9]"
    let situation = try Situation([Self.market()], study: Self.study(Self.agents, figures, paths: 100))
    #expect(
      situation.index.contains(
        "Of 2 fixed figures × 0.9 one at a time (100 paths), none takes a desk across 99 % of survival."))
    let plain = try Situation([Self.market()], study: Self.study(Self.agents, "", paths: 50))
    #expect(plain.summary.whatIfs == nil && !plain.index.contains("fixed figure"))
    #expect(try plain.number("select count(*) from whatIfs") == 0)
  }
}
