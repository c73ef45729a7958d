import Drawing
import Foundation
import Lab
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The report")
struct ReportTests {
  /// The report of the real run.
  private static let drawn = Result { Report(try SummaryDocument().summary) }
  private let report: Report
  /// `index.html` and the pages beside it.
  private let pages: [(name: String, contents: String)]

  init() throws {
    report = try Self.drawn.get()
    pages = Self.pages(report)
  }

  private static func pages(_ report: Report) -> [(name: String, contents: String)] {
    [("index.html", report.page)] + report.pages
  }

  /// All matches of a pattern's first group.
  private func matches(_ pattern: String, _ text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern, options: [.dotMatchesLineSeparators])
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.range(at: $0.numberOfRanges > 1 ? 1 : 0))
    }
  }

  private func isWellFormed(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

  /// Another process has other hash seeds, so that an order of a dictionary would show.
  ///
  /// Planted mistake: the files of the run in the order of a dictionary's keys.
  @Test("the program draws the same bytes from the store as this process from the summary")
  func isDeterministic() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = Report(try RealRun.make(in: folder.path, paths: 64, agents: ["holdTimes4", "momentum"]))
    #expect(try BuiltProgram.run("report", folder.path, "--quiet") == 0)
    #expect(report.pages.count == 5)
    for page in Self.pages(report) {
      #expect(
        try Data(contentsOf: folder.appendingPathComponent(page.name)) == Data(page.contents.utf8), "\(page.name)")
    }
    let charts = folder.appendingPathComponent("charts")
    #expect(try FileManager.default.contentsOfDirectory(atPath: charts.path).count == report.charts.count)
    for chart in report.charts {
      #expect(
        try Data(contentsOf: charts.appendingPathComponent(chart.name)) == Data(chart.contents.utf8), "\(chart.name)")
    }
  }

  /// Planted mistake: charts in another order than the page where there are eight threads.
  @Test("the number of threads changes no byte")
  func threads() throws {
    let summary = try SummaryDocument().summary
    for threads in [1, 2, 8] {
      let other = Report(summary, threads: threads)
      #expect(other.page == report.page, "\(threads) threads")
      #expect(other.pages.map(\.name) == report.pages.map(\.name), "\(threads) threads")
      #expect(other.pages.map(\.contents) == report.pages.map(\.contents), "\(threads) threads")
      #expect(other.charts.map(\.name) == report.charts.map(\.name), "\(threads) threads")
      #expect(other.charts.map(\.contents) == report.charts.map(\.contents), "\(threads) threads")
    }
  }

  @Test("page and charts are well-formed XML")
  func wellFormed() {
    for page in pages { #expect(isWellFormed(page.contents), "\(page.name)") }
    for chart in report.charts { #expect(isWellFormed(chart.contents), "\(chart.name)") }
  }

  @Test("nothing is fetched: src and href stay inside the page and its folder")
  func selfContained() throws {
    // What a run leaves beside its pages.
    let files = Set(
      pages.map(\.name) + report.charts.map { "charts/" + $0.name }
        + ["results.sqlite", "summary.json", "manifest.json", "charts.txt"])
    for page in pages {
      let links = try matches("(?:src|href)=\"([^\"]*)\"", page.contents)
      #expect(links.count > (page.name == "index.html" ? 60 : 10), "\(page.name)")
      for link in links {
        #expect(link.hasPrefix("#") || files.contains(String(link.prefix { $0 != "#" })), "\(page.name): \(link)")
        #expect(!link.contains("http") && !link.contains(".."), "\(link)")
      }
      #expect(!page.contents.contains("url(http") && !page.contents.contains("@import"))
    }
    for chart in report.charts {
      let outside = try matches("(?:src|href)=\"([^\"]*)\"", chart.contents)
      #expect(outside.isEmpty, "\(chart.name): \(outside)")
    }
  }

  @Test("every link of the contents list and every chart's file has something at its end")
  func links() throws {
    let index = Set(try matches(" id=\"([^\"]*)\"", report.page))
    let files = Set(report.charts.map(\.name))
    #expect(files.count == report.charts.count)
    var shown: Set<String> = []
    for page in pages {
      let ids = Set(try matches(" id=\"([^\"]*)\"", page.contents))
      for link in try matches("href=\"#([^\"]*)\"", page.contents) { #expect(ids.contains(link), "\(link)") }
      for link in try matches("href=\"index.html#([^\"]*)\"", page.contents) {
        #expect(index.contains(link), "\(link)")
      }
      let charts = try matches("href=\"charts/([^\"]*)\"", page.contents)
      for chart in charts { #expect(files.contains(chart), "\(chart)") }
      shown.formUnion(charts)
    }
    #expect(shown == files)
  }

  /// Four agents behind two risk profiles, and one market.
  @Test("every desk has a page of its own, which index.html leads to and which leads back")
  func deskPages() throws {
    let desks = try SummaryDocument().summary.desks.filter { $0.severity == 1 }
    #expect(desks.count == 8)
    let names = report.pages.map(\.name)
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
    #expect(names.filter { $0.hasPrefix("desk-") }.count == desks.filter { $0.executionCostBps.value != nil }.count)
    #expect(names.filter { $0.hasPrefix("market-") } == ["market-flash-crash.html"])
    for desk in desks where desk.executionCostBps.value != nil {
      let name = "desk-\(desk.agent.lowercased())-\(desk.risk).html"
      let page = try #require(report.pages.first { $0.name == name }?.contents)
      // Its row of the decision table, of the figures, and its agent's row.
      #expect(report.page.components(separatedBy: "href=\"\(name)\"").count > 3, "\(name)")
      #expect(page.contains("<h1>\(desk.agent)\u{A0}·\u{A0}\(desk.risk)</h1>"))
      #expect(page.contains("<a href=\"index.html#agents\">Back to the report"))
    }
  }

  /// Planted mistake that it was seen to fail with: each name made without regard to the others.
  @Test("names that are written alike but for their case or signs give pages with names of their own")
  func collidingNames() throws {
    var document = try SummaryDocument()
    document.rename(agents: ["hold": "Trend!", "momentum": "trend?", "meanReversion": "TREND", "holdTimes4": "אבג"])
    let report = Report(try document.summary)
    let names = report.pages.map(\.name).filter { $0.hasPrefix("desk-") }
    #expect(Set(names.map { $0.lowercased() }).count == names.count && names.count >= 8)
    for name in names { #expect(name.wholeMatch(of: /desk-[a-z0-9-]{1,100}\.html/) != nil, "\(name)") }
    for name in ["desk-trend-none.html", "desk-trend-none-2.html", "desk-trend-none-3.html", "desk-none.html"] {
      #expect(names.contains(name), "\(name)")
    }
  }

  @Test("no anchor is there twice")
  func uniqueAnchors() throws {
    for page in pages {
      let ids = try matches(" id=\"([^\"]*)\"", page.contents)
      #expect(Set(ids).count == ids.count, "\(page.name)")
    }
  }

  @Test("every drawing has a title and a description, and only finite numbers")
  func drawings() throws {
    let drawings = try pages.flatMap { try matches("<svg class=\"chart.*?</svg>", $0.contents) }
    #expect(drawings.count == 2 * report.charts.count)
    for drawing in drawings + report.charts.map(\.contents) {
      #expect(drawing.contains("<title id=") && drawing.contains("<desc id=") && drawing.contains("role=\"img\""))
      for number in try matches("(?: d| x| y|cx|cy|width|height|viewBox|points|transform)=\"([^\"]*)\"", drawing) {
        let lower = number.lowercased()
        #expect(!lower.contains("nan") && !lower.contains("inf"), "\(number)")
      }
    }
    for page in pages {
      let text = page.contents.lowercased()
      #expect(!text.contains(">nan") && !text.contains("nan ") && !text.contains("infinity"), "\(page.name)")
    }
  }

  @Test("the policy lets the page's script run and no other")
  func policy() throws {
    for page in pages {
      #expect(page.contents.contains("script-src &#39;sha256-\(PageScript.sha256)&#39;"), "\(page.name)")
      #expect(try matches("<script", page.contents).count == 1)
    }
  }

  @Test("titles and names from documents stay text")
  func hostileNames() throws {
    var document = try SummaryDocument()
    document.title("</title><script>alert(1)</script> \"quoted\" & 'single' <!-- ]]>")
    document.rename(agents: ["hold": "<b>bold</b>", "momentum": "flat\"onload=\"x"])
    document.scenarios(["../../etc/<passwd>"])
    let report = Report(try document.summary)
    for page in Self.pages(report) {
      #expect(isWellFormed(page.contents), "\(page.name)")
      #expect(try matches("<script", page.contents).count == 1)
      #expect(!page.contents.contains("<b>") && !page.contents.contains("\"onload"))
      #expect(page.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") })
    }
    for chart in report.charts {
      #expect(isWellFormed(chart.contents))
      #expect(chart.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") })
      #expect(!chart.name.contains(".."), "\(chart.name)")
    }
  }

  @Test("four agents in eight scenarios take no more than a megabyte")
  func size() throws {
    var document = try SummaryDocument()
    document.keep(agents: ["hold", "holdTimes4", "momentum", "meanReversion"], risk: "house")
    document.scenarios((1...8).map { "crisis-\($0)" })
    let summary = try document.summary
    #expect(summary.desks.count == 64)
    let page = Report(summary).page
    #expect(page.utf8.count <= 1_000_000, "\(page.utf8.count) bytes")
  }

  @Test("without severity 0 there is no comparison with it, and nothing else is missing")
  func withoutCalm() throws {
    var document = try SummaryDocument()
    document.keep(severities: { $0 > 0 })
    let report = Report(try document.summary)
    #expect(isWellFormed(report.page))
    #expect(!report.page.contains("What the event alone did") && self.report.page.contains("What the event alone did"))
    for agent in try document.summary.agents ?? [] { #expect(report.page.contains(agent.name)) }
  }

  @Test("a summary of no scenario is still a page")
  func empty() throws {
    var document = try SummaryDocument()
    document.scenarios([])
    #expect(isWellFormed(Report(try document.summary).page))
  }

  @Test("a summary that is read and written again has the same bytes")
  func readAndWritten() throws {
    let bytes = try RealRun.flashCrash.get().summary
    #expect(try JSONDecoder().decode(Summary.self, from: bytes).json() == bytes)
  }

  @Test("a directory holds the page, the charts of this report, and what is not of an earlier one")
  func write() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let charts = folder.appendingPathComponent("charts")
    try FileManager.default.createDirectory(at: charts, withIntermediateDirectories: true)
    try Data("old".utf8).write(to: charts.appendingPathComponent("old.svg"))
    try Data("mine".utf8).write(to: charts.appendingPathComponent("mine.svg"))
    try Data("old.svg\n../../mine.svg\n".utf8).write(to: folder.appendingPathComponent("charts.txt"))
    try report.write(to: ReportFolder(folder.path))
    let written = try FileManager.default.contentsOfDirectory(atPath: charts.path)
    #expect(written.sorted() == (report.charts.map(\.name) + ["mine.svg"]).sorted())
    #expect(try String(contentsOf: charts.appendingPathComponent("mine.svg"), encoding: .utf8) == "mine")
    #expect(try String(contentsOf: folder.appendingPathComponent("index.html"), encoding: .utf8) == report.page)
  }
}
