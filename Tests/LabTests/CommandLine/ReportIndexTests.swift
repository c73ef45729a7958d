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
