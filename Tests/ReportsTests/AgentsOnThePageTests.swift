import Foundation
import Lab
import Reports
import Statistics
import Testing

/// The rows of small charts, the table of ruin and the pages of desks, from the outcome rows.
@Suite("Agent by agent")
struct AgentsOnThePageTests {
  private static let made = Result {
    try Situation([VerdictOnThePageTests.market], study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders))
  }
  private let situation: Situation

  init() throws { situation = try Self.made.get() }

  private func reads(_ text: String, _ value: Double) -> Bool { VerdictOnThePageTests.reads(text, value) }

  private func from(_ agent: String, _ risk: String, severity: Int = 1) -> String {
    "from results where severity = \(severity) and agent = '\(agent)' and risk = '\(risk)'"
  }

  /// Quantiles of counts are right to the width of a bin, some 2 % of the value.
  ///
  /// Planted mistake that it was seen to fail with: the median and the 5th percentile changed places.
  @Test("has a row for each agent with what the store says of each profile")
  func rows() throws {
    for (agent, risks) in [("bold", ["capped", "none"]), ("mild", ["capped", "none"])] {
      let survived = try risks.map { try situation.number("select avg(cause = 'none') \(from(agent, $0))") }
      let title = try situation.match(
        "\(agent) survives ([0-9.]+) % behind capped and ([0-9.]+) % behind none \\(of paths\\)")
      // Of an agent that both profiles leave alike there is one line.
      guard title.count == 2 else {
        #expect(try situation.match("\(agent) survives ([0-9.]+) % behind capped and none, alike").count == 1)
        continue
      }
      for (text, share) in zip(title, survived) { #expect(reads(text, 100 * share), "\(agent) \(title)") }
      for risk in risks {
        let row = try situation.match(
          "\n\(risk)\n+([0-9.]+) % \\[[^\\]]*\\]\n+([0-9.]+) %\n+([0-9.]+) %\n+([0-9.]+) %\n")
        try #require(row.count == 4)
        if agent == "bold" {
          let ends = try situation.rows("select finalEquity / startEquity \(from(agent, risk)) order by 1").map {
            $0[0]
          }
          let lost = try situation.number(
            "select avg(min(minimumEquity, finalEquity) <= 0.8 * startEquity) \(from(agent, risk))")
          #expect(abs((Double(row[1]) ?? .nan) / 100 / ends[199] - 1) < 0.03, "\(row) \(ends[199])")
          #expect(abs((Double(row[2]) ?? .nan) / 100 / ends[19] - 1) < 0.03, "\(row) \(ends[19])")
          #expect(reads(row[3], 100 * lost), "\(row) \(lost)")
        }
      }
    }
  }

  /// Planted mistake that it was seen to fail with: the panel always drawn.
  @Test("leaves out a panel of survival where nobody is ruined, and says so")
  func nothingToSay() throws {
    let charts = Report(situation.summary).charts.filter { $0.name.hasSuffix("-profiles.svg") }
    let bold = try #require(charts.first { $0.name.contains("bold") }?.contents)
    let mild = try #require(charts.first { $0.name.contains("mild") }?.contents)
    #expect(bold.contains(">not ruined<") && bold.contains(">survival at a loss<"))
    #expect(!mild.contains(">not ruined<") && mild.contains("no path is ruined"))
  }

  /// Planted mistake that it was seen to fail with: two sessions told in days.
  @Test("counts hours in the small panels of a market of two sessions, as its other charts do")
  func hours() throws {
    let long = VerdictOnThePageTests.market.replacing("\"length\": \"6.5h\"", with: "\"length\": \"13h\"")
    let study = VerdictOnThePageTests.study(VerdictOnThePageTests.holders, paths: 64)
    let charts = Report(try Situation([long], study: study).summary).charts.filter {
      $0.contents.contains(">trading time<") || $0.contents.contains(">trading time since the start<")
    }
    #expect(charts.contains { $0.name.hasSuffix("-profiles.svg") } && charts.count > 5)
    for chart in charts {
      let units = Set(chart.contents.matches(of: />[0-9.]+\u{A0}(d|h|min)</).map { String($0.1) })
      #expect(units == ["h"], "\(chart.name) \(units)")
    }
  }

  /// Planted mistake that it was seen to fail with: with and without changed places.
  @Test("tells with and without the event how many are ruined, of the desks that lose a path, and names the others")
  func ruin() throws {
    let with = try situation.number("select avg(cause <> 'none') \(from("bold", "none"))")
    let without = try situation.number("select avg(cause <> 'none') \(from("bold", "none", severity: 0))")
    let cell = "([0-9.]+) %\n+\\[[^\\]]*\\]\n+"
    let row = try situation.match(
      "\nbold · none\n+\(cell)\(cell)\(cell)margin|\nbold · none\n+\(cell)\(cell)\(cell)loss"
    )
    .filter { !$0.isEmpty }
    try #require(row.count == 3)
    for (text, share) in zip(row, [with, without, with - without]) {
      #expect(reads(text, 100 * share), "\(row) \(share)")
    }
    #expect(with > without)
    let spared = try situation.match("No path of ([^\n]*) is ruined with the event or without \\(each: no exception")
      .first
    #expect(spared == "bold · capped, mild · capped and mild · none", "\(spared ?? "")")
  }

  /// Planted mistake that it was seen to fail with: shares of twice as many paths.
  @Test("tells of what and when the ruined were ruined, each share with its interval")
  func shares() throws {
    let ruined = try situation.number("select sum(cause <> 'none') \(from("bold", "none"))")
    let story = try #require(
      situation.summary.ruins?.first { ruins in
        situation.summary.desks.contains {
          $0.desk == ruins.desk && $0.agent == "bold" && $0.risk == "none" && $0.severity == 1
        }
      })
    for (cause, word) in [("liquidation", "margin"), ("equityBelow", "loss limit")] {
      let paths = try situation.number(
        "select sum(cause = '\(cause)') from results where severity = 1 and agent = 'bold' and risk = 'none'")
      let share = Proportion(Int(paths), of: Int(ruined)).estimate()
      let told = try situation.match("\n(?:, )?\(word) ([0-9.]+) % ?\n\\[([0-9.]+), ([0-9.]+)\\]\n")
      guard paths > 0 else {
        #expect(told.isEmpty, "\(told)")
        continue
      }
      try #require(told.count == 3, "\(word)")
      for (text, value) in zip(told, [share.value, share.low, share.high]) {
        #expect(reads(text, 100 * (value ?? .nan)), "\(told) \(share)")
      }
    }
    let fall = story.moments.filter { $0.moment == .fall }.reduce(0) { $0 + $1.paths }
    let share = Proportion(fall, of: Int(ruined)).estimate()
    let told = try situation.match("in the fall ([0-9.]+) % ?\n\\[([0-9.]+), ([0-9.]+)\\]\n")
    try #require(told.count == 3)
    for (text, value) in zip(told, [share.value, share.low, share.high]) {
      #expect(reads(text, 100 * (value ?? .nan)), "\(told) \(share)")
    }
  }

  /// Planted mistakes that it was seen to fail with: impact in event windows alone; costs without their base.
  @Test("tells how much of the cost of its own orders is impact, in the panel’s table and on the desk’s page")
  func impact() throws {
    let terms = ["halfSpread", "impact", "fees"].map { "sum(\($0)Calm + \($0)Event)" }
    let columns = try situation.rows(
      """
      select \(terms.joined(separator: ", ")) from outcomes join desks using (desk)
        where severity = 1 and agent = 'bold' and risk = 'none'
      """)[0]
    let share = 100 * columns[1] / columns.reduce(0, +)
    try #require(share > 1 && share < 99)
    let interval = "\\[([0-9.]+), ([0-9.]+)\\]"
    func match(_ pattern: String, in words: String) throws -> [String] {
      let whole = words as NSString
      let found = try NSRegularExpression(pattern: pattern)
        .firstMatch(in: words, range: NSRange(location: 0, length: whole.length))
      return found.map { found in (1..<found.numberOfRanges).map { whole.substring(with: found.range(at: $0)) } } ?? []
    }
    let page = try #require(Report(situation.summary).pages.first { $0.name == "desk-bold-none.html" }).contents
    let said = try match(
      "Its own orders cost [0-9.]+ bps \\[[^\\]]*\\] of traded notional, ([0-9.]+) % \(interval) of that by impact, with forced "
        + "sales [0-9.]+ bps \\[[^\\]]*\\] of traded notional; ", in: Situation.words(page))
    let table = try #require(situation.index.components(separatedBy: "n = 400 paths for each desk").dropFirst().first)
    let cell = try match(
      "\nbold · none\n+[\\s\\S]*?\n[0-9.]+ bps \n+\\[[^\\]]*\\]\n+([0-9.]+) % \n+\(interval)\n", in: table)
    for told in [said, cell] {
      try #require(told.count == 3, "\(said) \(cell)")
      #expect((Double(told[1]) ?? .nan) <= share && share <= (Double(told[2]) ?? .nan), "\(told) \(share)")
      #expect(reads(told[0], share), "\(told) \(share)")
    }
    let title = try match(
      "bold · none: its own orders cost [0-9.]+ bps \\[[^\\]]*\\] of traded notional, ([0-9.]+) % \(interval) of it impact, with "
        + "forced sales [0-9.]+ bps \\[[^\\]]*\\] of traded notional\n", in: Situation.words(page))
    #expect(title.first == said.first, "\(title)")
    for heading in ["calm, bps of starting equity", "in event windows, bps of starting equity"] {
      #expect(Situation.words(page).contains("\n\(heading)\n"), "\(heading)")
    }
    for heading in ["impact, of the cost without forced sales", "cost with forced sales, of notional"] {
      #expect(situation.index.contains("\n\(heading)\n"), "\(heading)")
    }
  }

  /// Planted mistake that it was seen to fail with: the impaired of severity 0.
  @Test("says on the desk’s page how many paths were impaired and how many of these recovered")
  func recovery() throws {
    // A crash that is all but undone on some paths: one impaired desk in so many recovers, the others do not.
    let market = VerdictOnThePageTests.market
      .replacing(
        "\"fraction\": 0.5, \"halfLife\": \"1h\"",
        with: "\"fraction\": { \"between\": [0.3, 1] }, \"halfLife\": \"20m\"")
    try #require(market != VerdictOnThePageTests.market)
    let situation = try Situation([market], study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders))
    let counts = try situation.rows(
      "select sum(impairedSeconds95 is not null), sum(state95 = 'recovered') \(from("bold", "none"))")[0]
    let told = try situation.match(
      "\n(?:[^\n]*)bold · none survives [^\n]* ([0-9]+) of 400 paths were impaired. That one recovers, to 95 %, has a probability of "
        + "([0-9.]+) % [^\n]*?, by Aalen–Johansen, where an impairment counts for as long as it is seen; ([0-9]+) of the ([0-9]+) "
        + "had recovered when the horizon came\\."
    )
    try #require(told.count == 4)
    #expect(counts[1] >= 20 && counts[0] - counts[1] >= 20, "\(counts)")
    #expect(Double(told[0]) == counts[0] && told[3] == told[0], "\(told) \(counts)")
    #expect(abs((Double(told[1]) ?? .nan) - 100 * counts[1] / counts[0]) < 2, "\(told) \(counts)")
    #expect(Double(told[2]) == counts[1], "\(told) \(counts)")
  }

  /// Planted mistake that it was seen to fail with: the figures with the event in both columns.
  @Test("has on each desk’s page every measure with its n, beside the same without the event")
  func figures() throws {
    let report = Report(situation.summary)
    let page = Situation.words(try #require(report.pages.first { $0.name == "desk-bold-none.html" }?.contents))
    for (measure, column, factor) in [("survival", "cause = 'none'", 100.0), ("mean return", "finalReturn", 100)] {
      let pattern = try NSRegularExpression(
        pattern: "\n\(measure)\n+([0-9.\u{2212}]+) % \\[[^\\]]*\\]\n+(400)\n+([0-9.\u{2212}]+) % ")
      let whole = page as NSString
      let match = try #require(
        pattern.firstMatch(in: page, range: NSRange(location: 0, length: whole.length)), "\(measure)")
      let texts = (1...3).map { whole.substring(with: match.range(at: $0)) }
      for (text, severity) in [(texts[0], 1), (texts[2], 0)] {
        let value = try situation.number("select avg(\(column)) \(from("bold", "none", severity: severity))")
        #expect(reads(text, factor * value), "\(measure) \(texts)")
      }
    }
    for measure in [
      Measures.ExecutionCost().heading, Measures.CostWithForcedSales().heading, Measures.TimeUnderWater().title,
      Measures.ImpactShare().title,
      "median \(Measures.DrawdownQuantiles().title)", "5th percentile of \(Measures.FinalReturnQuantiles().title)",
    ] { #expect(page.contains("\n\(measure)\n"), "\(measure)") }
    #expect(page.contains("See also: ") && page.contains("\nbold · capped\n"))
  }

  /// Planted mistake that it was seen to fail with: the desk whose worst path ends highest.
  @Test("tells the path that ends lowest of all desks")
  func worst() throws {
    let lowest = try situation.rows(
      "select path, finalEquity / startEquity from results where severity = 1 order by 2, 1 limit 1")[0]
    let told = try situation.match(
      "Of all desks’ worst paths the one that ends lowest is that of \n+(bold · none)\n+\\.(?: It is ruined without the event too\\.| Of paths that it survives [^.]+\\.[0-9] % of the start, ruined\\.)* "
        + "Each desk’s worst path ends")
    #expect(told == ["bold · none"])
    let title = try situation.match("bold · none: path ([0-9]+) ends with ([0-9.]+) % of its starting equity")
    #expect(Double(title.first ?? "") == lowest[0] && reads(title.last ?? "", 100 * lowest[1]), "\(title) \(lowest)")
  }
}
