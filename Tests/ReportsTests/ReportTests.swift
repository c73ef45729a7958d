import CCrypto
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
  private static let report = Report(ExampleSummary().make())

  /// All matches of a pattern's first group.
  private func matches(_ pattern: String, _ text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern, options: [.dotMatchesLineSeparators])
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.range(at: $0.numberOfRanges > 1 ? 1 : 0))
    }
  }

  private func isWellFormed(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

  @Test("the same summary gives the same page and the same charts")
  func isDeterministic() {
    let again = Report(ExampleSummary().make())
    #expect(again.page == Self.report.page)
    #expect(again.charts.map(\.contents) == Self.report.charts.map(\.contents))
  }

  @Test("page and charts are well-formed XML")
  func wellFormed() {
    #expect(isWellFormed(Self.report.page))
    for chart in Self.report.charts { #expect(isWellFormed(chart.contents), "\(chart.name)") }
  }

  @Test("nothing is fetched: src and href stay inside the page and its folder")
  func selfContained() throws {
    let links = try matches("(?:src|href)=\"([^\"]*)\"", Self.report.page)
    #expect(links.count > 20)
    for link in links {
      #expect(link.hasPrefix("#") || link.hasPrefix("charts/"), "\(link)")
      #expect(!link.contains("http") && !link.contains(".."), "\(link)")
    }
    #expect(!Self.report.page.contains("url(http") && !Self.report.page.contains("@import"))
    for chart in Self.report.charts {
      let outside = try matches("(?:src|href)=\"([^\"]*)\"", chart.contents)
      #expect(outside.isEmpty, "\(chart.name): \(outside)")
    }
  }

  @Test("every link of the contents list and every chart's file has something at its end")
  func links() throws {
    let ids = Set(try matches(" id=\"([^\"]*)\"", Self.report.page))
    for link in try matches("href=\"#([^\"]*)\"", Self.report.page) { #expect(ids.contains(link), "\(link)") }
    let files = Set(Self.report.charts.map(\.name))
    #expect(files.count == Self.report.charts.count)
    for link in try matches("href=\"charts/([^\"]*)\"", Self.report.page) { #expect(files.contains(link), "\(link)") }
  }

  @Test("no anchor is there twice")
  func uniqueAnchors() throws {
    let ids = try matches(" id=\"([^\"]*)\"", Self.report.page)
    #expect(Set(ids).count == ids.count)
  }

  @Test("every drawing has a title and a description, and only finite numbers")
  func drawings() throws {
    let drawings = try matches("<svg class=\"chart.*?</svg>", Self.report.page)
    #expect(drawings.count == 2 * Self.report.charts.count)
    for drawing in drawings + Self.report.charts.map(\.contents) {
      #expect(drawing.contains("<title id=") && drawing.contains("<desc id=") && drawing.contains("role=\"img\""))
      for number in try matches("(?: d| x| y|cx|cy|width|height|viewBox|points|transform)=\"([^\"]*)\"", drawing) {
        let lower = number.lowercased()
        #expect(!lower.contains("nan") && !lower.contains("inf"), "\(number)")
      }
    }
    let text = Self.report.page.lowercased()
    #expect(!text.contains(">nan") && !text.contains("nan ") && !text.contains("infinity"))
  }

  @Test("the script is small, and the policy lets this script run and no other")
  func script() throws {
    #expect(PageScript.text.utf8.count <= 3_000)
    var digest = [UInt8](repeating: 0, count: 32)
    let bytes = Array(PageScript.text.utf8)
    #expect(EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1)
    #expect(PageScript.sha256 == Data(digest).base64EncodedString())
    #expect(Self.report.page.contains("script-src &#39;sha256-\(PageScript.sha256)&#39;"))
    #expect(try matches("<script", Self.report.page).count == 1)
  }

  @Test("titles and names from documents stay text")
  func hostileNames() throws {
    var example = ExampleSummary()
    example.title = "</title><script>alert(1)</script> \"quoted\" & 'single' <!-- ]]>"
    example.agents = ["<b>bold</b>", "flat\"onload=\"x"]
    example.scenarioNames = ["../../etc/<passwd>"]
    let report = Report(example.make())
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
  func size() {
    var example = ExampleSummary()
    example.scenarioNames = (1...8).map { "crisis-\($0)" }
    example.agents = ["hold", "momentum", "reversion", "slow"]
    example.risks = ["house"]
    let page = Report(example.make()).page
    #expect(page.utf8.count <= 1_000_000, "\(page.utf8.count) bytes")
  }

  @Test("without severity 0 there is no comparison with it, and nothing else is missing")
  func withoutCalm() {
    var example = ExampleSummary()
    example.severities = [1]
    let report = Report(example.make())
    #expect(isWellFormed(report.page))
    #expect(!report.page.contains("What the event alone did"))
    #expect(report.page.contains("hold"))
  }

  @Test("an empty summary is still a page")
  func empty() {
    var example = ExampleSummary()
    example.scenarioNames = []
    #expect(isWellFormed(Report(example.make()).page))
  }

  @Test("a directory holds the page and the charts of this report alone")
  func write() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let charts = folder.appendingPathComponent("charts")
    try FileManager.default.createDirectory(at: charts, withIntermediateDirectories: true)
    try Data("old".utf8).write(to: charts.appendingPathComponent("old.svg"))
    try Self.report.write(to: folder)
    let written = try FileManager.default.contentsOfDirectory(atPath: charts.path)
    #expect(written.sorted() == Self.report.charts.map(\.name).sorted())
    #expect(try String(contentsOf: folder.appendingPathComponent("index.html"), encoding: .utf8) == Self.report.page)
  }
}
