import Foundation
import Lab
import Lanes
import Randomness
import Testing

/// Seen before: a folder "holds another run", whatever it was that differed.
@Suite("The folder of another run")
struct AnotherRunTests {
  /// What is done before a run is to go on, and in what the folder's run is another one then.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var options: [String] = []
    /// Changes of files: what is replaced in which file by what.
    var changes: [(file: String, old: String, new: String)] = []
    /// In the order of the refusal. `FILE` stands for what the files' bytes sum up to, before and after.
    let told: [String]

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "another seed", options: ["--seed", "8"], told: ["seed 7 there, 8 here"]),
    Case(name: "fewer agents", options: ["--agents", "hold"], told: ["options none there, --agents hold here"]),
    Case(name: "one profile", options: ["--risk", "house"], told: ["options none there, --risk house here"]),
    Case(name: "another severity", options: ["--severity", "2"], told: ["options none there, --severity 2 here"]),
    Case(
      name: "another scenario", changes: [("small.json", "\"takerFeeBps\": 1", "\"takerFeeBps\": 2")],
      told: ["scenario small.json FILE"]),
    Case(
      name: "another study", changes: [("study.json", "\"loss\": 0.05", "\"loss\": 0.06")],
      told: ["study study.json FILE"]),
    Case(
      name: "an agent less", changes: [("study.json", " \"flat\": { \"model\": \"flat\" },", "")],
      told: ["study study.json FILE", "agent flat there only"]),
    Case(
      name: "a scenario more", changes: [("study.json", "[\"small.json\"]", "[\"small.json\", \"more.json\"]")],
      told: ["study study.json FILE", "scenario more.json here only"]),
    Case(
      name: "seed, options and two documents", options: ["--seed", "9", "--agents", "flat,hold", "--risk", "none"],
      changes: [
        ("small.json", "\"takerFeeBps\": 1", "\"takerFeeBps\": 2"), ("study.json", "\"loss\": 0.05", "\"loss\": 0.06"),
      ],
      told: [
        "seed 7 there, 9 here", "options none there, --agents flat,hold --risk none here", "study study.json FILE",
        "scenario small.json FILE",
      ]),
  ]

  private static func run(_ folder: TemporaryFolder, _ options: [String] = []) throws -> StressLabProgram.Result {
    try StressLabProgram(folder: folder).run(
      ["run", "study.json", "--paths", "8", "--out", "out", "--quiet"] + options)
  }

  private static func sum(_ folder: TemporaryFolder, _ path: String) throws -> Substring {
    try folder.run("/usr/bin/sha256sum", [path]).prefix(12)
  }

  private static func refusal(_ told: [String]) -> String {
    "stresslab: out holds another run (\(told.joined(separator: "; "))): choose another folder with --out, or add "
      + "--overwrite to replace it\n"
  }

  @Test("is left as it is, and everything that differs is said, as it is there and here", arguments: cases)
  func differences(_ example: Case) throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try folder.write("more.json", SmallScenario.scenario(length: "13h"))
    try #require(try Self.run(folder).code == 0)
    let before = try Self.sum(folder, "out/results.sqlite")
    var files: [String: String] = [:]
    for change in example.changes {
      let text = try String(contentsOf: folder.url.appendingPathComponent(change.file), encoding: .utf8)
      let there = try Self.sum(folder, change.file)
      try folder.write(change.file, text.replacing(change.old, with: change.new))
      let here = try Self.sum(folder, change.file)
      try #require(there != here)
      files[change.file] = "\(there)… there, \(here)… here"
    }
    let told = example.told.map { line in
      let file = line.split(separator: " ").first { files[String($0)] != nil }
      return line.replacing("FILE", with: file.flatMap { files[String($0)] } ?? "")
    }
    for options in [[], ["--resume"]] {
      let result = try Self.run(folder, example.options + options)
      #expect(result.code == 2 && result.error == Self.refusal(told), "\(result.error)")
    }
    #expect(try Self.sum(folder, "out/results.sqlite") == before)
  }

  @Test("is not that of a run whose documents have only moved")
  func moved() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try #require(try Self.run(folder).code == 0)
    let result = try folder.run(
      "/bin/sh",
      [
        "-c",
        "mkdir far && mv study.json small.json far && '\(StressLabProgram.path)' run far/study.json --paths 16 --out out"
          + " --quiet --resume; echo $?",
      ])
    #expect(result == "0\n")
  }

  /// A level that this program does not compute by.
  private static let otherLevel = (CPULevel.allCases.first { $0 != .current } ?? .baseline).rawValue

  /// A change of what the store says of the program that made it, as SQLite's JSON functions write it, and what is said then.
  static let programs: [(String, [String])] = [
    ("json_set(value, '$.programVersion', '0.0.9')", ["program version 0.0.9 there, \(Program.version) here"]),
    (
      "json_set(value, '$.streamVersion', 0)",
      ["random streams of version 0 there, \(RandomStreams.version) here"]
    ),
    (
      "json_set(value, '$.cpuLevel', '\(otherLevel)')",
      ["processor level \(otherLevel) there, \(CPULevel.current.rawValue) here"]
    ),
    (
      "json_set(value, '$.programDigest', '0123456789abcdef')",
      ["build of the program 0123456789ab… there, BUILD… here"]
    ),
    ("json_remove(value, '$.programDigest')", ["build of the program unknown there, BUILD… here"]),
    (
      "json_set(value, '$.cpuLevel', '\(otherLevel)', '$.programDigest', '0123456789abcdef', '$.seed', 70)",
      [
        "seed 70 there, 7 here", "processor level \(otherLevel) there, \(CPULevel.current.rawValue) here",
        "build of the program 0123456789ab… there, BUILD… here",
      ]
    ),
  ]

  @Test("that another program made is told by version, random streams, processor level and build", arguments: programs)
  func otherProgram(change: String, told: [String]) throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try #require(try Self.run(folder).code == 0)
    try folder.changeMeta(
      of: "out",
      """
      update meta set value = case key when 'context' then \(change) else 'another ' || value end
      where key in ('context', 'fingerprint')
      """)
    let build = try Self.sum(folder, StressLabProgram.path)
    let result = try Self.run(folder, ["--resume"])
    let refusal = Self.refusal(told.map { $0.replacing("BUILD", with: build) })
    #expect(result.code == 2 && result.error == refusal, "\(result.error)")
  }

  @Test("of which the store is gone is told from a run that could go on")
  func withoutStore() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try #require(try Self.run(folder).code == 0)
    try FileManager.default.removeItem(atPath: folder.path("out/results.sqlite"))
    let result = try Self.run(folder, ["--resume"])
    #expect(result.code == 2 && result.error == Self.refusal(["its results.sqlite is gone"]), "\(result.error)")
  }

  /// So that no part of it is forgotten that docs/results-store.md names.
  @Test("is known by its fingerprint, which Python makes of the same facts")
  func fingerprint() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try #require(try Self.run(folder, ["--agents", "hold", "--severity", "1"]).code == 0)
    let code = """
      import hashlib, json, sqlite3, sys
      meta = dict(sqlite3.connect("out/results.sqlite").execute("select key, value from meta"))
      run = json.loads(meta["context"])
      program = hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest()
      lines = [run["programVersion"], program, str(run["streamVersion"]), run["cpuLevel"], str(run["seed"]),
               meta["schemaVersion"], "--agents hold --severity 1"]
      names = {"small.json", "study.json", "hold"}
      assert {file["name"] for file in run["files"]} == names, run["files"]
      lines += [file["role"] + " " + file["sha256"] for file in run["files"]]
      print(meta["fingerprint"] == hashlib.sha256("\\n".join(lines).encode()).hexdigest())
      """
    #expect(try folder.run("/usr/bin/env", ["python3", "-c", code, StressLabProgram.path]) == "True\n")
  }

  /// Tried too with a program that was built for x86-64-v3, on runs of one that was built for AVX-512, and the other way
  /// round.
  @Test("that was made on another processor level is proved but for its paths, and compared with a word about it")
  func otherLevel() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    try #require(try Self.run(folder).code == 0)
    try FileManager.default.copyItem(atPath: folder.path("out"), toPath: folder.path("own"))
    try folder.changeMeta(
      of: "out",
      "update meta set value = json_set(value, '$.cpuLevel', '\(Self.otherLevel)') where key = 'context'")
    try #require(try program.run("report", "out", "--quiet").code == 0)
    // What a run writes at its end and `report` leaves alone, as a program of that level had written it.
    let script = """
      set -e; cd out; sha256sum results.sqlite > results.sha256
      sed -i 's/\\("cpuLevel": *"\\)[^"]*/\\1\(Self.otherLevel)/' summary.json manifest.json
      sed -i 's/\\("summarySHA256": *"\\)[^"]*/\\1'"$(sha256sum < summary.json | cut -c -64)"'/' manifest.json
      echo done
      """
    #expect(try folder.run("/bin/sh", ["-c", script]) == "done\n")
    let proof = try program.run("verify", "out")
    let (here, there) = (CPULevel.current.rawValue, Self.otherLevel)
    let told =
      "not checked  the paths: the run was made on \(there), and this program computes by \(here): "
      + "no path was simulated again"
    let lines = proof.output.split(separator: "\n").map(String.init)
    #expect(proof.code == 1 && lines.last == told, "\(proof.output)\(proof.error)")
    #expect(lines.count > 5 && lines.dropLast().allSatisfy { $0.hasPrefix("good ") }, "\(proof.output)")
    #expect(try program.run("verify", "out", "--paths", "0").code == 0)
    let compared = try program.run("compare", "own", "out")
    let note = "One run was computed by \(here), the other by \(there): their paths are the same but for rounding.\n"
    #expect(compared.code == 0 && compared.output.contains(note), "\(compared.output)\(compared.error)")
    #expect(try !program.run("compare", "own", "own").output.contains("computed by"))
  }
}
