import Foundation
import Lab
import Reports
import Testing

/// How the page tells events that are no crash: what jumps, what dries up, what waits, and what goes up.
@Suite("The page tells each kind of event")
struct EventKindTests {
  private static let gbm = "\"model\": \"gbm\", \"annualVolatility\": 0.2"

  private static func run(_ events: String, severities: String = "[0, 1]", paths: Int = 400) throws -> Situation {
    let study = Situation.holders([(name: "hold", leverage: 2)], severities: severities, paths: paths)
    return try Situation([Situation.session(gbm, events: events)], study: study)
  }

  /// All labels of the chart of the price in clock time.
  private static func labels(_ situation: Situation) throws -> String {
    let chart = try #require(Report(situation.summary).charts.first { $0.name.contains("s1-aaa-price.") })
    return chart.contents.replacing("\u{A0}", with: " ")
  }

  /// A normal change with standard deviation 0.12 has its middle 90 % in ±0.197; quantiles of 400 paths are right to 0.03.
  ///
  /// Planted mistake: the sentence of the median for a jump that goes both ways.
  @Test("a gap that goes up or down is told by where the paths lie, and marked as a gap without a trough")
  func gapEitherWay() throws {
    let situation = try Self.run(
      """
      "news": { "model": "gap", "asset": "AAA", "start": "2h", "change": { "normal": { "mean": 0, "sd": 0.12 } } }
      """)
    let told = try situation.match(
      "AAA: the middle 90 % of price \\(of the last close before\\) reach from ([0-9.]+) % to ([0-9.]+) % .*? after the event "
        + "starts, from [0-9.]+ % to [0-9.]+ % without the event")
    let ends = told.compactMap { Double($0) }
    #expect(ends.count == 2 && abs((ends.first ?? 0) - 80.3) < 4 && abs((ends.last ?? 0) - 119.7) < 4, "\(told)")
    #expect(try situation.match("AAA: median price \\(of the last close before\\) (falls|rises)").isEmpty)
    let labels = try Self.labels(situation)
    #expect(labels.contains(">news: gap<") && !labels.contains("trough") && !labels.contains("starts<"))
    #expect(try situation.match("\nnews\n+100 % of paths\n+2 h\n+at once\n+(2 h 5 min)") == ["2 h 5 min"])
    #expect(situation.words.contains("dashed: the event at the median time"))
    #expect(
      situation.words.contains(
        "In the file: asset AAA; start 2h; change normal with mean 0 and standard deviation 0.12."))
  }

  @Test("a gap down falls, a gap up rises, by what the file says")
  func gapOneWay() throws {
    for (change, verb, ratio) in [(-0.2, "falls", 0.8), (0.3, "rises", 1.3)] {
      for severities in ["[0, 1]", "[1]"] {
        let situation = try Self.run(
          "\"news\": { \"model\": \"gap\", \"asset\": \"AAA\", \"start\": \"2h\", \"change\": \(change) }",
          severities: severities)
        let told = try situation.match(
          "AAA: median price \\(of the last close before\\) (falls|rises) to [0-9.]+ %, .*?, ([0-9.]+) times")
        #expect(told.first == verb)
        #expect(abs((Double(told.last ?? "") ?? .nan) - ratio) < 0.02, "\(told)")
      }
    }
  }

  /// Planted mistake: the beginning of a plateau called a trough.
  @Test("a drought widens spreads and thins the book, and no sentence lets it move the price")
  func drought() throws {
    let situation = try Self.run(
      """
      "dry": { "model": "drought", "start": "1h", "window": { "rise": "30m", "plateau": "2h", "fall": "30m" },
        "halfSpread": 8, "depth": 0.1 }
      """)
    #expect(try situation.match("AAA: median half-spread (falls|rises) to") == ["rises"])
    #expect(
      try situation.match("AAA: median depth to 1 % (falls|rises) to .*?, (0.1)[0-9]* times") == ["falls", "0.1"])
    #expect(situation.words.contains("AAA: median price (of the last close before) stays within 0.5 % of"))
    #expect(situation.words.contains("full strength from 1 h 30 min"))
    let ends = try situation.matches("(Without the event, )?AAA ends between ([0-9.]+) and ([0-9.]+) on 90 % of paths")
    #expect(ends.count == 2 && Set(ends.map { $0[0] }).count == 2 && ends[0].dropFirst() == ends[1].dropFirst())
    let labels = try Self.labels(situation)
    #expect(labels.contains(">dry starts<") && labels.contains(">full strength<") && !labels.contains("trough"))
  }

  /// Each half-range of a Brownian step scales with its volatility.
  @Test("volatility is told by the range of a step, and no price falls by it")
  func volatility() throws {
    let situation = try Self.run(
      """
      "wild": { "model": "volatility", "start": "1h", "window": { "plateau": "3h" }, "volatility": 4 }
      """)
    let told = try situation.match(
      "AAA: median range of a step (falls|rises) to .*?, ([0-9.]+) times what it is without")
    #expect(told.first == "rises" && abs((Double(told.last ?? "") ?? .nan) - 4) < 0.6, "\(told)")
    #expect(try situation.match("AAA: median price \\(of the last close before\\) (falls|rises)").isEmpty)
    #expect(situation.words.contains("AAA: the middle 90 % of price (of the last close before) reach from"))
  }

  /// A drought moves no price, so a path is as far down at severity 0: of eight times the spread all is its own. Planted
  /// mistakes: not beside severity 0; an interval of another share.
  @Test("an event that waits for prices says on how many paths it starts, and stands beside the same paths without it")
  func waiting() throws {
    let situation = try Self.run(
      """
      "dry": { "model": "drought", "start": { "model": "drawdown", "asset": "AAA", "depth": 0.012 },
        "window": { "plateau": "1h" }, "halfSpread": 8 }
      """)
    let share = try situation.match(
      "It starts when prices make it: at severity 1, before the horizon on ([0-9.]+) % of paths")
    let told = try #require(situation.summary.scenarios[0].events[0].startingShare)
    #expect(told > 0.1 && told < 0.9)
    #expect(abs((Double(share.first ?? "") ?? .nan) - 100 * told) <= 0.5, "\(share), \(told)")
    #expect(situation.words.contains("\ndry\n"))
    #expect(try situation.match("dry\n+([0-9.]+) % of paths") == share)
    // Wilson's interval by hand: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²))/(1 + z²/n).
    let (n, z) = (1024.0, 1.959964)
    let center = told + z * z / (2 * n)
    let spread: Double = z * (told * (1 - told) / n + z * z / (4 * n * n)).squareRoot()
    let ends: [Double] = [center - spread, center + spread].map { 100 * $0 / (1 + z * z / n) }
    let interval = try situation.match("dry\n+[0-9.]+ % of paths \\[([0-9.]+), ([0-9.]+)\\]").compactMap { Double($0) }
    #expect(interval.count == 2 && zip(interval, ends).allSatisfy { abs($0 - $1) < 0.06 }, "\(interval), \(ends)")
    #expect(situation.words.contains("Shares are of the market’s first 1,024 paths, with the 95 % interval (Wilson)"))
    #expect(!situation.words.contains("not beside severity 0"))
    let ratio = try situation.match(
      "AAA: median half-spread rises to .*?, ([0-9.]+) times what it is without the event at that moment")
    #expect(abs((Double(ratio.first ?? "") ?? .nan) - 8) < 0.4, "\(ratio)")
    let labels = try Self.labels(situation)
    #expect(labels.contains(">dry (\(share.first ?? "") %) starts<"))
  }

  @Test("one whose price another event moves is not held against other moments")
  func movedByAnother() throws {
    let situation = try Self.run(
      """
      "dry": { "model": "drought", "start": { "model": "drawdown", "asset": "AAA", "depth": 0.012 },
        "window": { "plateau": "1h" }, "halfSpread": 8 },
      "news": { "model": "gap", "asset": "AAA", "start": "2h", "change": -0.02 }
      """)
    #expect(situation.words.contains("not beside severity 0, where it may start at other times, or not at all"))
    #expect(try situation.match("AAA: median half-spread rises to .*?, ([0-9.]+) times what it was when").count == 1)
  }

  @Test("an event that no path meets is not drawn, and says so")
  func never() throws {
    let situation = try Self.run(
      """
      "dry": { "model": "drought", "start": { "model": "drawdown", "asset": "AAA", "depth": 0.9 },
        "window": { "plateau": "1h" }, "halfSpread": 8 }
      """, severities: "[1]", paths: 64)
    #expect(situation.words.contains("It starts when prices make it, which they do before the horizon on none of"))
    #expect(situation.words.contains("on none of the market’s first 1,024 paths"))
    #expect(!situation.words.contains("shaded:") && !situation.words.contains("dashed:"))
    // Clopper and Pearson's upper end for none of 1,024: 1 − 0.025^(1/1024) = 0.36 %.
    #expect(try situation.match("\ndry\n+0 % of paths \\[0, 0.4\\]\n+(never)\n+never\n+never") == ["never"])
    #expect(!(try Self.labels(situation)).contains("dry"))
  }

  @Test("events that start together share one mark")
  func together() throws {
    let situation = try Self.run(
      """
      "news": { "model": "gap", "asset": "AAA", "start": "2h", "change": 0.1 },
      "wild": { "model": "volatility", "start": { "model": "after", "event": "news" },
        "window": { "plateau": "1h" }, "volatility": 2 }
      """, severities: "[1]", paths: 64)
    #expect(try Self.labels(situation).contains(">news: gap; wild starts<"))
  }

  /// Planted mistake: every turn a trough.
  @Test(
    "the turn of an event is called by its direction",
    arguments: [
      ("drop", "fall", "0.2", "trough", ""), ("rise", "climb", "0.2", "peak", "peak at "),
    ])
  func turns(move: String, way: String, size: String, label: String, cell: String) throws {
    let situation = try Self.run(
      """
      "x": { "model": "flashCrash", "asset": "AAA", "start": "1h", "\(move)": \(size), "\(way)": { "duration": "1h" },
        "recovery": { "fraction": 0.5, "halfLife": "30m" } }
      """, severities: "[1]", paths: 64)
    let labels = try Self.labels(situation)
    #expect(["trough", "peak", "full move"].filter { labels.contains(">\($0)<") } == [label])
    #expect(try situation.match("\nx\n+100 % of paths\n+1 h\n+(.*)2 h\n") == [cell])
  }

  @Test("what goes up on some paths and down on others has a full move")
  func turnsEitherWay() throws {
    let situation = try Self.run(
      """
      "x": { "model": "trend", "asset": "AAA", "start": "1h", "change": { "oneOf": [-0.1, 0.1] }, "duration": "1h" }
      """, severities: "[1]", paths: 64)
    let labels = try Self.labels(situation)
    #expect(labels.contains(">full move<") && !labels.contains("trough") && !labels.contains("peak"))
    #expect(situation.words.contains("full move at 2 h"))
  }
}
