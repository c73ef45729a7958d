import Drawing
import Foundation
import Lab
import Reports
import Testing

/// The page in a real browser. Where there is no Chromium the tests say so and pass, but not on a build server, which
/// sets `CI` and must have one.
@Suite("The page in Chromium", .serialized)
struct PageInChromiumTests {
  /// A page that is looked at.
  enum Page: CaseIterable {
    /// The run of the flash crash.
    case flashCrash
    /// One of a gap, of what starts with it, of what waits for prices, and of what never comes.
    case otherEvents

    var summary: Summary {
      get throws {
        switch self {
        case .flashCrash: return try SummaryDocument().summary
        case .otherEvents:
          let events = """
            "news": { "model": "gap", "asset": "AAA", "start": "4h", "change": { "normal": { "mean": 0, "sd": 0.2 } } },
            "wild": { "model": "volatility", "start": { "model": "after", "event": "news" },
              "window": { "plateau": "1h" }, "volatility": 3 },
            "makersLeave": { "model": "drought", "halfSpread": 9, "depth": 0.02,
              "start": { "model": "drawdown", "asset": "AAA", "depth": 0.012 }, "window": { "rise": "30m", "plateau": "1h" } },
            "never": { "model": "drought", "halfSpread": 9,
              "start": { "model": "drawdown", "asset": "AAA", "depth": 0.99 }, "window": { "plateau": "1h" } }
            """
          let market = Situation.session("\"model\": \"gbm\", \"annualVolatility\": 0.2", events: events)
          let agents = [(name: "hold", leverage: 2.0), (name: "holdMore", leverage: 9)]
          return try Situation([market], study: Situation.holders(agents, severities: "[0, 1]", paths: 200)).summary
        }
      }
    }
  }

  /// Where Debian, other distributions and Chrome's own packages put it.
  private static let browser = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
  ].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The browser, or nil with a loud word, which on a build server is a failure.
  private func browser() -> String? {
    if let browser = Self.browser { return browser }
    if ProcessInfo.processInfo.environment["CI"] != nil {
      Issue.record("CI is set, but there is no Chromium: the page was not looked at (apt-get install chromium)")
    } else {
      print("SKIPPED: no Chromium here, so the page was not looked at (apt-get install chromium)")
    }
    return nil
  }

  /// Runs the browser without a window and gives what it prints.
  private func run(_ browser: String, _ arguments: [String], in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: browser)
    process.arguments =
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--virtual-time-budget=5000",
      ] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test("shows something at 1,280 and at 420 units: a picture far heavier than a blank one")
  func isNotBlank() throws {
    guard let browser = browser() else { return }
    try withFolder { folder in
      try Report(SummaryDocument().summary).write(to: ReportFolder(folder.path))
      let page = folder.appendingPathComponent("index.html").absoluteString
      for width in [1_280, 420] {
        var sizes: [Int] = []
        for (name, address) in [("page", page), ("blank", "about:blank")] {
          let picture = folder.appendingPathComponent("\(name)-\(width).png")
          _ = try run(browser, ["--window-size=\(width),900", "--screenshot=\(picture.path)", address], in: folder)
          sizes.append(try Data(contentsOf: picture).count)
        }
        #expect(sizes[0] > 8 * sizes[1], "\(width): \(sizes[0]) bytes, blank \(sizes[1])")
      }
    }
  }

  @Test(
    "fits into 420 and 1,280 units without a horizontal bar, one drawing of each chart shows, no text is cut off or under another, and its script runs",
    arguments: Page.allCases)
  func fits(_ page: Page) throws {
    let report = Report(try page.summary)
    try fits(report.page, drawings: report.page.matches(of: /<figure/).count)
    // Of the pages beside it one of each kind, and of desks the one with most to say.
    for kind in ["market-", "desk-"] {
      let pages = report.pages.filter { $0.name.hasPrefix(kind) }
      let page = try #require(pages.max { $0.contents.utf8.count < $1.contents.utf8.count })
      try fits(page.contents, drawings: page.contents.matches(of: /<figure/).count)
    }
  }

  @Test("the page of a trained agent fits likewise")
  func agentFits() throws {
    let report = Report(try KnownAgent(training: KnownAgent.training, log: KnownAgent.log).summary)
    let page = try #require(report.pages.first { $0.name.hasPrefix("agent-") }?.contents)
    try fits(page, drawings: page.matches(of: /<figure/).count)
  }

  private func fits(_ page: String, drawings: Int) throws {
    guard let browser = browser() else { return }
    try withFolder { folder in
      for width in [420, 1_280] {
        // In a frame, since a window cannot be as narrow as a telephone. A frame of the same origin has no policy of its
        // own, so its script runs; that the policy lets it run is tested by its hash.
        var framed = ""
        Markup.escape(
          page.replacingOccurrences(
            of: "<meta http-equiv=[^>]*>", with: "", options: .regularExpression), into: &framed)
        let probe = """
          <!DOCTYPE html><html><body style="margin:0"><iframe id="f" style="border:0" width="\(width)" height="900" srcdoc="\(framed)"></iframe>
          <script>document.getElementById('f').onload=function(){var d=this.contentDocument,r=d.documentElement,
          shown=[].filter.call(d.querySelectorAll('svg.chart'),function(s){return s.clientWidth>0}).length,
          cut=[].filter.call(d.querySelectorAll('svg.chart text'),function(t){var b=t.getBoundingClientRect(),
          s=t.ownerSVGElement.getBoundingClientRect();return s.width>0&&(b.right>s.right+1||b.left<s.left-1)})
          .map(function(t){return t.textContent}),over=[];
          d.querySelectorAll('svg.chart').forEach(function(s){var a=[].map.call(s.querySelectorAll('text'),function(t){
          return [t.getBoundingClientRect(),t.textContent]});a.forEach(function(p,i){a.slice(i+1).forEach(function(q){
          var w=Math.min(p[0].right,q[0].right)-Math.max(p[0].left,q[0].left),
          h=Math.min(p[0].bottom,q[0].bottom)-Math.max(p[0].top,q[0].top);
          if(w>2&&h>5)over.push(p[1]+' on '+q[1])})})});
          document.title='width '+r.scrollWidth+' of '+r.clientWidth+'; drawings '+shown+'; button '
          +!d.getElementById('theme').hidden+'; cut ['+cut.slice(0,8).join('|')+']; over ['+over.slice(0,8).join('|')+']'}</script></body></html>
          """
        let file = folder.appendingPathComponent("probe-\(width).html")
        try Data(probe.utf8).write(to: file)
        let dump = try run(
          browser, ["--window-size=1400,1000", "--dump-dom", file.absoluteString], in: folder)
        let expected =
          "<title>width \(width) of \(width); drawings \(drawings); button true; cut []; over []</title>"
        let found = dump.range(of: "<title>width.*?</title>", options: .regularExpression).map { String(dump[$0]) }
        #expect(found == expected)
      }
    }
  }
}
