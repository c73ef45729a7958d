import Foundation
import Lab
import Reports
import Statistics
import Testing

/// What profiles, losses and impact cost as the answer has it, from the outcome rows.
@Suite("What the answer says in money and points")
struct PricesInTheAnswerTests {
  private static let made = Result {
    try Situation([VerdictOnThePageTests.market], study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders))
  }
  private let situation: Situation

  init() throws { situation = try Self.made.get() }

  /// Planted mistake that it was seen to fail with: the means of severity 1.
  @Test("says what the profile costs one agent without the event: both means, and their difference path by path")
  func calmPrice() throws {
    let alone = try Situation(
      [VerdictOnThePageTests.market],
      study: VerdictOnThePageTests.study("\"bold\": { \"model\": \"buyAndHold\", \"leverage\": 4.1 }"))
    let number = "([0-9.\u{2212}]+) % \\[([0-9.\u{2212}]+), ([0-9.\u{2212}]+)\\]"
    let told = try alone.match(
      "Without the event, on the same paths, bold’s mean return is \(number) behind “capped” and \(number) behind “none”, a "
        + "difference of \\+?([0-9.\u{2212}]+) \\[([0-9.\u{2212}]+), ([0-9.\u{2212}]+)\\] points\\."
    )
    try #require(told.count == 9)
    let columns = try ["capped", "none"].map { risk in
      try alone.rows(
        "select finalReturn from results where severity = 0 and agent = 'bold' and risk = '\(risk)' order by path"
      ).map { $0[0] }
    }
    let differences = zip(columns[0], columns[1]).map { $0 - $1 }
    for (place, returns) in (columns + [differences]).enumerated() {
      let estimate = Moments(returns).estimate()
      #expect(VerdictOnThePageTests.reads(told[3 * place], 100 * returns.reduce(0, +) / 400), "\(told)")
      #expect(VerdictOnThePageTests.reads(told[3 * place + 1], 100 * (estimate.low ?? .nan)), "\(told)")
      #expect(VerdictOnThePageTests.reads(told[3 * place + 2], 100 * (estimate.high ?? .nan)), "\(told)")
    }
    let stressed = try Situation(
      [VerdictOnThePageTests.market],
      study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders, severities: "[1]", paths: 64))
    #expect(!stressed.words.contains("on the same paths, “capped”"))
  }

  /// Planted mistake that it was seen to fail with: the change without the event in place of that with it.
  @Test("says from where to where the profile changes the return without the event, over all agents")
  func calmPrices() throws {
    let means = try ["bold", "mild"].map { agent in
      let returns = try ["capped", "none"].map { risk in
        try situation.number(
          "select avg(finalReturn) from results where severity = 0 and agent = '\(agent)' and risk = '\(risk)'")
      }
      return (agent: agent, difference: 100 * (returns[0] - returns[1]))
    }.sorted { $0.difference < $1.difference }
    let number = "\\+?([0-9.\u{2212}]+) \\[[^\\]]+\\]"
    let range = try situation.match(
      "“capped” instead of “none” changes the mean return by \(number) \\(([a-z]+)\\) to \(number) points "
        + "\\(([a-z]+)\\); with the event by \(number) \\(([a-z]+)\\) to \(number) points \\(([a-z]+)\\)\\."
    )
    let sentence = try situation.match("changes the mean return by ([^\n]*)")
    try #require(range.count == 8, "\(sentence)")
    let stressed = try ["bold", "mild"].map { agent in
      let returns = try ["capped", "none"].map { risk in
        try situation.number(
          "select avg(finalReturn) from results where severity = 1 and agent = '\(agent)' and risk = '\(risk)'")
      }
      return (agent: agent, difference: 100 * (returns[0] - returns[1]))
    }.sorted { $0.difference < $1.difference }
    #expect(
      VerdictOnThePageTests.reads(range[4], stressed[0].difference) && range[5] == stressed[0].agent,
      "\(range) \(stressed)")
    #expect(
      VerdictOnThePageTests.reads(range[6], stressed[1].difference) && range[7] == stressed[1].agent,
      "\(range) \(stressed)")
    #expect(
      VerdictOnThePageTests.reads(range[0], means[0].difference) && range[1] == means[0].agent, "\(range) \(means)")
    #expect(
      VerdictOnThePageTests.reads(range[2], means[1].difference) && range[3] == means[1].agent, "\(range) \(means)")
  }

  /// The mild one holds the same behind the cap and without it: no path differs, and nothing says which difference could be told.
  @Test("says of how many comparisons a difference could be told where it can't of all")
  func detectableOfSome() throws {
    let compared = try Situation(
      [VerdictOnThePageTests.market],
      study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders)
        + ", \"compare\": [{ \"desk\": \"bold/none\", \"against\": \"mild/none\" }, "
        + "{ \"desk\": \"mild/capped\", \"against\": \"mild/none\" }]")
    let known = try #require(compared.summary.comparisons).compactMap(\.detectableSurvival)
    try #require(known.count == 1)
    #expect(
      compared.words.contains("; one of 2 comparisons has too few paths that differ to say."))
  }

  /// Nobody is ruined here, so that the median path and the worst ones are far apart.
  @Test("says the account, and what the weakest desk loses in money, as the store has it")
  func money() throws {
    let panel = VerdictOnThePageTests.holders.replacing("4.1", with: "3")
    let situation = try Situation([VerdictOnThePageTests.market], study: VerdictOnThePageTests.study(panel))
    let from = "from results where severity = 1 and agent = 'bold' and risk = 'none'"
    let (start, returns) = (
      try situation.number("select startEquity \(from)"),
      try situation.rows("select finalReturn \(from) order by finalReturn").map { $0[0] }
    )
    let amount = "([0-9,.]+)(?: \\[[0-9,.]+, [0-9,.]+\\])?"
    let told = try situation.match(
      "Each account starts with ([0-9,.]+) in the quote currency: bold · none loses \(amount) on the median path, and \(amount) "
        + "on the mean of the worst 5 % of paths\\.")
    try #require(told.count == 3)
    #expect(VerdictOnThePageTests.reads(told[0], start))
    // To the digits that the interval lets be known: within one and a half per cent here.
    let (median, worst) = ((returns[199] + returns[200]) / 2, returns[..<20].reduce(0, +) / 20)
    for (text, share) in [(told[1], median), (told[2], worst)] {
      let money = Double(text.replacing(",", with: "")) ?? .nan
      #expect(abs(money / (-share * start) - 1) < 0.015, "\(told) \(share * start)")
    }
  }

  @Test("of scenarios whose accounts start with different sums says whose account it is")
  func accounts() throws {
    let thin = VerdictOnThePageTests.market.replacing("\"volumePerDay\": 5", with: "\"volumePerDay\": 6")
      .replacing("\"title\": \"Session\"", with: "\"title\": \"Thin\"")
    try #require(thin != VerdictOnThePageTests.market)
    let both = try Situation(
      [VerdictOnThePageTests.market, thin],
      study: VerdictOnThePageTests.study(VerdictOnThePageTests.holders, severities: "[1]", paths: 64))
    let sums = try both.rows("select distinct startEquity from results").map { $0[0] }
    try #require(sums.count == 2)
    let told = try both.match(
      "The account of bold · none in “(Session|Thin)” starts with ([0-9,.]+) in the quote currency: it loses")
    try #require(told.count == 2)
    let scenario = try #require(both.summary.scenarios.first { $0.title == told[0] }?.name)
    let start = try both.number("select min(startEquity) from results where scenario = '\(scenario)'")
    #expect(VerdictOnThePageTests.reads(told[1], start), "\(told) \(sums)")
  }

  /// Planted mistakes that it was seen to fail with: the name of the least beside the figure of the most; impact for forced sales;
  /// the least share of forced sales for the most.
  @Test("says from whom to whom impact is how much of what own orders cost, with the store’s figures")
  func impact() throws {
    let told = try situation.match(
      "Of what a desk’s own orders cost, its impact is ([0-9.]+) % \\[[^(]*\\(([a-z]+ · [a-z]+)\\) to ([0-9.]+) % \\[[^(]*"
        + "\\(([a-z]+ · [a-z]+)\\), with accounts of this size; forced sales, whose cost is booked as one, are up to ([0-9.]+) % "
        + "\\[[^(]* of all that trading costs \\(([a-z]+ · [a-z]+)\\)\\.")
    try #require(told.count == 6)
    let terms = ["halfSpread", "impact", "fees"].map { "sum(\($0)Calm + \($0)Event)" }
    for (share, name) in [(told[0], told[1]), (told[2], told[3])] {
      let desk = try #require(situation.summary.desks.first { $0.severity == 1 && $0.name == name }).desk
      let sums = try situation.rows(
        """
        select \(terms.joined(separator: ", ")) from outcomes where desk = \(desk)
        """)[0]
      #expect(VerdictOnThePageTests.reads(share, 100 * sums[1] / sums.reduce(0, +)), "\(told) \(sums)")
    }
    let forced = try situation.rows(
      """
      select desks.desk, sum(liquidationCalm + liquidationEvent),
        sum(liquidationCalm + liquidationEvent + \(terms.map { $0.dropFirst(4).dropLast() }.joined(separator: " + ")))
      from outcomes join desks using (desk) where severity = 1 group by desks.desk
      """
    ).map { (desk: Int($0[0]), share: 100 * $0[1] / $0[2]) }
    let most = try #require(forced.max { $0.share < $1.share })
    #expect(
      VerdictOnThePageTests.reads(told[4], most.share)
        && situation.summary.desks.first { $0.desk == most.desk }?.name == told[5], "\(told) \(forced)")
  }
}
