import Foundation
import Glibc
import Testing

/// `stresslab run --events`, against what the finished run says of itself.
@Suite("What a run tells while it works")
struct RunEventsTests {
  private let folder: TemporaryFolder
  private let program: StressLabProgram

  init() throws {
    folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    program = StressLabProgram(folder: folder)
  }

  /// 80 tiles.
  private static let arguments = [
    "run", "study.json", "--paths", "320", "--tile", "8", "--threads", "2", "--out", "out", "--events", "e.jsonl",
  ]

  private var events: EventLines { EventLines(folder.path("e.jsonl")) }

  private func summary(_ out: String = "out") throws -> JSON {
    try JSONDecoder().decode(
      JSON.self, from: Data(contentsOf: folder.url.appendingPathComponent("\(out)/summary.json")))
  }

  /// Looks whether the last of what is told is what the summary says.
  private func check(_ events: EventLines, _ summary: JSON) throws {
    let desks = summary["desks"].elements
    let begun = try #require(events["begun"].last)
    #expect(begun["desks"].elements.count == desks.count && desks.count == 12)
    let last = try #require(events["progress"].last)
    #expect(last["done"].double == 1 && last["finished"].double == last["wanted"].double)
    #expect(last["secondsLeft"].double == 0)
    var ruined = 0.0
    for (desk, (known, told)) in zip(begun["desks"].elements, last["desks"].elements).enumerated() {
      for key in ["scenario", "agent", "risk"] { #expect(known[key].string == desks[desk][key].string) }
      #expect(known["severity"].double == desks[desk]["severity"].double)
      let survival = desks[desk]["survival"]
      #expect(told["survival"].double == survival["value"].double && told["paths"].double == survival["n"].double)
      let (low, high) = (try #require(told["low"].double), try #require(told["high"].double))
      // An interval that holds at all times is wider than one of the last moment.
      #expect(low <= survival["low"].double ?? 0 && high >= survival["high"].double ?? 1)
      #expect(high - low < 0.2)
      ruined += told["ruined"].double ?? 0
      let fan = try #require(events["fan"].last { $0["desk"].double == Double(desk) })
      try check(fan, desks[desk])
    }
    #expect(ruined > 100 && Double(events.ruins) == ruined)
  }

  /// A fan against the summary's at the same times.
  private func check(_ fan: JSON, _ desk: JSON) throws {
    for key in ["scenario", "agent", "risk"] { #expect(fan[key].string == desk[key].string) }
    let equity = desk["equity"]
    #expect(fan["paths"].double == equity["n"].double && fan["quantity"].string == "equity")
    #expect(fan["levels"].elements.map(\.double) == [0.05, 0.25, 0.5, 0.75, 0.95])
    let (all, seconds) = (equity["seconds"].elements.map(\.double), fan["seconds"].elements.map(\.double))
    #expect(seconds.count == 60 && seconds.first == all.first && seconds.last == all.last)
    let places = try seconds.map { second in try #require(all.firstIndex(of: second)) }
    for (level, key) in ["p5", "p25", "p50", "p75", "p95"].enumerated() {
      let values = equity[key].elements
      #expect(fan["values"].elements[level].elements.map(\.double) == places.map { values[$0].double })
    }
  }

  @Test("progress, fans and ruins end in what the summary says, and nothing of the run is another")
  func ends() throws {
    let result = try program.run(Self.arguments + ["--quiet"])
    #expect(result.code == 0 && result.error == "", "\(result.error)")
    let events = events
    #expect(events.broken == 0)
    #expect(events.all.first?["event"].string == "begun" && events["begun"].count == 1)
    #expect(events.all.last?["event"].string == "ended" && events["ended"].first?["exit"].double == 0)
    let begun = events.all[0]
    #expect(begun["command"].string == "run" && begun["title"].string == "Small study")
    #expect(begun["folder"].string == "out" && begun["wantedPaths"].double == 320)
    #expect(begun["looks"].elements.map(\.double) == [320])
    try check(events, try summary())
    var before = 0.0
    for progress in events["progress"] {
      let done = try #require(progress["done"].double)
      #expect(done >= before && done <= 1)
      before = done
    }
    let without = Self.arguments.dropLast(2).map { $0 == "out" ? "without" : $0 }
    #expect(try program.run(without).code == 0)
    for name in ["summary.json", "index.html", "manifest.json"] {
      let (a, b) = (folder.path("out/\(name)"), folder.path("without/\(name)"))
      #expect(FileManager.default.contents(atPath: a) == FileManager.default.contents(atPath: b), "\(name)")
    }
  }

  @Test("every ruin that has a line is a ruin of the store, with its cause and its moment")
  func ruins() throws {
    #expect(try program.run(Self.arguments).code == 0)
    let code = """
      import sqlite3
      store = sqlite3.connect("out/results.sqlite")
      causes = {1: "liquidation", 2: "zeroEquity", 3: "equityBelow"}
      for desk, path, cause, step in store.execute("select desk, path, cause, ruinStep from outcomes where cause <> 0"):
          print(desk, path, causes[cause], (step + 1) * 300)
      """
    let rows = Set(try folder.run("/usr/bin/env", ["python3", "-c", code]).split(separator: "\n").map(String.init))
    let told = events["ruin"].map { ruin in
      "\(Int(ruin["desk"].double ?? -1)) \(Int(ruin["path"].double ?? -1)) \(ruin["cause"].string ?? "") "
        + "\(Int(ruin["seconds"].double ?? -1))"
    }
    #expect(told.count >= 20 && Set(told).count == told.count && rows.isSuperset(of: told))
    #expect(events.ruins == rows.count)
  }

  @Test("killed after the n-th line it goes on in the same file, and what follows the last beginning adds up")
  func killed() throws {
    var kills = 0
    for line in [1, 2, 9, 17, 24] {
      try? FileManager.default.removeItem(atPath: folder.path("out"))
      try? FileManager.default.removeItem(atPath: folder.path("e.jsonl"))
      let running = try program.start(Self.arguments + ["--quiet"])
      #expect(running.waitForEvents(folder.path("e.jsonl"), count: line), "line \(line)")
      running.signal(SIGKILL)
      let killed = try running.wait().code == SIGKILL
      kills += killed ? 1 : 0
      let before = try Data(contentsOf: folder.url.appendingPathComponent("e.jsonl"))
      let resumed = try program.run(Self.arguments + ["--resume", "--quiet"])
      #expect(resumed.code == 0, "\(resumed.error)")
      let after = try Data(contentsOf: folder.url.appendingPathComponent("e.jsonl"))
      #expect(after.starts(with: before) && after.count > before.count)
      let events = events
      #expect(events.broken == 0 && events["begun"].count == 2)
      #expect(events["begun"].map { $0["resumed"] }.last?.isTrue == true)
      #expect(events["ended"].last?["exit"].double == 0)
      try check(events.sinceLastBeginning, try summary())
    }
    #expect(kills >= 3)
  }

  @Test("Ctrl-C is told, also in the middle of a tile that takes long, and so is what was refused")
  func stopped() throws {
    let running = try program.start(Self.arguments)
    #expect(running.waitForEvents(folder.path("e.jsonl"), count: 3))
    running.signal(SIGINT)
    #expect(try running.wait().code == 130)
    #expect(events.all.last?["event"].string == "ended" && events.all.last?["exit"].double == 130)
    #expect(events.all.last?["words"].string == "stopped")
    // What was held back is told.
    let ruined = try #require(events["progress"].last)["desks"].elements.reduce(0) { $0 + ($1["ruined"].double ?? 0) }
    #expect(Double(events.ruins) == ruined)
    // The folder holds a run.
    let refused = try program.run(Self.arguments)
    #expect(refused.code == 2)
    #expect(events.all.last?["exit"].double == 2 && events["begun"].count == 1)
    #expect(refused.error == "stresslab: \(events.all.last?["words"].string ?? "")\n")
    // A tile of many seconds: the process ends from within the signal's handler.
    _ = try SmallScenario.write(to: folder, paths: 512, length: "3250h")
    let long = try program.start(
      ["run", "study.json", "--threads", "1", "--severity", "1", "--out", "long", "--events", "long.jsonl"])
    #expect(long.waitForEvents(folder.path("long.jsonl"), count: 1))
    long.signal(SIGINT)
    #expect(try long.wait().code == 130)
    let lines = EventLines(folder.path("long.jsonl"))
    #expect(lines.broken == 0 && lines.all.map { $0["event"].string } == ["begun", "ended"])
    #expect(lines.all.last?["exit"].double == 130)
  }

  @Test("a file that cannot be written is said once, and changes nothing else")
  func places() throws {
    try folder.write("target", "")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.jsonl"), withDestinationPath: folder.path("target"))
    let arguments = ["run", "study.json", "--paths", "16", "--quiet", "--overwrite", "--out", "out", "--events"]
    for (place, words) in [
      ("link.jsonl", "a link, which is not followed"), ("/dev/full", "no regular file"), (".", "Is a directory"),
      ("none/e.jsonl", "No such file or directory"),
    ] {
      let result = try program.run(arguments + [place])
      #expect(result.code == 0 && result.error == "Not told in \(place): \(words).\n", "\(result.error)")
    }
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("target")).isEmpty)
    // Half a line of a process that was killed.
    try folder.write("e.jsonl", #"{"event":"progr"#)
    #expect(try program.run(arguments + ["e.jsonl"]).code == 0)
    #expect(events.broken == 1 && events.all.first?["event"].string == "begun")
  }
}
