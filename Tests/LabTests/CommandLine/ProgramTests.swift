import Foundation
import Lab
import Testing

@Suite("The program")
struct ProgramTests {
  @Test("standard output has the key figures as JSON with --json, and nothing else")
  func json() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let result = try StressLabProgram(folder: folder).run("run", "study.json", "--paths", "24", "--json", "--quiet")
    #expect(result.code == 0)
    #expect(result.error == "")
    let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(value?["report"] as? String == "reports/study/index.html")
    #expect((value?["desks"] as? [Any])?.count == 12)
    let summary = try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("reports/study/summary.json")))
    #expect(value?["digest"] as? String == summary.run.digest)
    #expect(summary.run.command == "stresslab run study.json --paths 24 --seed 7")
  }

  /// Seen before: "survives 100.0 %" beside deaths. Whoever never trades survives all, so both kinds are among the lines.
  @Test("the terminal rounds as the page does: 100 % is said of a desk if and only if all of its paths survive")
  func rounding() throws {
    let folder = try TemporaryFolder()
    let market = """
      { "stresslab": "scenario/1", "title": "Rare",
        "clock": { "step": "1d", "length": "40d", "warmup": "5d", "start": "2024-01-03", "calendar": { "model": "sessions",
          "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
        "assets": { "AAA": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.5 }, "liquidity": {
          "halfSpreadBps": 2, "volumePerDay": 5000000, "depthTo1Percent": 12000, "refillHalfLife": "30s" } } },
        "venue": { "takerFeeBps": 1, "initialMargin": 0.1, "maintenanceMargin": 0.05 } }
      """
    let study = """
      { "stresslab": "study/1", "title": "Rare", "scenarios": ["market.json"],
        "panel": { "flat": { "model": "flat" }, "hold": { "model": "buyAndHold", "leverage": 1 } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 6000, "seed": 3 } }
      """
    try folder.write("market.json", market)
    try folder.write("study.json", study)
    let result = try StressLabProgram(folder: folder).run("run", "study.json", "--out", "run")
    #expect(result.code == 0)
    let ruined = try folder.outcomes("run", ["desk", "cause"]).reduce(into: [0, 0]) { counts, row in
      let values = row.split(separator: "|").compactMap { Int($0) }
      if values[1] != 0 { counts[values[0]] += 1 }
    }
    #expect(ruined[0] == 0 && (1...40).contains(ruined[1]), "\(ruined)")
    let told = result.output.matches(of: #/(flat|hold)/none .*survives ([0-9.]+) %/#)
    #expect(told.map { String($0.1) } == ["flat", "hold"] && told.first?.2 == "100", "\(result.output)")
    let share = Double(told.last?.2 ?? "") ?? .nan
    #expect(share < 100 && abs(share - 100 * (1 - Double(ruined[1]) / 6000)) <= 0.0501, "\(result.output)")
  }

  @Test("the report is drawn again from the store alone, the same bytes")
  func report() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    _ = try program.run("run", "study.json", "--paths", "24", "--out", "out", "--quiet")
    let page = folder.url.appendingPathComponent("out/index.html")
    let before = try Data(contentsOf: page)
    for name in ["out/index.html", "out/summary.json", "out/manifest.json", "small.json", "study.json"] {
      try FileManager.default.removeItem(atPath: folder.path(name))
    }
    let result = try program.run("report", "out", "--quiet")
    #expect(result.code == 0)
    #expect(try Data(contentsOf: page) == before)
  }

  @Test("several scenarios run together under the default study beside them")
  func scenariosAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", SmallScenario.scenario())
    try folder.write("b.json", SmallScenario.scenario(events: ""))
    let study = try folder.write("study.json", SmallScenario.study(scenarios: []))
    let program = StressLabProgram(folder: folder)
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("studies"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: study, toPath: folder.path("studies/default.json"))
    let result = try program.run("run", "a.json", "b.json", "--paths", "8", "--severity", "1", "--agents", "hold,flat")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.hasSuffix("8 paths, 95 % intervals. The report is at reports/a+b/index.html\n"))
    let names = try folder.run(
      "/usr/bin/env",
      [
        "python3", "-c",
        "import sqlite3; print(sqlite3.connect('reports/a+b/results.sqlite').execute("
          + "'select group_concat(scenario || agent || risk) from desks').fetchone()[0])",
      ])
    #expect(names == "aflathouse,aflatnone,aholdhouse,aholdnone,bflathouse,bflatnone,bholdhouse,bholdnone\n")
  }

  @Test("options that nobody knows, and agents that no panel has, end with exit code 2")
  func wrongOptions() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    let cases: [(arguments: [String], message: String)] = [
      (["run", "study.json", "--path", "3"], "Error: Unknown option '--path'. Did you mean '--paths'?"),
      (["run", "study.json", "--paths", "0"], "stresslab: --paths lies in 1…1000000000, not at 0"),
      (["run", "study.json", "--tile", "100"], "stresslab: --tile is a multiple of 8 in 8…65536, not 100"),
      (
        ["run", "study.json", "--agents", "holt"],
        "stresslab: no agent named \"holt\" in the panel; did you mean \"hold\"?"
      ),
      (["run", "study.json", "--severity=-1"], "stresslab: --severity is in 0…10, not -1"),
      (["run", "study.json", "small.json"], "study.json: a study runs alone: it names its scenarios itself"),
      (["report", "nowhere"], "stresslab: nowhere holds no run: there is no results.sqlite"),
      (["run"], "Error: Missing expected argument '<file> ...'"),
    ]
    for (arguments, message) in cases {
      let result = try program.run(arguments)
      #expect(result.code == 2, "\(arguments)")
      #expect(result.error.split(separator: "\n").first.map(String.init) == message, "\(arguments)")
      #expect(result.output == "", "\(arguments)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("reports")))
  }

  @Test("a reader that closes the pipe early does not crash it")
  func closedPipe() throws {
    let folder = try TemporaryFolder()
    let code = try folder.run(
      "/bin/bash", ["-c", "'\(StressLabProgram.path)' schema scenario | true; echo ${PIPESTATUS[0]}"])
    #expect(code == "0\n")
  }

  @Test("a short run says nothing of its progress when standard error is no terminal; -v has a line for each tile")
  func progressLines() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    let plain = try program.run("run", "study.json", "--paths", "520", "--tile", "8", "--out", "plain")
    #expect(plain.error == "")
    let verbose = try program.run("run", "study.json", "--paths", "32", "--tile", "8", "--out", "verbose", "-v")
    let lines = verbose.error.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines.first?.hasPrefix("paths 0…31, seed 7, in 2 markets with 12 desks, on ") == true)
    #expect(lines.last?.hasPrefix("tile 8/8, 64 of 64 paths, ") == true)
    let none = try program.run("run", "study.json", "--paths", "32", "--tile", "8", "--out", "none", "-q")
    #expect(none.error == "" && none.output == "")
  }

  /// Seen before: another interval than the table's, and after --resume only the paths of the last process.
  @Test("the last estimate of the progress is the table's, also of a run that was resumed")
  func lastEstimate() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    let first = ["run", "study.json", "--tile", "8", "--out", "out", "--verbose"]
    for more in [["--paths", "400"], ["--paths", "480", "--resume"]] {
      let result = try program.run(first + more)
      let last = try #require(result.error.split(separator: "\n").last)
      let told = try #require(last.firstMatch(of: #/least survival (.* %) (\[.*\]) (\w+)/(\w+)$/#))
      let row = try #require(
        result.output.split(separator: "\n").first { $0.hasPrefix("\(told.3)/\(told.4) ") && $0.contains("severity 1") }
      )
      #expect(row.contains("survives \(told.1) \(told.2)  "), "\(last)\n\(row)")
    }
  }

  @Test("ten times the paths take no more memory than their outcomes")
  func memory() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder, severities: "[1]")
    func peak(_ paths: Int) throws -> Int {
      let command =
        "'\(StressLabProgram.path)' run study.json --paths \(paths) --threads 2 --quiet --overwrite --out out"
      let code = """
        import resource, subprocess, sys
        subprocess.run(sys.argv[1], shell=True, check=True)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        """
      let text = try folder.run("/usr/bin/env", ["python3", "-c", code, "exec \(command)"])
      return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines))) * 1024
    }
    let few = try peak(2_000)
    let many = try peak(20_000)
    // A summary reads 33 columns of 8 bytes of all paths of a few desks, 64 MiB at most, and sorts some of them.
    let outcomes = 18_000 * 6 * 33 * 8
    #expect(many - few < 3 * outcomes + 24 << 20, "from \(few) to \(many) bytes")
  }
}
