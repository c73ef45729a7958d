import Foundation
import Lab
import Reports
import Statistics
import Testing

/// The frames of the worst path and the trades that moved equity most, against the trace in the store.
@Suite("The worst path as a filmstrip")
struct FilmstripTests {
  private static let crash = Result { try make("none") }
  private static let braked = Result { try make("brake") }

  /// A holder in a crash of 14 %: of six times its equity, or of three times behind a stop.
  private static func make(_ risk: String) throws -> Situation {
    let rules = risk == "none" ? "" : "\"stop\": { \"model\": \"stopLoss\", \"loss\": 0.04 }"
    return try Situation(
      [
        Situation.session(
          "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.14))
      ],
      study: """
        "severities": [1], "panel": { "hold": { "model": "buyAndHold", "leverage": \(risk == "none" ? 6 : 3) } },
        "risk": { "\(risk)": { "rules": { \(rules) } } }, "monteCarlo": { "paths": 100, "seed": 3 }
        """)
  }

  /// The rows of the filmstrip's table, and the trace.
  private func frames(_ situation: Situation) throws -> (rows: [[String]], trace: Trace) {
    let desk = try #require(situation.summary.desks.first)
    let table = try #require(situation.words.components(separatedBy: "what happens\n").dropFirst().first)
    let lines = table.components(separatedBy: "\n").filter { !$0.isEmpty }
    var rows: [[String]] = []
    // A row has six cells; the table ends where a frame's number of cells no longer names a frame.
    var index = 0
    while index + 6 <= lines.count,
      ["Start", "Before", "A loss", "Half-way", "Fall", "Stop", "Ruin", "Margin", "Trough", "End"].contains(
        where: lines[index].hasPrefix)
    {
      rows.append(Array(lines[index..<index + 6]))
      index += 6
    }
    return (rows, try #require(desk.worstPath))
  }

  /// Planted mistake, seen to fail: the price of the close before.
  @Test("each frame has the price, the position and the equity of the trace at its time", arguments: ["none", "brake"])
  func numbers(_ risk: String) throws {
    let situation = try risk == "none" ? Self.crash.get() : Self.braked.get()
    let (rows, trace) = try frames(situation)
    #expect(rows.count == 5 && Set(rows.map { $0[1] }).count == 5, "\(rows)")
    let unit = try #require(situation.summary.scenarios.first).clock.unit
    for row in rows {
      let index = try #require(
        trace.seconds.firstIndex {
          ($0 == 0 ? "at the start" : unit.text($0).replacing("\u{A0}", with: " ")) == row[1]
        },
        "\(row)")
      let price = Double(row[2].components(separatedBy: " ")[1]) ?? .nan
      #expect(abs(price - trace.prices[0].values[index]) <= 0.0051, "\(row)")
      let held = trace.positions[0].values[index]
      let told = row[3] == "holds nothing" ? 0 : Double(row[3].components(separatedBy: " ")[1].replacing(",", with: ""))
      #expect(abs((told ?? .nan) - abs(held)) <= max(0.5, abs(held) * 1e-3), "\(row)")
      let equity = Double(row[4].replacing(" %", with: "")) ?? .nan
      #expect(abs(equity - 100 * trace.equity[index]) <= 0.051, "\(row)")
    }
    // The frames are what they are called.
    let lowest = try #require(trace.equity.min())
    let trough = try #require(rows.first { $0[0].lowercased().contains("trough") })
    #expect(abs((Double(trough[4].replacing(" %", with: "")) ?? .nan) - 100 * lowest) <= 0.051)
    #expect(rows[rows.count - 1][0].lowercased().hasSuffix("end"))
    let end = Double(rows[rows.count - 1][4].replacing(" %", with: "")) ?? .nan
    #expect(abs(end - 100 * (trace.equity.last ?? .nan)) <= 0.051)
    let first = try #require(trace.markers.first { $0.label == "crash starts" })
    let frame = try #require(rows.first { $0[0] != "Start" })
    #expect(frame[0] == "Before" && frame[5].hasPrefix("The last close before “crash” starts."))
    let before = try #require(trace.seconds.last { $0 <= first.seconds + 1e-9 })
    #expect(frame[1] == unit.text(before).replacing("\u{A0}", with: " "))
  }

  @Test(
    "the fall is a step of the event that lost a third of the largest loss or more, and no other frame’s if there is one"
  )
  func fall() throws {
    let (rows, trace) = try frames(Self.crash.get())
    let fall = try #require(rows.first { $0[0].hasPrefix("Fall") })
    let losses = zip(trace.equity, trace.equity.dropFirst()).map { $0 - $1 }.sorted(by: >)
    let told = try #require(fall[5].firstMatch(of: /One step changes equity by −([0-9.]+) %: .*by the event “crash”/))
    let loss = (Double(told.1) ?? .nan) / 100
    #expect(losses.contains { abs($0 - loss) <= 0.00051 } && loss >= losses[0] / 3 - 0.001, "\(fall)")
    let isAlone = fall[0] == "Fall"
    #expect(isAlone == (losses[1] >= losses[0] / 3), "\(losses.prefix(3))")
  }

  /// A gap ruins at once: fall, ruin and trough are one close, and between the close before and that one is none.
  ///
  /// Planted mistakes, seen to fail: one frame fewer; a close half-way that is told with an end that is none.
  @Test("has five moments where the fall, ruin and the trough are one, each with a caption that is true of the trace")
  func ruinAtOnce() throws {
    let gap = Situation.session(
      "\"model\": \"gbm\", \"annualVolatility\": 0.3",
      events: Situation.crash(start: "2h", drop: 0.3).replacing("15m", with: "5m"))
    let situation = try Situation([gap], study: Situation.holders([(name: "hold", leverage: 6)], paths: 50))
    let (rows, trace) = try frames(situation)
    let unit = try #require(situation.summary.scenarios.first).clock.unit
    func index(_ text: String) throws -> Int {
      try #require(
        trace.seconds.firstIndex {
          text == ($0 == 0 ? "the start" : unit.text($0).replacing("\u{A0}", with: " "))
        }, "\(text)")
    }
    #expect(rows.count == 5 && Set(rows.map { $0[1] }).count == 5, "\(rows)")
    let trough = try #require(rows.first { $0[0].lowercased().contains("trough") })
    #expect(trough[0].lowercased().contains("fall") && trough[0].lowercased().contains("ruin"), "\(trough)")
    let halves = rows.filter { $0[0] == "Half-way" }
    #expect(!halves.isEmpty, "\(rows)")
    for row in halves {
      let told = try #require(
        row[5].firstMatch(of: /Half-way from (.*) to (.*); equity (.*)\./), "\(row)")
      let (from, to, here) = (try index(String(told.1)), try index(String(told.2)), try index(row[1]))
      // Both are frames themselves.
      for end in [from, to] {
        #expect(try rows.contains { try index($0[1] == "at the start" ? "the start" : $0[1]) == end })
      }
      #expect(from < here && here < to && abs(here - from - (to - here)) <= 1, "\(row)")
      let change = trace.equity[to] - trace.equity[from]
      let words = told.3.replacing("\u{2212}", with: "-").replacing("+", with: "")
      if let number = words.firstMatch(of: /changes by ([-0-9.]+) % of its start from the one to the other/) {
        #expect(abs((Double(number.1) ?? .nan) - 100 * change) <= 0.051, "\(row)")
      } else {
        #expect(words == "is the same at both" && abs(change) < 1e-6, "\(row)")
      }
    }
    for row in rows where row[0] == "A loss" {
      let told = try #require(row[5].firstMatch(of: /One of the largest losses in a step, −([0-9.]+) %/), "\(row)")
      let here = try index(row[1])
      let loss = trace.equity[here - 1] - trace.equity[here]
      #expect(abs((Double(told.1) ?? .nan) - 100 * loss) <= 0.051, "\(row)")
      let losses = zip(trace.equity, trace.equity.dropFirst()).map { $0 - $1 }.sorted(by: >)
      #expect(loss >= losses[4] - 1e-9, "\(row)")
    }
  }

  /// Planted mistake, seen to fail: an order taken for a stop.
  @Test("a stop has a frame where one was sold at, and none where there was none")
  func stop() throws {
    let braked = try frames(Self.braked.get())
    let trade = try #require(braked.trace.trades.first { $0.reason == .stop })
    let frame = try #require(braked.rows.first { $0[0].lowercased().contains("stop") })
    #expect(frame[5].contains("A stop sold \(Unit.quantity(-trade.quantity)) AAA at \(Unit.price(trade.price))."))
    let free = try frames(Self.crash.get())
    #expect(!free.rows.contains { $0[0].lowercased().contains("stop") })
    let ruined = free.trace.trades.contains { $0.reason == .liquidation }
    #expect(ruined && free.rows.contains { $0[0].contains("uin") || $0[0].lowercased().contains("margin call") })
  }

  /// Planted mistake, seen to fail: the first leg alone.
  ///
  /// Long of what falls and short of what rises, both held six times the equity over.
  @Test("a pair that is closed out by force has both legs in the frame, as the trace has them")
  func pair() throws {
    let market = Situation.session(
      "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.25)
    ).replacing(
      "\"assets\": { ",
      with: "\"assets\": { \"BBB\": { \"price\": 40, \"process\": { \"model\": \"gbm\", \"annualVolatility\": 0.2 }, "
        + "\(Situation.liquidity) }, ")
    let situation = try Situation(
      [market],
      study: """
        "severities": [1], "panel": { "pair": { "model": "buyAndHold", "leverage": 6, "weights": { "AAA": 1, "BBB": -1 } } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 40, "seed": 3 }
        """)
    let trace = try #require(situation.summary.desks.first?.worstPath)
    let forced = trace.trades.filter { $0.reason == .liquidation }
    let first = try #require(forced.first)
    let legs = forced.filter { abs($0.seconds - first.seconds) < 300 }
    try #require(Set(legs.map(\.asset)) == ["AAA", "BBB"], "\(forced)")
    let sentence = try #require(
      situation.match("Closed out by force: ([^\n]*?)\\. (?:[A-Z]|\n)|Closed out by force: ([^\n]*)").first {
        !$0.isEmpty
      })
    for leg in legs.prefix(3) {
      let words =
        "\(leg.quantity < 0 ? "sold" : "bought") \(Unit.quantity(abs(leg.quantity))) \(leg.asset) at \(Unit.price(leg.price))"
      #expect(sentence.contains(words), "\(sentence): \(words)")
    }
  }

  /// Planted mistake, seen to fail: an event that comes after ruin taken for one that had come.
  @Test("of a desk that was ruined before the event it is told that it had not come yet, and of others it is not")
  func notYet() throws {
    let jumps = """
      "model": "merton", "annualVolatility": 0.6, "jumpsPerYear": 12, "meanJump": -0.12, "jumpVolatility": 0.02
      """
    let early = try Situation(
      [Situation.daily(jumps, events: Situation.crash(start: "35d", drop: 0.05))],
      study: Situation.holders([(name: "hold", leverage: 4)], paths: 200))
    let trace = try #require(early.summary.desks.first?.worstPath)
    let ruin = try #require(trace.markers.first { $0.label != "crash starts" })
    #expect(ruin.seconds < 35 * 23_400)
    let told = try early.match("Ruin came by ([0-9.]+) d; “crash” had not come yet: on this path it starts 35 d in")
    #expect(abs((Double(told.first ?? "") ?? .nan) - ruin.seconds / 23_400) < 0.051)
    #expect(try !Self.crash.get().words.contains("had not come yet"))
  }

  /// Planted mistake, seen to fail: stretches told with the fills before them.
  @Test("each trade that moved equity is one of the trace, with what equity did until the next")
  func trades() throws {
    for situation in [try Self.crash.get(), try Self.braked.get()] {
      let (trace, unit) = (try frames(situation).trace, try #require(situation.summary.scenarios.first).clock.unit)
      let told = try situation.matches(
        "By ([^:\n]*?) (bought|sold) ([0-9,.]+) AAA at ([0-9.]+) \\([^:\n]*: equity changes by (\u{2212}|\\+)([0-9.]+) % of its"
      )
      // In the report, and on the desk's page.
      let moves = (trace.holdings ?? []) + (trace.holdings ?? [])
      #expect(!told.isEmpty && told.count == moves.count, "\(told)")
      for (words, move) in zip(told, moves) {
        let trade = try #require(trace.trades.first { $0.seconds > move.from + 1 })
        #expect(words[0] == unit.text(trade.seconds).replacing("\u{A0}", with: " "))
        #expect((words[1] == "sold") == (trade.quantity < 0) && words[3] == Unit.price(trade.price))
        let from = try #require(trace.seconds.firstIndex { $0 >= move.from - 1 })
        let next = trace.trades.first { $0.seconds > trade.seconds + 1 }?.seconds
        let to = try #require(next.map { next in trace.seconds.lastIndex { $0 < next - 1 } } ?? trace.seconds.count - 1)
        let change = trace.equity[to] - trace.equity[from]
        #expect(abs((Double(words[5]) ?? .nan) - abs(100 * change)) <= 0.051, "\(words) \(change)")
        #expect((words[4] == "+") == (change > 0))
      }
    }
  }
}
