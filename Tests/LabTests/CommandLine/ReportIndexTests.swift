import Foundation
import Testing

@Suite("An index of reports")
struct ReportIndexTests {
  private static func reports(_ names: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    for (number, name) in names.enumerated() {
      let run = try StressLabProgram(folder: folder).run(
        "run", "study.json", "--paths", "16", "--seed", "\(number)", "--out", "reports/\(name)", "--quiet")
      try #require(run.code == 0, "\(run.error)")
    }
    return folder
  }

  /// The cells of the page's rows, and where its links lead, as another program reads them.
  private static func read(_ folder: TemporaryFolder) throws -> [String] {
    let code = """
      import sys, os, urllib.parse, xml.etree.ElementTree as tree
      page = tree.fromstring(open(sys.argv[1]).read().split("\\n", 1)[1])
      for row in page.iter("tr"):
          words = [" ".join("".join(cell.itertext()).split()) for cell in row]
          links = [urllib.parse.unquote(link.get("href")) for link in row.iter("a")]
          there = [os.path.exists(os.path.join(os.path.dirname(sys.argv[1]), link)) for link in links]
          print("|".join(words + [str(all(there)) for _ in links]))
      """
    let text = try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("reports/index.html")])
    return text.split(separator: "\n").map { String($0.replacing("\u{A0}", with: " ")) }
  }

  @Test("lists them by their folders, with links that lead to them, and says which cannot be read")
  func lists() throws {
    let folder = try Self.reports(["b", "a: 1 <i>&"])
    let program = StressLabProgram(folder: folder)
    try FileManager.default.createDirectory(atPath: folder.path("reports/notes"), withIntermediateDirectories: true)
    let result = try program.run("report", "--index", "reports")
    #expect(result.code == 0 && result.output == "2 reports are listed in reports/index.html\n", "\(result)")
    let rows = try Self.read(folder)
    #expect(rows.count == 3 && rows[0] == "report|study|scenarios|paths|desks|survives least|criteria", "\(rows)")
    #expect(rows[1].hasPrefix("a: 1 <i>&|Small study|smallseverity 0, 1|16seed 1|12|"), "\(rows)")
    #expect(rows[2].hasPrefix("b|Small study|smallseverity 0, 1|16seed 0|12|"), "\(rows)")
    #expect(rows.dropFirst().allSatisfy { $0.hasSuffix("|none of its own|True") }, "\(rows)")
    let before = try Data(contentsOf: folder.url.appendingPathComponent("reports/index.html"))
    #expect(try program.run("report", "--index", "reports", "--quiet").output.isEmpty)
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("reports/index.html")) == before)
    try folder.write("reports/b/summary.json", "{")
    #expect(try program.run("report", "--index", "reports").code == 0)
    #expect(try Self.read(folder).last == "b|its summary.json cannot be read||||||True")
  }

  @Test("says of a study of orders what the dearest desk costs, of others who survives least")
  func orders() throws {
    let folder = try Self.reports(["a"])
    try folder.write(
      "orders.json",
      """
      { "stresslab": "study/1", "title": "Orders", "scenarios": ["small.json"], "severities": [0, 1],
        "mandate": { "model": "execute", "orders": { "AAA": -500 } },
        "panel": { "slow": { "model": "buyAndHold" }, "twap": { "model": "twap" } },
        "monteCarlo": { "paths": 64, "seed": 7 } }
      """)
    let program = StressLabProgram(folder: folder)
    try #require(try program.run("run", "orders.json", "--out", "reports/b", "--quiet").code == 0)
    #expect(try program.run("report", "--index", "reports").code == 0)
    let text = try folder.run(
      "/usr/bin/env",
      [
        "python3", "-c",
        """
        import sqlite3, statistics, sys
        rows = sqlite3.connect(sys.argv[1]).execute(
            "select agent, startEquity - finalEquity from outcomes join desks using (desk) where severity = 1")
        costs = {}
        for agent, lost in rows: costs.setdefault(agent, []).append(lost / 50_000 * 1e4)
        worst = max(costs, key=lambda agent: statistics.fmean(costs[agent]))
        print(worst, repr(statistics.fmean(costs[worst])))
        """, folder.path("reports/b/results.sqlite"),
      ]
    ).split(whereSeparator: \.isWhitespace)
    let rows = try Self.read(folder).map { $0.split(separator: "|", omittingEmptySubsequences: false) }
    try #require(rows.count == 3 && text.count == 2 && rows[0][5] == "survives least, or costs most", "\(rows)")
    #expect(rows[1][5].contains(#/^[0-9.]+ % \[/#), "\(rows)")
    let found = try #require(
      rows[2][5].firstMatch(of: #/^shortfall ([0-9.,]+) bps \[.*\]of what is to be traded; (.+)\/.+, small$/#),
      "\(rows)")
    let value = try #require(Double(found.1.replacing(",", with: "")))
    #expect(found.2 == text[0] && abs(value - (Double(text[1]) ?? .nan)) <= 0.5, "\(rows) \(text)")
    // Alone, its column says so.
    try FileManager.default.removeItem(atPath: folder.path("reports/a"))
    #expect(try program.run("report", "--index", "reports").code == 0)
    #expect(try Self.read(folder)[0] == "report|study|scenarios|paths|desks|costs most|criteria")
  }

  @Test("is not written over somebody else's page, into a report, or where there is none")
  func refused() throws {
    let folder = try Self.reports(["a"])
    let program = StressLabProgram(folder: folder)
    func refusal(_ path: String) throws -> String {
      let result = try program.run("report", "--index", path)
      #expect(result.code == 2 && result.output.isEmpty, "\(path): \(result)")
      return result.error
    }
    #expect(
      try refusal("reports/a").contains("reports/a is a report itself; --index takes the folder that reports lie in"))
    #expect(try refusal("nowhere").contains("nowhere is no folder"))
    #expect(try refusal(".").contains(". holds no reports: no folder in it has a results.sqlite"))
    try folder.write("reports/index.html", "mine")
    #expect(try refusal("reports").contains("reports/index.html is not an index of reports, and is not replaced"))
    #expect(try String(contentsOfFile: folder.path("reports/index.html"), encoding: .utf8) == "mine")
  }
}
