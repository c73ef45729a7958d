import Foundation
import Lab
import Reports
import Statistics
import Testing

/// What the first screen says, from the outcome rows: a market whose crash ruins who holds much of it, with rules that hold it
/// down and without.
@Suite("The answer")
struct VerdictOnThePageTests {
  static let market = Situation.session(
    "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.12))

  /// A panel behind no rule and behind a cap of leverage.
  static func study(_ panel: String, severities: String = "[0, 1]", paths: Int = 400, cap: Double = 1.5) -> String {
    """
    "severities": \(severities), "panel": { \(panel) },
    "risk": { "capped": { "rules": { "cap": { "model": "leverageCap", "leverage": \(cap) } } }, "none": { "rules": {} } },
    "monteCarlo": { "paths": \(paths), "seed": 3 }
    """
  }

  static let holders = """
    "bold": { "model": "buyAndHold", "leverage": 4.1 }, "mild": { "model": "buyAndHold", "leverage": 1 }
    """

  private static let made = Result { try Situation([market], study: study(holders)) }
  private let situation: Situation

  init() throws { situation = try Self.made.get() }

  /// Whether a printed number is a value, to the last digit that is printed.
  static func reads(_ text: String, _ value: Double) -> Bool {
    let plain = text.replacing(",", with: "").replacing("\u{2212}", with: "-")
    let decimals = plain.contains(".") ? plain.split(separator: ".")[1].count : 0
    guard let number = Double(plain) else { return false }
    return abs(number - value) <= 0.5 * pow(10, -Double(decimals)) + 1e-9
  }

  /// Three desks lose no path; behind the cap and without it the mild one holds the same. Of 400 paths the worst twentieth is
  /// too few for an interval, without which nobody is told from another.
  @Test("of several that survive most often names those that lose least in their worst paths, with the store’s figure")
  func safest() throws {
    let situation = try Situation([Self.market], study: Self.study(Self.holders, severities: "[1]", paths: 2000))
    let survived = try situation.rows("select avg(cause = 'none') from results group by desk").map { $0[0] }
    try #require(survived.count { $0 == 1 } == 3)
    let told = try situation.match(
      "\nsafest\n+In “Session”, mild · capped and mild · none are safest: 3 of 4 desks survive most, alike, "
        + "100 % \\[[0-9.]+, 100\\] of 2,000 paths; of these they lose least in the worst 5 % of paths, ([0-9.]+) % "
        + "\\[[^\\]]+\\] on the mean; the next is bold · capped, ([0-9.]+) % \\[[^\\]]+\\]\\.")
    try #require(told.count == 2)
    let losses = try ["bold", "mild"].map { agent in
      let returns = try situation.rows(
        "select finalReturn from results where agent = '\(agent)' and risk = 'capped' order by finalReturn limit 100"
      ).map { $0[0] }
      return -100 * returns.reduce(0, +) / 100
    }
    #expect(losses[1] < losses[0] && Self.reads(told[0], losses[1]), "\(told) \(losses)")
    #expect(Self.reads(told[1], losses[0]), "\(told) \(losses)")
    #expect(!self.situation.index.contains("safest") && self.situation.index.contains("\nsurvives\n"))
  }

  /// A stop at a loss of 3 % is flat after the crash, on the median path of the store's fan too.
  @Test("says of the one safest desk that it holds nothing after the event, where its median path does")
  func flatAfterwards() throws {
    let stopped = Self.study(Self.holders, severities: "[1]", paths: 2000)
      .replacing("leverageCap\", \"leverage\": 1.5", with: "stopLoss\", \"loss\": 0.03")
    let situation = try Situation([Self.market], study: stopped)
    let fan = try #require(situation.summary.desks.first { $0.name == "mild · capped" }?[.leverage])
    try #require(fan.p50.last == 0)
    let told = try situation.match(
      "mild · capped is safest: ([0-9]) of 4 desks survive [^:]* worst 5 % of paths, ([0-9.]+) % \\[[^\\]]+\\] on the mean "
        + "\\(flat ([0-9a-z ]+) after the event, on the median\\); the next is")
    try #require(told.count == 3)
    let returns = try situation.rows(
      "select finalReturn from results where agent = 'mild' and risk = 'capped' order by finalReturn limit 100"
    ).map { $0[0] }
    #expect(Self.reads(told[1], -returns.reduce(0, +)), "\(told)")
    let hours = (fan.seconds.last ?? 0) / 3600
    #expect(told[2].hasPrefix("\(Int(hours)) h"), "\(told) \(hours)")
    // Who still holds something is not said to hold nothing.
    let held = try Situation(
      [Self.market],
      study: Situation.holders(
        [(name: "bold", leverage: 4.1), (name: "mild", leverage: 1), (name: "little", leverage: 0.5)], paths: 2000))
    let share = try held.match(
      "little · none is safest: 2 of 3 desks survive [^(]*\\(it holds ([0-9.]+) times its equity [^)]* after the event, on the median\\)"
    )
    let last = held.summary.desks.first { $0.agent == "little" }?[.leverage]?.p50.last
    #expect(Self.reads(share.first ?? "", last ?? .nan) && !held.index.contains("(flat "), "\(share)")
  }

  @Test("says before any figure how strong a signal agents see, where the market has one")
  func signal() throws {
    let process = """
      "model": "predictableReturns", "annualVolatility": 0.2, "signal": { "deviation": 3, "halfLife": "1h" }
      """
    let situation = try Situation(
      [Situation.session(process, events: Situation.crash(start: "2h", drop: 0.12))],
      study: Self.study(Self.holders, paths: 16))
    let opening = try #require(situation.index.components(separatedBy: "\nsurvival at least").first)
    #expect(opening.contains("; AAA: agents see a signal worth a Sharpe ratio up to 15 a year, as in no real market"))
  }

  /// Planted mistake that it was seen to fail with: figures without a source left out of those that rest on judgement.
  @Test("says before any figure what the event, the profile and ruin are")
  func setting() throws {
    let opening = try #require(situation.index.components(separatedBy: "\nsurvival at least").first)
    let flat = opening.split(separator: "\n").joined(separator: " ")
    #expect(flat.contains("crash AAA falls 12 %, within 15 min (start: 2 h); what comes back of it: "))
    #expect(flat.contains("capped leverage at most 1.5 ×"))
    #expect(
      flat.contains(
        "tested 2 agents, aiming at up to 4.1 times their equity, each behind 2 risk profiles (a pair is a desk), on 400 paths of AAA over "
          + "6 h 30 min of trading"))
    let parameters = try #require(situation.summary.scenarios.first).parameters.count
    #expect(
      flat.contains(
        "not said how often such a market comes or what it returns: it is made up, no figure is a forecast; "
          + "intervals are about the number of paths alone; \(parameters) of its "
          + "\(parameters) figures rest on judgement"))
    #expect(
      flat.contains("ruin liquidated by the venue, equity at or under zero, or equity at or under 50 % of the start"))
  }

  /// z of 0.975 and of 0.8. Only one of both profiles loses paths, so that as many differ as that one loses.
  ///
  /// Planted mistake that it was seen to fail with: a power of a half.
  @Test("says which difference could be told apart between the profiles that differ most, where nothing is compared")
  func detectable() throws {
    let lost = try situation.rows(
      "select sum(cause <> 'none') from results where severity = 1 and agent = 'bold' group by risk order by risk"
    ).map { $0[0] }
    try #require(lost.count == 2 && lost[0] == 0 && lost[1] >= 10)
    let told = try situation.match(
      "With 400 paths a difference in survival between bold · capped and bold · none of ([0-9.]+) points, or less, could be "
        + "told apart four times in five; the study names no comparison.")
    let expected = 100 * (1.95996 + 0.84162) * (lost[1] / 400 / 400).squareRoot()
    #expect(Self.reads(told.first ?? "", expected), "\(told) \(expected)")
  }

  @Test("has a sentence for each scenario")
  func scenarios() throws {
    let calm = Situation.session("\"model\": \"gbm\", \"annualVolatility\": 0.1", title: "Quiet")
    let both = try Situation([Self.market, calm], study: Self.study(Self.holders, severities: "[1]", paths: 64))
    #expect(
      both.index.contains("In “Session”, bold · capped, mild · capped and mild · none survive most often, alike: "))
    #expect(both.index.contains("In “Quiet”, each of the 4 desks that trade survives 100 % [94.4, 100] of 64 paths."))
  }

  /// Planted mistakes: desks that are too close to call pass; the mean return without the event in the column of that with it.
  @Test("says which desks pass all limits, whose limits they are, and puts those first that miss least")
  func passing() throws {
    let lines = try #require(situation.summary.criteria).lines
    let stressed = situation.summary.desks.filter { $0.severity == 1 }
    try #require(
      stressed.allSatisfy { desk in
        lines.contains { $0.desk == desk.desk && $0.verdict != .pass && $0.verdict != .nothingToJudge }
      })
    #expect(
      situation.index.contains(
        "None of 4 desks passes all of the usual limits (a judgement: the study sets none)."
      ))
    // Limits of its own, which all meet but the holder of much behind no rule.
    let own = try Situation(
      [Self.market],
      study: Self.study(Self.holders)
        + ", \"criteria\": [{ \"measure\": \"survival\", \"atLeast\": 0.9 }, { \"measure\": \"lossExceedance\", \"loss\": 0.4, \"atMost\": 0.5 }]"
    )
    let judged = own.summary.desks.filter { $0.severity == 1 }
    let verdicts = try #require(own.summary.criteria).lines
    func missed(_ desk: DeskSummary) -> Int { verdicts.count { $0.desk == desk.desk && $0.verdict != .pass } }
    let passes = judged.filter { missed($0) == 0 }.map { "\($0.agent) · \($0.risk)" }
    try #require(!passes.isEmpty && passes.count < 4, "\(verdicts.map(\.verdict))")
    let told = try own.match(
      "([0-9]) of 4 desks pass(?:es)? all of the limits that the study set before it ran: ([^\n]+?)\\.\n+survives\n+In “Session”"
    )
    try #require(told.count == 2)
    #expect(told.first == "\(passes.count)")
    for desk in judged {
      let name = "\(desk.agent) · \(desk.risk)"
      #expect(told[1].contains(name) == (missed(desk) == 0), "\(told)")
    }
    let calm = try own.rows(
      "select sum(cause = 'none'), sum(min(minimumEquity, finalEquity) < 0.6 * startEquity) from results where severity = 0 "
        + "group by agent, risk")
    let living = calm.count { counts in
      (Proportion(Int(counts[0]), of: 400).clopperPearson(confidence: 0.9).low ?? 0) >= 0.9
        && (Proportion(Int(counts[1]), of: 400).clopperPearson(confidence: 0.9).high ?? 1) <= 0.5
    }
    let others = judged.filter { missed($0) > 0 }.map { "\($0.agent) · \($0.risk)" }.joined(separator: ", ")
    try #require(passes.count == 3)
    #expect(
      living == 4
        && own.index.contains(
          "\n\(passes.count) of 4 desks pass with the event, and 4 without (\(others) without it alone)."),
      "\(calm)")
    #expect(own.index.contains("✗ fails at severity 1; in grey"))
    // And what each returns on the same paths with the event and without, in columns that nobody judges.
    #expect(own.index.contains("mean return with the event\n") && own.index.contains("mean return without the event\n"))
    #expect(own.index.contains("; returns are not judged"))
    for desk in judged {
      let row = try own.match(
        "\n\(desk.agent) · \(desk.risk)\n+(?:[a-z]+ · [a-z]+\n+)*(?:[✓✗?]\n[^\n]+\n[^\n]+\n+){2}([\u{2212}0-9.]+) % \n\\[[^\n]+\n+([\u{2212}0-9.]+) % \n\\["
      )
      let means = try [1, 0].map { severity in
        try own.number(
          """
          select 100 * avg(finalReturn) from results
          where severity = \(severity) and agent = '\(desk.agent)' and risk = '\(desk.risk)'
          """)
      }
      try #require(row.count == 2)
      #expect(Self.reads(row[0], means[0]) && Self.reads(row[1], means[1]), "\(desk.name) \(row) \(means)")
    }
    let rows = try own.matches("\n([a-z]+ · [a-z]+)\n+(?:[a-z]+ · [a-z]+\n+)*[✓✗?]\n").compactMap(\.first)
    let counts = rows.compactMap { row in judged.first { "\($0.agent) · \($0.risk)" == row }.map(missed) }
    #expect(counts == counts.sorted() && Set(counts).count > 1, "\(rows)")
  }

  /// Planted mistakes that it was seen to fail with: the marks of pass and fail changed places; the bounds did.
  @Test("judges each desk in a row with a mark, the store’s number and the bound that decides, and leads to its page")
  func decisions() throws {
    let marks = ["pass": "✓", "fail": "✗", "tooClose": "?"]
    for desk in situation.summary.desks where desk.severity == 1 {
      let lines = try #require(situation.summary.criteria).lines.filter { $0.desk == desk.desk }
      let verdict = try #require(lines.first { $0.criterion.measure == "survival" }?.verdict)
      let survived = try situation.number(
        "select avg(cause = 'none') from results where severity = 1 and agent = '\(desk.agent)' and risk = '\(desk.risk)'"
      )
      let row = try situation.match(
        "\n\(desk.agent) · \(desk.risk)\n+(?:[a-z]+ · [a-z]+\n+)?([✓✗?])\n+ ([0-9.]+) % \n([≥≤]) ([0-9.]+)\n")
      try #require(row.count == 4, "\(desk.name)")
      #expect(row.first == marks[verdict.rawValue], "\(desk.name) \(row)")
      #expect(Self.reads(row[1], 100 * survived), "\(row) \(survived)")
      // Clopper and Pearson's bounds, each missed by one in twenty: who passes is at least so good, who fails at most.
      let bounds = Proportion(Int((survived * 400).rounded()), of: 400).clopperPearson(confidence: 0.9)
      try #require(verdict == .pass || verdict == .fail)
      let bound = verdict == .pass ? bounds.low : bounds.high
      #expect(row[2] == (verdict == .pass ? "≥" : "≤") && Self.reads(row[3], 100 * (bound ?? .nan)), "\(row)")
    }
    #expect(situation.index.contains("in grey the one-sided 95 % bound that decides"))
    let page = Report(situation.summary).page
    #expect(page.contains("<span title=\"fails: "))
    #expect(page.contains("<a href=\"desk-bold-none.html\">bold\u{A0}· none</a>"))
  }

  @Test("names desks that never traded in a line, and gives desks of the same figures one row")
  func merged() throws {
    // A cap that nobody reaches changes nothing.
    let panel = Self.holders + ", \"idle\": { \"model\": \"flat\" }"
    let situation = try Situation([Self.market], study: Self.study(panel, paths: 64, cap: 9))
    #expect(situation.index.contains("idle · capped and idle · none never traded."))
    #expect(situation.index.contains("Desks with the same figures share a row."))
    #expect(try situation.match("\nbold · capped\n+(bold · none)\n+[✓✗?]").count == 1)
    #expect(situation.index.contains("Behind capped and none it is the same in every figure."))
    #expect(situation.index.contains("behind capped and none, alike (of paths)"))
    let names = Report(situation.summary).pages.map(\.name)
    #expect(!names.contains { $0.contains("idle") } && names.contains("desk-bold-capped.html"))
  }
}

extension DeskSummary {
  /// "bold · capped", as the page has it.
  var name: String { "\(agent) · \(risk)" }
}
