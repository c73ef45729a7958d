import Foundation
import Glibc
import Lab
import Testing

/// A finished run of its own, to be proved, changed and proved again.
@Suite("Verification")
struct VerifyCommandTests {
  /// A folder with a study and its report in `out`.
  private static func finished(agents: String = "hold", paths: Int = 40) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder, severities: "[1]")
    let run = try StressLabProgram(folder: folder).run(
      "run", "study.json", "--paths", "\(paths)", "--agents", agents, "--out", "out", "--quiet")
    try #require(run.code == 0, "\(run.error)")
    return folder
  }

  private static func contents(_ folder: TemporaryFolder) throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path("out"))
    var isFolder: ObjCBool = false
    return try Dictionary(
      uniqueKeysWithValues: names.filter { name in
        let path = folder.path("out/\(name)")
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      }.map { ($0, try Data(contentsOf: folder.url.appendingPathComponent("out/\($0)"))) })
  }

  @Test("a report as the run left it is proved in every part, and no byte of its folder changes")
  func good() throws {
    let folder = try Self.finished(agents: "flat,hold,trend")
    let before = try Self.contents(folder)
    let program = StressLabProgram(folder: folder)
    let result = try program.run("verify", "out")
    #expect(result.code == 0, "\(result.output)\(result.error)")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.hasPrefix("good ") }, "\(result.output)")
    let told = [
      "results.sqlite: its bytes are those that the run left",
      "the tables of results.sqlite: every table, and every tile of 40 paths, has its checksum",
      "summary.json: every number comes from the store", "manifest.json: says what the store says",
      "index.html: drawn again from the store, byte for byte", "charts.txt: drawn again from the store, byte for byte",
      "the documents: are those of the run, and give its scenarios, markets and desks",
      "the paths: 40 of 40 in the market, simulated again, gave the same bits, and every count of the fans",
      "the worst and the sample paths: step by step as the report tells of them",
      "the known case: comes out as its formula says, within its interval",
    ]
    for line in told { #expect(lines.contains("good         " + line), "\(line)") }
    #expect(try Self.contents(folder) == before)
    #expect(try program.run("verify", "out", "--quiet").output.isEmpty)
    // Anybody else can check the store's bytes.
    #expect(try folder.run("/bin/sh", ["-c", "cd out && sha256sum -c results.sha256"]) == "results.sqlite: OK\n")
  }

  /// Each try turns one bit or all bits of one byte: half of them in the store, of which some bytes hold nothing; the others
  /// in each file of the folder in turn.
  static func changeBytes(tries: Int, seed: UInt64) throws {
    let folder = try finished()
    let program = StressLabProgram(folder: folder)
    let whole = try contents(folder)
    let names = whole.keys.sorted()
    var state = seed
    for number in 0..<tries {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let name = number.isMultiple(of: 2) ? "results.sqlite" : names[number / 2 % names.count]
      let bytes = try #require(whole[name])
      let place = Int(state >> 24) % bytes.count
      let change = number / 2 % 3 > 0 ? UInt8(1 << (state >> 61)) : 0xFF
      let file = URL(fileURLWithPath: folder.path("out/\(name)"))
      var changed = bytes
      changed[place] ^= change
      try changed.write(to: file)
      let result = try program.run("verify", "out", "--paths", "0")
      #expect(result.code == 1, "byte \(place) ^ \(change) of \(name): \(result.code) \(result.output)\(result.error)")
      #expect(result.output.contains("differs "), "byte \(place) ^ \(change) of \(name): \(result.output)")
      try bytes.write(to: file)
    }
    #expect(names.count > 10 && tries > 2 * names.count)
    #expect(try program.run("verify", "out", "--paths", "0").code == 0)
  }

  /// Measured before: "the store's run was chosen by --risk house, which this version does not know".
  @Test("a run of what the command line chose is proved too")
  func chosen() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    let run = try program.run(
      "run", "study.json", "--paths", "16", "--agents", "hold,trend", "--risk", "house", "--severity", "1,2", "--out",
      "out",
      "--quiet")
    try #require(run.code == 0, "\(run.error)")
    let result = try program.run("verify", "out")
    #expect(result.code == 0, "\(result.output)\(result.error)")
  }

  @Test("a changed byte is found, in whichever file of the folder it is")
  func everyByte() throws { try Self.changeBytes(tries: 200, seed: 12) }

  @Test("a file that is gone is missed; one that the report does not list is nobody's business")
  func missing() throws {
    let folder = try Self.finished()
    let program = StressLabProgram(folder: folder)
    try folder.write("out/charts/mine.svg", "<svg/>")
    try folder.write("out/notes.txt", "mine")
    let whole = try Self.contents(folder)
    #expect(try program.run("verify", "out", "--paths", "0").code == 0)
    for (name, bytes) in whole where !["charts/mine.svg", "notes.txt"].contains(name) {
      try FileManager.default.removeItem(atPath: folder.path("out/\(name)"))
      let result = try program.run("verify", "out", "--paths", "0")
      #expect(result.code == (name == "results.sqlite" ? 2 : 1), "\(name): \(result.output)\(result.error)")
      #expect((result.output + result.error).contains(name), "\(name): \(result.output)\(result.error)")
      try bytes.write(to: URL(fileURLWithPath: folder.path("out/\(name)")))
    }
  }

  @Test("a scenario that has changed since is told by its name, and the report is not proved")
  func changedDocument() throws {
    let folder = try Self.finished()
    let calm = SmallScenario.scenario(
      events: SmallScenario.crash.replacing("\"typical\": 0.15", with: "\"typical\": 0.1"))
    try folder.write("small.json", calm)
    let program = StressLabProgram(folder: folder)
    let result = try program.run("verify", "out")
    #expect(result.code == 1)
    let told = "not checked  the paths: the scenario small.json is not what it was: no path was simulated again\n"
    #expect(result.output.hasSuffix(told), "\(result.output)")
  }

  /// Planted: outcomes that were changed with everything that follows from them, by somebody who knows the checksums.
  @Test("outcomes that were changed and sealed again are found by simulating their paths again")
  func resealed() throws {
    let folder = try Self.finished(paths: 16)
    let code = """
      import hashlib, sqlite3, struct, sys
      store = sqlite3.connect(sys.argv[1])
      columns = [(row[1], row[2]) for row in store.execute("pragma table_info(outcomes)")]
      store.execute("update outcomes set timeUnderWater = timeUnderWater + 1 where path = 9")
      def digest(rows):
          whole = hashlib.sha256()
          for row in rows:
              for value, (_, kind) in zip(row, columns): whole.update(struct.pack("<d" if kind == "REAL" else "<q", value))
          return whole.hexdigest()
      def checksum(row):
          part = hashlib.sha256()
          for value in row:
              if isinstance(value, int): part.update(struct.pack("<Bq", 1, value))
              elif isinstance(value, str): part.update(struct.pack("<BQ", 3, len(value.encode())) + value.encode())
              else: part.update(b"\\x05")
          return part
      names = ", ".join(name for name, _ in columns)
      rows = list(store.execute(f"select {names} from outcomes order by path, clone, desk"))
      store.execute("update tiles set outcomes = ?", [digest(rows)])
      assert store.execute("select count(*) from tiles").fetchone() == (1,)
      tile = store.execute("select * from tiles").fetchone()
      store.execute("update checksums set sha256 = ? where part = 'tiles'", [checksum(tile).hexdigest()])
      store.execute("update meta set value = ? where key = 'digest'", [digest(rows)])
      meta = hashlib.sha256()
      for row in store.execute("select * from meta order by key"):
          for value in row: meta.update(struct.pack("<BQ", 3, len(value.encode())) + value.encode())
      store.execute("update checksums set sha256 = ? where part = 'meta'", [meta.hexdigest()])
      store.commit()
      store.close()
      print("done")
      """
    #expect(try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("out/results.sqlite")]) == "done\n")
    _ = try folder.run("/bin/sh", ["-c", "cd out && sha256sum results.sqlite > results.sha256"])
    let result = try StressLabProgram(folder: folder).run("verify", "out")
    #expect(result.code == 1 && result.output.contains("good         the tables of results.sqlite"), "\(result.output)")
    let told = "differs      the paths: path 9, hold/"
    #expect(result.output.contains(told) && result.output.contains("timeUnderWater is "), "\(result.output)")
  }

  /// Planted likewise: the counts of one time in the place of another one's.
  @Test("counts that were changed and sealed again are found by simulating all paths again, and by no fewer")
  func resealedCounts() throws {
    let folder = try Self.finished(paths: 16)
    let code = """
      import hashlib, sqlite3, struct, sys
      store = sqlite3.connect(sys.argv[1])
      points = "select counts from histograms where series = 0 and point = ?"
      rows = [store.execute(points, [point]).fetchone()[0] for point in (3, 60)]
      assert rows[0] != rows[1]
      store.execute("update histograms set counts = ? where series = 0 and point = 60", [rows[0]])
      part = hashlib.sha256()
      for row in store.execute("select * from histograms where series = 0 order by point"):
          for value in row:
              if isinstance(value, int): part.update(struct.pack("<Bq", 1, value))
              elif isinstance(value, float): part.update(struct.pack("<Bd", 2, value))
              else: part.update(struct.pack("<BQ", 4, len(value)) + value)
      sql = "update checksums set sha256 = ? where part = 'histograms' and number = 0"
      assert store.execute(sql, [part.hexdigest()]).rowcount == 1
      store.commit()
      store.close()
      print("done")
      """
    #expect(try folder.run("/usr/bin/env", ["python3", "-c", code, folder.path("out/results.sqlite")]) == "done\n")
    let program = StressLabProgram(folder: folder)
    let all = try program.run("verify", "out", "--paths", "16")
    #expect(all.output.contains("good         the tables of results.sqlite"), "\(all.output)")
    #expect(
      all.output.contains("differs      the paths: the fan of price (series 0) is counted otherwise"), "\(all.output)")
    #expect(all.output.contains("differs      summary.json: from byte "), "\(all.output)")
    let some = try program.run("verify", "out", "--paths", "8")
    #expect(
      some.output.contains("good         the paths: 8 of 16 in the market, simulated again, gave the same bits\n"))
  }

  @Test("as many groups of eight paths are simulated again as hold those that are asked for")
  func groups() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    // From 5 on, so that the first group has three paths.
    let words = [
      "run", "study.json", "--first-path", "5", "--paths", "60", "--agents", "flat", "--out", "out", "--quiet",
    ]
    #expect(try program.run(words).code == 0)
    for (asked, told) in [(1, 3), (8, 3), (9, 4), (24, 12), (64, 52), (65, 60), (1000, 60)] {
      let result = try program.run("verify", "out", "--paths", "\(asked)")
      #expect(result.output.contains("the paths: \(told) of 60 in each of 2 markets, "), "\(asked): \(result.output)")
      #expect(result.code == 0)
    }
  }

  @Test("without the study the paths are said not to be checked, and the report is not proved")
  func moved() throws {
    let folder = try Self.finished()
    try FileManager.default.removeItem(atPath: folder.path("study.json"))
    let program = StressLabProgram(folder: folder)
    let result = try program.run("verify", "out")
    #expect(result.code == 1)
    let told =
      "not checked  the paths: study.json is not where it was, seen from this folder: no path was simulated again\n"
    #expect(result.output.hasSuffix(told), "\(result.output)")
    #expect(try program.run("verify", "out", "--paths", "0").code == 0)
  }

  @Test("of documents that came through a pipe the paths are said not to be checked")
  func piped() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let line = "'\(StressLabProgram.path)' run - --paths 8 --out out --quiet < study.json; echo $?"
    #expect(try folder.run("/bin/bash", ["-c", line]) == "0\n")
    let result = try StressLabProgram(folder: folder).run("verify", "out")
    let told = "not checked  the paths: the documents were read from standard input: no path was simulated again\n"
    #expect(result.code == 1 && result.output.hasSuffix(told), "\(result.output)")
  }

  @Test("a run that was stopped is refused with exit code 2, and proved when it has gone on")
  func stopped() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    let words = ["run", "study.json", "--paths", "320", "--tile", "8", "--threads", "1", "--out", "out", "--verbose"]
    let running = try program.start(words)
    _ = running.waitForErrorLines(3)
    running.signal(SIGINT)
    try #require(try running.wait().code == 130)
    let result = try program.run("verify", "out")
    #expect(result.code == 2 && result.error == "stresslab: the run is not finished: resume it with --resume\n")
    #expect(try program.run(words + ["--resume"]).code == 0)
    #expect(try program.run("verify", "out").code == 0)
  }

  @Test("what is no finished run is refused in words, with exit code 2")
  func refused() throws {
    let folder = try Self.finished()
    let program = StressLabProgram(folder: folder)
    func refusal(_ words: String...) throws -> String {
      let result = try program.run(["verify"] + words)
      #expect(result.code == 2, "\(words): \(result.output)\(result.error)")
      return result.error
    }
    #expect(try refusal("nowhere").contains("nowhere holds no run: there is no results.sqlite"))
    #expect(try refusal("out", "--paths=-1").contains("--paths lies in 0…1000000000, not at -1"))
    try folder.write("out/results.sqlite-wal", "left")
    #expect(try refusal("out").contains("out/results.sqlite-wal says that the run was stopped: resume it with"))
    try FileManager.default.removeItem(atPath: folder.path("out/results.sqlite-wal"))
    try FileManager.default.removeItem(atPath: folder.path("out/index.html"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("out/index.html"), withDestinationPath: "manifest.json")
    #expect(try refusal("out").contains("out/index.html is a symbolic link, and is not followed"))
  }
}

@Suite(
  "Gate: a changed byte anywhere in a report folder is found",
  .enabled(if: ProcessInfo.processInfo.environment["STRESSLAB_GATES"] != nil, "only in make gates"))
struct VerificationGateTests {
  @Test("in 1,000 tries")
  func thousand() throws { try VerifyCommandTests.changeBytes(tries: 1000, seed: 13) }
}
