import Foundation
import Lab
import Testing

@Suite("The command preview")
struct PreviewCommandTests {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    return folder
  }

  @Test("says what happens to prices and liquidity, and the facts of returns, and leaves no file behind")
  func text() throws {
    let folder = try Self.folder()
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path("")).sorted()
    let result = try StressLabProgram(folder: folder).run("preview", "small.json", "--paths", "200")
    #expect(result.code == 0, "\(result.error)")
    for words in [
      ": 200 paths, seed 1\n", "crash (flashCrash)", "clustering", "volumeVolatility",
    ] { #expect(result.output.contains(words), "\(words): \(result.output)") }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path("")).sorted() == before)
  }

  @Test("of up to five assets it takes 1,000 paths, of more as many as have as many bars, and never a handful")
  func standardPaths() {
    #expect([0, 1, 5, 10, 20, 64].map(MarketPreview.standardPaths) == [1000, 1000, 1000, 500, 250, 200])
  }

  @Test("facts are of the market without its events: the same as of the scenario that has none")
  func calmFacts() throws {
    let folder = try Self.folder()
    try folder.write("calm.json", SmallScenario.scenario(events: ""))
    let program = StressLabProgram(folder: folder)
    let outputs = try ["small.json", "calm.json"].map { try program.run("preview", $0, "--paths", "16", "--json") }
    #expect(outputs.allSatisfy { $0.code == 0 } && outputs[0].output == outputs[1].output)
  }

  @Test("writes bars that pandas reads, each path in order, low to high around open and close, with the fall in them")
  func export() throws {
    let folder = try Self.folder()
    let result = try StressLabProgram(folder: folder).run(
      "preview", "small.json", "--paths", "16", "--export", "paths.csv", "--export-paths", "12")
    #expect(result.code == 0, "\(result.error)")
    let text = try String(contentsOf: folder.url.appendingPathComponent("paths.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(rows.first?.prefix(5).joined(separator: ",") == "path,step,seconds,asset,open")
    #expect(rows.count == 1 + 12 * 78 * 2)
    var falls = 0
    for row in rows.dropFirst() {
      let numbers = row[4...].compactMap(Double.init)
      try #require(numbers.count == 7)
      #expect(numbers[2] <= min(numbers[0], numbers[3]) && max(numbers[0], numbers[3]) <= numbers[1], "\(row)")
      if row[3] == "AAA", numbers[2] < 95 { falls += 1 }
    }
    #expect(falls > 0)
    let again = try StressLabProgram(folder: folder).run("preview", "small.json", "--export", "paths.csv")
    #expect(again.code == 2 && again.error.contains("paths.csv exists"), "\(again.error)")
  }

  @Test("writes a page that leads nowhere, and JSON with an interval for each fact")
  func page() throws {
    let folder = try Self.folder()
    let result = try StressLabProgram(folder: folder).run(
      "preview", "small.json", "--paths", "64", "--page", "page.html", "--json")
    #expect(result.code == 0, "\(result.error)")
    let page = try String(contentsOf: folder.url.appendingPathComponent("page.html"), encoding: .utf8)
    #expect(page.contains("StressLab preview") && page.contains("AAA: median half-spread rises"))
    for match in page.matches(of: /href="([^"]*)"/) { #expect(match.1.hasPrefix("#"), "\(match.1)") }
    let list = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    #expect(list.count == 20)
    for line in list {
      let market = try #require(line["market"] as? [String: Any])
      if let value = market["value"] as? Double {
        #expect(value.isFinite && market["low"] is Double && market["high"] is Double, "\(line)")
      }
    }
  }

  @Test("writes the page’s charts, each with its title, in the page’s order, and the very marks of the page’s drawings")
  func charts() throws {
    let folder = try Self.folder()
    let program = StressLabProgram(folder: folder)
    let words = ["preview", "small.json", "--paths", "64", "--charts", "charts"]
    let result = try program.run(words + ["--page", "page.html"])
    #expect(result.code == 0, "\(result.error)")
    let page = try String(contentsOf: folder.url.appendingPathComponent("page.html"), encoding: .utf8)
    let list = try Self.list(folder)
    let figures = page.split(separator: "<figure ").dropFirst()
    #expect(list.count == figures.count && list.count > 10)
    for (entry, figure) in zip(list, figures) {
      let (file, title) = (try #require(entry["file"]), try #require(entry["title"]))
      #expect(figure.hasPrefix("id=\"\(file.dropLast(4))\""), "\(figure.prefix(60))")
      let finding = try #require(figure.firstMatch(of: /<p class="finding">([^<]*)</)).1
      let escaped = title.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      #expect(finding == escaped, "\(file)")
      let chart = try String(contentsOf: folder.url.appendingPathComponent("charts/\(file)"), encoding: .utf8)
      let marks = try #require(
        chart.firstMatch(of: /<g transform="translate\(0 [^>]*>(.*)<\/g><\/svg>\n$/.dotMatchesNewlines())
      ).1
      #expect(marks.count > 100 && figure.contains(marks), "\(file)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("charts"))
    #expect(Set(names) == Set(list.compactMap { $0["file"] } + ["index.json"]))
  }

  private static func list(_ folder: TemporaryFolder) throws -> [[String: String]] {
    try JSONDecoder().decode(
      [[String: String]].self, from: Data(contentsOf: folder.url.appendingPathComponent("charts/index.json")))
  }

  @Test(
    "replaces charts that it made, and removes those that are no more; a folder of other files only when it is told to")
  func chartFolder() throws {
    let folder = try Self.folder()
    let program = StressLabProgram(folder: folder)
    func preview(_ document: String, _ words: String...) throws -> StressLabProgram.Result {
      try program.run(["preview", document, "--paths", "8", "--charts", "charts"] + words)
    }
    #expect(try preview("small.json").code == 0)
    let all = try Self.list(folder)
    try folder.write("calm.json", SmallScenario.scenario(events: ""))
    #expect(try preview("calm.json").code == 0)
    let fewer = try Self.list(folder)
    #expect(fewer.count < all.count)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("charts"))
    #expect(Set(names) == Set(fewer.compactMap { $0["file"] } + ["index.json"]))
    try folder.write("charts/mine.svg", "mine")
    let refused = try preview("small.json")
    #expect(refused.code == 2 && refused.error.contains("charts holds mine.svg, which preview has not made"))
    #expect(try Self.list(folder) == fewer)
    #expect(try preview("small.json", "--overwrite").code == 0)
    #expect(try Self.list(folder) == all)
    #expect(try String(contentsOf: folder.url.appendingPathComponent("charts/mine.svg"), encoding: .utf8) == "mine")
    // A list that is somebody else's is no list of ours.
    try FileManager.default.removeItem(atPath: folder.path("charts"))
    try FileManager.default.createDirectory(atPath: folder.path("charts"), withIntermediateDirectories: false)
    try folder.write("charts/index.json", #"[{"file": "../small.json", "title": "theirs"}]"#)
    #expect(try preview("small.json").error.contains("charts holds index.json, which preview has not made"))
    #expect(try preview("small.json", "--overwrite").code == 0)
    #expect(FileManager.default.fileExists(atPath: folder.path("small.json")))
    let words = ["preview", "small.json", "--paths", "8", "--charts"]
    #expect(try program.run(words + ["small.json"]).error.contains("small.json is no folder"))
    #expect(try program.run(words + ["no/where"]).error.contains("no/where can't be made: there is no folder"))
    #expect(try program.run(words + [""]).error.contains("--charts needs the name of a folder"))
  }

  @Test("a scenario on standard input that has a name finds what it extends from there, and is told of by that name")
  func name() throws {
    let folder = try Self.folder()
    try FileManager.default.createDirectory(atPath: folder.path("mine"), withIntermediateDirectories: false)
    try FileManager.default.moveItem(atPath: folder.path("small.json"), toPath: folder.path("mine/small.json"))
    func shell(_ document: String, _ words: String) throws -> String {
      try folder.write("draft.json", document)
      let line = "'\(StressLabProgram.path)' preview \(words) --paths 8 --json < draft.json 2>&1; echo $?"
      return try folder.run("/bin/bash", ["-c", line])
    }
    let extending = #"{ "extends": "small.json", "title": "Draft" }"#
    let named = try shell(extending, "- --name mine/draft.json")
    #expect(named.hasSuffix("\n0\n"), "\(named)")
    #expect(try shell(extending, "mine/small.json") == named)
    #expect(!FileManager.default.fileExists(atPath: folder.path("mine/draft.json")))
    // A file of that name that is there already is not what is read, nor what it extends where that is another.
    try folder.write("mine/draft.json", "{")
    #expect(try shell(extending, "- --name mine/draft.json") == named)
    #expect(try shell(extending, "-").contains("small.json"))
    let wrong = try shell(#"{ "extends": "small.json", "clock": { "stop": "5m" } }"#, "- --name mine/draft.json")
    #expect(wrong.hasPrefix("mine/draft.json:1:") && wrong.hasSuffix("\n2\n"), "\(wrong)")
    #expect(try shell(extending, "mine/small.json --name x.json").contains("--name is what standard input is called"))
    #expect(try shell(extending, "- --name ''").contains("--name needs the name of a file"))
  }

  /// To the four decimals that the program has of them.
  @Test("has IBM's facts beside the market where no bars are named: those of the project's own file, made again")
  func usualBars() throws {
    let program = StressLabProgram(folder: try Self.folder())
    let bars = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv").path
    let made = try [[], ["--beside", bars, "--asset", "IBM"]].map { options in
      let result = try program.run(["preview", "small.json", "--paths", "8", "--json"] + options)
      #expect(result.code == 0, "\(result.error)")
      let list = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
      return try list.prefix(10).map { try #require($0["recorded"] as? [String: Any]) }
    }
    for (usual, again) in zip(made[0], made[1]) {
      for key in ["value", "low", "high"] {
        let (one, other) = (usual[key] as? Double ?? .nan, again[key] as? Double ?? .nan)
        #expect(abs(one - other) <= 0.5001e-4, "\(key): \(one) and \(other)")
      }
      #expect(usual["n"] as? Int == again["n"] as? Int)
    }
    #expect(try program.run("preview", "small.json", "--paths", "8").output.contains("IBM by day, 2000–2013"))
  }

  @Test("tells what is wrong in the scenario and in its options, and writes nothing then")
  func wrong() throws {
    let folder = try Self.folder()
    try folder.write("bad.json", SmallScenario.scenario().replacing("\"price\": 50", with: "\"price\": -50"))
    try folder.write("few.csv", "time,open,high,low,close,volume\n2024-01-01,1,1,1,1,1\n2024-01-02,1,1,1,1,1\n")
    let program = StressLabProgram(folder: folder)
    for (arguments, words) in [
      (["preview", "bad.json", "--page", "p.html"], "/assets/BBB/price"),
      (["preview", "small.json", "--paths", "0", "--page", "p.html"], "--paths lies in"),
      (["preview", "small.json", "--export-paths", "0", "--page", "p.html"], "--export-paths lies in"),
      (["preview", "small.json", "--beside", "few.csv", "--page", "p.html"], "few.csv has too few bars"),
      (["preview", "small.json", "--asset", "IBM"], "--beside"),
    ] {
      let result = try program.run(arguments)
      #expect(result.code == 2 && result.error.contains(words), "\(arguments): \(result.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("p.html")))
  }

  @Test("draws the market a second time by GSL, says how far both lie apart, and the same again for the same seed")
  func drawnTwice() throws {
    let folder = try Self.folder()
    let program = StressLabProgram(folder: folder)
    let results = try (0..<2).map { _ in
      try program.run(
        "preview", "small.json", "--paths", "200", "--generator", "gsl", "--page", "page.html", "--overwrite")
    }
    #expect(results.allSatisfy { $0.code == 0 }, "\(results[0].error)")
    #expect(results[0].output == results[1].output)
    for words in [
      "Drawn twice: the lab’s generator against GSL’s", "AAA/BBB  correlation of moves", "jumps at an open",
      "They agree as far as 200 paths tell: of 102 comparisons",
      "share of false alarms", "how a step is split where they turn (crash)", "Not compared:",
    ] { #expect(results[0].output.contains(words), "\(words): \(results[0].output)") }
    #expect(results[0].error.contains("Drawn by gsl in") && !results[0].output.contains("Drawn by gsl in"))
    let page = try String(contentsOf: folder.url.appendingPathComponent("page.html"), encoding: .utf8)
    #expect(page.contains("They agree as far as 200 paths tell") && page.contains("AAA/BBB, correlation of moves"))
    let plain = try program.run("preview", "small.json", "--paths", "200")
    #expect(results[0].output.hasPrefix(plain.output.trimmingCharacters(in: .newlines)))
  }

  @Test("with a market drawn twice JSON has the facts and every figure of both")
  func drawnTwiceJSON() throws {
    let folder = try Self.folder()
    let result = try StressLabProgram(folder: folder).run(
      "preview", "small.json", "--paths", "64", "--generator", "gsl", "--json")
    #expect(result.code == 0, "\(result.error)")
    let all = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect((all["facts"] as? [Any])?.count == 20)
    let drawn = try #require(all["drawnTwice"] as? [String: Any])
    let rows = try #require(drawn["rows"] as? [[String: Any]])
    #expect(drawn["paths"] as? Int == 64 && drawn["comparisons"] as? Int == rows.count * 6)
    for row in rows {
      let mean = try #require(row["mean"] as? [String: Double])
      #expect(Set(mean.keys) == ["philox", "gsl", "standardErrors"], "\(row)")
      #expect((0...1).contains(row["probability"] as? Double ?? -1), "\(row)")
    }
  }

  @Test(
    "recorded bars have nothing that GSL could draw, and no other generator is known: refused before anything is drawn")
  func drawnTwiceRefusals() throws {
    let folder = try Self.folder()
    let scenarios = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scenarios")
    let recorded = scenarios.appendingPathComponent("history-crash.json").path
    let program = StressLabProgram(folder: folder)
    for (arguments, words) in [
      ([recorded, "--generator", "gsl"], "--generator gsl: this market has recorded bars in place of processes"),
      (["small.json", "--generator", "gsl", "--paths", "1"], "--paths is 2 at least"),
      (["small.json", "--generator", "mersenne"], "--generator"),
    ] {
      let result = try program.run(["preview"] + arguments + ["--page", "p.html"])
      #expect(result.code == 2 && result.error.contains(words), "\(arguments): \(result.error)")
      #expect(result.output.isEmpty && !FileManager.default.fileExists(atPath: folder.path("p.html")))
    }
  }
}
