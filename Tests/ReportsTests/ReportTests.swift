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

  init() throws { report = try Self.drawn.get() }

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
    #expect(try Data(contentsOf: folder.appendingPathComponent("index.html")) == Data(report.page.utf8))
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
      #expect(other.charts.map(\.name) == report.charts.map(\.name), "\(threads) threads")
      #expect(other.charts.map(\.contents) == report.charts.map(\.contents), "\(threads) threads")
    }
  }

  @Test("page and charts are well-formed XML")
  func wellFormed() {
    #expect(isWellFormed(report.page))
    for chart in report.charts { #expect(isWellFormed(chart.contents), "\(chart.name)") }
  }

  @Test("nothing is fetched: src and href stay inside the page and its folder")
  func selfContained() throws {
    let links = try matches("(?:src|href)=\"([^\"]*)\"", report.page)
    #expect(links.count > 20)
    for link in links {
      #expect(link.hasPrefix("#") || link.hasPrefix("charts/"), "\(link)")
      #expect(!link.contains("http") && !link.contains(".."), "\(link)")
    }
    #expect(!report.page.contains("url(http") && !report.page.contains("@import"))
    for chart in report.charts {
      let outside = try matches("(?:src|href)=\"([^\"]*)\"", chart.contents)
      #expect(outside.isEmpty, "\(chart.name): \(outside)")
    }
  }

  @Test("every link of the contents list and every chart's file has something at its end")
  func links() throws {
    let ids = Set(try matches(" id=\"([^\"]*)\"", report.page))
    for link in try matches("href=\"#([^\"]*)\"", report.page) { #expect(ids.contains(link), "\(link)") }
    let files = Set(report.charts.map(\.name))
    #expect(files.count == report.charts.count)
    for link in try matches("href=\"charts/([^\"]*)\"", report.page) { #expect(files.contains(link), "\(link)") }
  }

  @Test("no anchor is there twice")
  func uniqueAnchors() throws {
    let ids = try matches(" id=\"([^\"]*)\"", report.page)
    #expect(Set(ids).count == ids.count)
  }

  @Test("every drawing has a title and a description, and only finite numbers")
  func drawings() throws {
    let drawings = try matches("<svg class=\"chart.*?</svg>", report.page)
    #expect(drawings.count == 2 * report.charts.count)
    for drawing in drawings + report.charts.map(\.contents) {
      #expect(drawing.contains("<title id=") && drawing.contains("<desc id=") && drawing.contains("role=\"img\""))
      for number in try matches("(?: d| x| y|cx|cy|width|height|viewBox|points|transform)=\"([^\"]*)\"", drawing) {
        let lower = number.lowercased()
        #expect(!lower.contains("nan") && !lower.contains("inf"), "\(number)")
      }
    }
    let text = report.page.lowercased()
    #expect(!text.contains(">nan") && !text.contains("nan ") && !text.contains("infinity"))
  }

  @Test("the policy lets the page's script run and no other")
  func policy() throws {
    #expect(report.page.contains("script-src &#39;sha256-\(PageScript.sha256)&#39;"))
    #expect(try matches("<script", report.page).count == 1)
  }

  @Test("titles and names from documents stay text")
  func hostileNames() throws {
    var document = try SummaryDocument()
    document.title("</title><script>alert(1)</script> \"quoted\" & 'single' <!-- ]]>")
    document.rename(agents: ["hold": "<b>bold</b>", "momentum": "flat\"onload=\"x"])
    document.scenarios(["../../etc/<passwd>"])
    let report = Report(try document.summary)
    #expect(isWellFormed(report.page))
    #expect(try matches("<script", report.page).count == 1)
    #expect(!report.page.contains("<b>") && !report.page.contains("\"onload"))
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
