import Foundation
import Lab
import Reports
import Statistics
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What the page of several reports says, from their stores.
@Suite("The page that compares reports")
struct ComparisonPageTests {
  private static let market = Situation.session(
    "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.12))

  /// A panel of three, one of which does nothing.
  private static func study(_ bold: Double, _ mild: Double, paths: Int = 400) -> String {
    """
    "severities": [1], "panel": { "bold": { "model": "buyAndHold", "leverage": \(bold) },
      "idle": { "model": "flat" }, "mild": { "model": "buyAndHold", "leverage": \(mild) } },
    "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": \(paths), "seed": 3 }
    """
  }

  /// The baseline, one whose bold desk holds more, and one of fewer paths whose mild desk holds as much as the bold one.
  private struct Made: Sendable {
    let situations: [Situation]
    let words: String
    let page: String

    init() throws {
      situations = [
        try Situation([ComparisonPageTests.market], study: ComparisonPageTests.study(3.6, 1)),
        try Situation([ComparisonPageTests.market], study: ComparisonPageTests.study(4.1, 1)),
        try Situation([ComparisonPageTests.market], study: ComparisonPageTests.study(3.6, 3.9, paths: 300)),
      ]
      page = try ComparisonPageTests.page(situations, names: ["before", "after", "other"], margin: 0.01)
      words = Situation.words(page)
    }

    /// By path, whether a desk came to the horizon.
    func survives(_ run: Int, _ agent: String, paths: Int) throws -> [Bool] {
      try situations[run].rows("select cause = 'none' from results where agent = '\(agent)' order by path")
        .prefix(paths).map { $0[0] == 1 }
    }
  }

  private static let made = Result { try Made() }
  private let made: Made

  init() throws { made = try Self.made.get() }

  private static func page(_ situations: [Situation], names: [String], margin: Double) throws -> String {
    let comparisons = try RunComparison.all(
      baseline: situations[0].report, candidates: situations.dropFirst().map(\.report), margin: margin)
    return ComparisonPage(
      baseline: ComparedReport(names[0]),
      candidates: zip(names.dropFirst().map { ComparedReport($0) }, comparisons).map { ($0, $1) }
    ).text
  }

  private func pairs(_ candidate: Int, _ agent: String) throws -> (before: [Bool], after: [Bool], PairedShares) {
    let paths = candidate == 1 ? 400 : 300
    let (before, after) = (
      try made.survives(0, agent, paths: paths), try made.survives(candidate, agent, paths: paths)
    )
    try #require(before.count == paths && after.count == paths)
    return (
      before, after,
      PairedShares(
        onlyFirst: zip(after, before).count { $0 && !$1 }, onlySecond: zip(after, before).count { !$0 && $1 }, of: paths
      )
    )
  }

  private static func percent(_ values: [Bool]) -> Double { 100 * Double(values.count { $0 }) / Double(values.count) }

  /// Numbers as the page writes them.
  private static func number(_ text: String) -> Double {
    Double(text.replacing(",", with: "").replacing("\u{2212}", with: "-").replacing("+", with: "")) ?? .nan
  }

  /// Whether a text is a share with its bounds in percent, each to its last digit.
  private static func reads(_ text: String, _ estimate: Estimate) throws -> Bool {
    let numbers = try matches("([+−]?[0-9.]+)", in: text).map { $0[0].replacing("+", with: "") }
    return numbers.count == 3
      && zip(numbers, [estimate.value, estimate.low, estimate.high]).allSatisfy {
        VerdictOnThePageTests.reads($0, 100 * ($1 ?? .nan))
      }
  }

  /// The groups of all matches of a pattern.
  private static func matches(_ pattern: String, in text: String) throws -> [[String]] {
    let expression = try NSRegularExpression(pattern: pattern)
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { match in
      (1..<max(match.numberOfRanges, 1)).map {
        match.range(at: $0).location == NSNotFound ? "" : whole.substring(with: match.range(at: $0))
      }
    }
  }

  /// Bounds by Tango's interval of 90 %, held against the margin by hand.
  private func verdict(_ candidate: Int, _ agent: String) throws -> String {
    let bounds = try pairs(candidate, agent).2.estimate(confidence: 0.9)
    if (bounds.low ?? -1) >= -0.01 { return "not worse" }
    return (bounds.high ?? 1) < -0.01 ? "worse" : "too close to call"
  }

  @Test("says how many desks of each candidate came out how, and which are worse")
  func answer() throws {
    try #require(try verdict(1, "bold") == "worse" && verdict(2, "mild") == "worse")
    #expect(
      made.words.contains(
        "\nafter\n: of 3 desks, 1 is worse (bold/none in market0 at severity 1) and 2 are without any difference, at a margin of "
          + "1 %.\n"), "\(made.words)")
    #expect(
      made.words.contains(
        "\nother\n: of 3 desks, 1 is worse (mild/none in market0 at severity 1) and 2 are without any difference, at a margin of "
          + "1 %.\n"))
    #expect(
      made.words.contains("lies under −1 %, not worse where the lower bound reaches that, and else too close to call."))
    #expect(made.words.contains("after: Path by path, on the 400 paths 0…399 of both runs."))
    #expect(made.words.contains("other: Path by path, on the 300 paths 0…299 of both runs."))
  }

  @Test("has survival of each report at its own number, with the verdict and the difference of the stores")
  func table() throws {
    for agent in ["bold", "mild"] {
      let figure = "([0-9.]+) %"
      let row = try #require(
        try Self.matches(
          "\n\(agent) · none\n+((?:\(figure)\n+(?:n = [0-9]+, for [a-z]+\n+)?)+)"
            + "\(figure)\n+([✓✗?=] [^\n]+)\n+(?:difference ([^\n]+)\n+)?\(figure)\n+([✓✗?=] [^\n]+)\n+(?:difference ([^\n]+)\n)?",
          in: made.words
        ).first ?? nil, "\(made.words)")
      #expect(row.count == 8)
      let baseline = try Self.matches("([0-9.]+) %\n+(?:n = ([0-9]+), for ([a-z]+))?", in: row[0])
      for candidate in [1, 2] {
        let (before, after, shares) = try pairs(candidate, agent)
        let name = ["after", "other"][candidate - 1]
        // One number for both where it reads alike.
        let own = baseline.count == 1 ? baseline[0] : try #require(baseline.first { $0[2] == name })
        #expect(VerdictOnThePageTests.reads(own[0], Self.percent(before)), "\(row)")
        if baseline.count > 1 { #expect(own[1] == "\(before.count)", "\(row)") }
        let told = row[candidate == 1 ? 2 : 5]
        #expect(VerdictOnThePageTests.reads(told, Self.percent(after)), "\(row)")
        let isSame = candidate == 1 ? agent == "mild" : agent == "bold"
        let expected = isSame ? "= no difference" : try verdict(candidate, agent)
        #expect(row[candidate == 1 ? 3 : 6].hasSuffix(expected), "\(row)")
        guard !isSame else { continue }
        #expect(try Self.reads(row[candidate == 1 ? 4 : 7], shares.estimate(confidence: 0.95)), "\(row)")
      }
    }
  }

  /// Of each interval the ends lie where the axis has them: two marks of it give the scale.
  @Test("draws the differences in survival where they are, filled where the interval is without 0, and prints them")
  func forest() throws {
    let drawings = try Self.matches("(?s)(<svg class=\"chart w\".*?</svg>)", in: made.page)
    let drawing = try #require(drawings.first?.first)
    #expect(drawings.count == 1)
    let texts = try Self.matches("<text[^>]*>([^<]*)</text>", in: drawing).map { $0[0] }
    #expect(texts.contains("← survives less") && texts.contains("survives more →") && texts.contains("margin"))
    let ticks = try Self.matches("<text x=\"([0-9.]+)\" y=\"[0-9.]+\" class=\"t c\">(−?[0-9.]+)</text>", in: drawing)
    try #require(ticks.count >= 2)
    let scale = ticks.map { (x: Double($0[0]) ?? 0, value: Self.number($0[1])) }
    let slope = (scale[scale.count - 1].x - scale[0].x) / (scale[scale.count - 1].value - scale[0].value)
    let whiskers = try Self.matches("class=\"q2\" d=\"M([0-9.]+) ([0-9.]+)h([0-9.]+)", in: drawing)
    try #require(whiskers.count == 2, "\(drawing)")
    for (number, (candidate, agent)) in [(1, "bold"), (2, "mild")].enumerated() {
      let estimate = try pairs(candidate, agent).2.estimate(confidence: 0.95)
      let (low, high) = (100 * (estimate.low ?? 0), 100 * (estimate.high ?? 0))
      #expect(try texts.contains { try Self.reads($0, estimate) }, "\(texts) \(estimate)")
      let start = Double(whiskers[number][0]) ?? 0
      for (place, end) in [(start, low), (start + (Double(whiskers[number][2]) ?? 0), high)] {
        let drawn = scale[0].value + (place - scale[0].x) / slope
        #expect(abs(drawn - end) < 1.5 / slope + 0.05, "\(drawn) \(end) \(whiskers)")
      }
      #expect(high < 0)
    }
    #expect(try Self.matches("class=\"(h s[12])\"", in: drawing).isEmpty)
    // Both are filled, each in its candidate's colour and shape, and the key has both.
    #expect(try Self.matches("class=\"(f s1)\"", in: drawing).count == 2)
    #expect(try Self.matches("class=\"(f s2)\"", in: drawing).count == 2)
    #expect(made.words.contains("1 of 3 desks survives less in after; 1 of 3 desks survives less in other"))
    #expect(texts.contains { $0.hasPrefix("Not drawn, as every path ends alike: idle · none.") }, "\(texts)")
  }

  @Test("has mean returns behind a disclosure, with their differences path by path")
  func returns() throws {
    let section = try #require(made.words.components(separatedBy: "\nmean return\n").last)
    let number = "([−0-9.]+)"
    let row = try #require(
      try Self.matches(
        "\nbold · none\n+(?:\(number) %\n+n = 400, for after\n+\(number) %\n+n = 300, for other\n+)\(number) %\n+difference "
          + "([^\n]+)\n", in: section
      ).first ?? nil, "\(section.prefix(900))")
    let columns = try [0, 1].map { run in
      try made.situations[run].rows("select finalReturn from results where agent = 'bold' order by path").map { $0[0] }
    }
    func mean(_ values: [Double]) -> Double { 100 * values.reduce(0, +) / Double(values.count) }
    #expect(VerdictOnThePageTests.reads(row[0], mean(columns[0])), "\(row)")
    #expect(VerdictOnThePageTests.reads(row[1], mean(Array(columns[0].prefix(300)))), "\(row)")
    #expect(VerdictOnThePageTests.reads(row[2], mean(columns[1])), "\(row)")
    let estimate = Moments(zip(columns[1], columns[0]).map { $0 - $1 }).estimate()
    let told = try Self.matches("([+−]?[0-9.]+)", in: row[3]).map { Self.number($0[0]) }
    for (number, value) in zip(told, [estimate.value, estimate.low, estimate.high]) {
      #expect(abs(number - 100 * (value ?? .nan)) <= 0.051, "\(row) \(estimate)")
    }
  }

  /// A path or two more may be lost than before, and none for sure.
  @Test("leaves a mark hollow whose interval holds 0")
  func hollow() throws {
    let slight = try Situation([Self.market], study: Self.study(3.62, 1))
    let columns = try [made.situations[0], slight].map { situation in
      try situation.rows("select cause = 'none' from results where agent = 'bold' order by path").map { $0[0] == 1 }
    }
    let lost = zip(columns[0], columns[1]).count { $0 && !$1 }
    try #require(lost < 4, "\(lost)")
    let page = try Self.page([made.situations[0], slight], names: ["a", "b"], margin: 0)
    let drawing = try #require(try Self.matches("(?s)(<svg class=\"chart w\".*?</svg>)", in: page).first?.first)
    #expect(try Self.matches("class=\"(h s1)\"", in: drawing).count == 1)
    #expect(try Self.matches("class=\"(f s1)\"", in: drawing).isEmpty)
    let words = Situation.words(page)
    #expect(words.contains("No desk of 3 is known to survive more or less in b"), "\(words.prefix(1500))")
    #expect(words.contains("lies under 0 %, not worse where the lower bound reaches that"))
  }

  @Test(
    "of reports without any difference has no drawing and says so; of a desk that a candidate lacks, that it is not there"
  )
  func edges() throws {
    let same = try Self.page([made.situations[0], made.situations[0]], names: ["a", "a"], margin: 0)
    #expect(!same.contains("<figure"))
    let words = Situation.words(same)
    #expect(words.contains(": each of the 3 desks that both have ends every path alike, to the last bit."))
    #expect(words.contains("\nEvery desk here ends every path alike in all of the reports.\n"))
    let less = try Situation(
      [Self.market], study: Self.study(3.6, 1, paths: 40).replacing("\"idle\": { \"model\": \"flat\" },", with: ""))
    let lacking = try Self.page([made.situations[0], made.situations[1], less], names: ["a", "b", "c"], margin: 0)
    let rows = try Self.matches(
      "\nidle · none\n+([^\n]+)\n+([^\n]+)\n+[^\n]+\n+([^\n]+)\n", in: Situation.words(lacking))
    #expect(rows.first == ["100 %", "100 %", "not there"], "\(rows)")
    #expect(Situation.words(lacking).contains("\nc: only the baseline has idle/none in market0 at severity 1\n"))
  }

  @Test("is well-formed, needs nothing but itself, and leads to the reports where it knows a way")
  func form() throws {
    #expect(XMLParser(data: Data(made.page.utf8)).parse())
    #expect(made.page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;;"))
    let links = try Self.matches("(?:href|src)=\"([^\"]*)\"", in: made.page).map { $0[0] }
    #expect(links.allSatisfy { $0.hasPrefix("#") }, "\(links)")
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("pages-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: root) }
    for name in ["reports/a:b é", "reports/nothing", "pages"] {
      try FileManager.default.createDirectory(atPath: "\(root)/\(name)", withIntermediateDirectories: true)
    }
    try Data().write(to: URL(fileURLWithPath: "\(root)/reports/a:b é/index.html"))
    func address(_ folder: String, _ page: String) -> String? {
      ComparedReport(ReportFolder("\(root)/\(folder)"), from: "\(root)/\(page)").address
    }
    #expect(address("reports/a:b é", "pages/page.html") == "../reports/a:b%20%C3%A9/index.html")
    #expect(address("reports/a:b é", "reports/page.html") == "./a%3Ab%20%C3%A9/index.html")
    #expect(address("reports/nothing", "reports/page.html") == nil)
    #expect(ComparedReport(ReportFolder("\(root)/reports/a:b é"), from: "/nowhere/page.html").address == nil)
  }
}
