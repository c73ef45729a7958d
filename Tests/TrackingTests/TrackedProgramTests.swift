import Digests
import Documents
import Foundation
import Testing

/// The record as a user meets it.
///
/// Seen before: a run that was resumed for more paths kept the number of paths that it had before.
@Suite("Programs on record", .serialized)
struct TrackedProgramTests {
  private func runs(_ program: TrackedProgram, _ more: String...) throws -> [Node] {
    let result = try program.start(["track", "list", "--json"] + more).1()
    return try DocumentParser.parse(Array(result.output.utf8), file: "output").root.elements ?? []
  }

  @Test("keep a run with its desks, go on in its record, and change nothing of its results")
  func stress() throws {
    let program = try TrackedProgram()
    #expect(try program.run("run", "study.json", "--quiet").code == 0)
    let first = try runs(program)
    #expect(first.count == 1)
    #expect(first[0]["status"]?.string == "FINISHED" && first[0]["kind"]?.string == "stress")
    #expect(first[0]["parameters"]?["seed"]?.string == "7")
    let summary = try DocumentParser.parse(Array(try program.read("reports/study/summary.json")), file: "s").root
    #expect(first[0]["tags"]?["digest"]?.string == summary["run"]?["digest"]?.string)
    let shown = try program.json("track", "show", "study")
    let desks = try #require(shown["desks"]?.elements)
    #expect(desks.count == 4)
    for (desk, said) in zip(desks, summary["desks"]?.elements ?? []) {
      #expect(desk["tags"]?["agent"]?.string == said["agent"]?.string)
      for (figure, key) in [("survival", "value"), ("survival.low", "low"), ("survival.high", "high")] {
        #expect(desk["metrics"]?[figure]?.number == said["survival"]?[key]?.number)
      }
      #expect(desk["metrics"]?["executionCostBps"]?.number == said["executionCostBps"]?["value"]?.number)
    }
    let page = try #require(shown["artefacts"]?.elements?.first { $0["path"]?.string == "report/index.html" })
    #expect(page["bytes"]?.number == Double(try program.read("reports/study/index.html").count))
    #expect(try program.run("run", "study.json", "--quiet", "--resume").code == 0)
    #expect(try runs(program).map { $0["run"]?.string } == first.map { $0["run"]?.string })
    #expect(try program.run("run", "study.json", "--quiet", "--paths", "300", "--resume").code == 0)
    #expect(try runs(program).count == 1)
    #expect(try program.json("track", "show", "study")["metrics"]?["paths"]?.number == 300)
    #expect(
      try program.run("run", "study.json", "--quiet", "--out", "bare", "--tracking", "none").code == 0)
    #expect(try runs(program).count == 1)
    let other = try program.run(
      "run", "study.json", "--quiet", "--paths", "300", "--out", "bare", "--overwrite",
      environment: ["STRESSLAB_TRACKING": "none"])
    #expect(other.code == 0 && other.error.isEmpty)
    #expect(try program.read("bare/summary.json") == program.read("reports/study/summary.json"))
    #expect(try program.read("bare/index.html") == program.read("reports/study/index.html"))
    #expect(try runs(program).count == 1)
  }

  /// Seen before: names of datasets were read as paths, so that a training had no data on record.
  @Test("say on which bars a run and a training rest, also where these have a name in the data folder")
  func data() throws {
    let program = try TrackedProgram()
    let bars =
      "time,open,high,low,close,volume\n"
      + (0..<400).map { hour in
        let price = 100 + hour * 7 % 11
        let day = hour / 24 + 1
        let stamp = "2020-01-\(day < 10 ? "0" : "")\(day)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00Z"
        return "\(stamp),\(price),\(price + 2),\(price - 2),\(price + 1),5\n"
      }.joined()
    try FileManager.default.createDirectory(
      atPath: program.path("data/processed/a"), withIntermediateDirectories: true)
    try program.write("data/processed/a/coin.csv", bars)
    try program.write(
      "recorded.json",
      """
      { "stresslab": "scenario/1", "title": "Recorded",
        "clock": { "step": "1h", "length": "1d", "warmup": "3d", "start": "2024-01-03", "calendar": { "model": "continuous" } },
        "history": { "model": "stationaryBootstrap", "file": "data:a/coin", "meanBlock": "6h" },
        "assets": { "AAA": { "price": 100, "history": "AAA",
          "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 1e5, "refillHalfLife": "20s" } } },
        "venue": { "takerFeeBps": 1, "initialMargin": 0.5, "maintenanceMargin": 0.05 } }
      """)
    try program.write(
      "taught.json",
      String(decoding: try program.read("calm.json"), as: UTF8.self).replacing("small.json", with: "recorded.json"))
    #expect(try program.run("run", "recorded.json", "--paths", "16", "--quiet").code == 0)
    #expect(try program.run("train", "taught.json", "--quiet").code == 0)
    let digest = Digest.sha256(Data(bars.utf8))
    for name in ["recorded", "taught/seed-3"] {
      let sets = try #require(try program.json("track", "show", name)["datasets"]?.elements)
      let data = sets.filter { $0["context"]?.string == "data" }
      #expect(data.count == 1, "\(name)")
      #expect(data.first?["source"]?.string == "data:a/coin" && data.first?["name"]?.string == "a/coin")
      #expect(data.first?["sha256"]?.string == digest)
    }
  }

  @Test("keep a search with what it came to, and each trial with its values and its figure")
  func search() throws {
    let program = try TrackedProgram()
    try program.write(
      "search.json",
      """
      { "stresslab": "tuning/1", "title": "Small", "training": "calm.json",
        "space": { "/hyperparameters/learningRate": { "values": [0.0001, 0.001, 0.01, 0.1] } },
        "sampler": { "model": "grid" }, "halving": { "factor": 2, "first": 2, "last": 4 }, "seeds": [3],
        "test": { "paths": 16 } }
      """)
    #expect(try program.run("tune", "search.json", "--quiet").code == 0)
    let all = try runs(program)
    #expect(all.count == 1 && all[0]["kind"]?.string == "search" && all[0]["status"]?.string == "FINISHED")
    let told = try DocumentParser.parse(Array(try program.read("tuning/search/tuning.json")), file: "t").root
    let shown = try program.json("track", "show", "search")
    #expect(shown["metrics"]?["best.validation"]?.number == told["best"]?["validation"]?.number)
    #expect(shown["metrics"]?["best.test"]?.number == told["best"]?["test"]?["value"]?.number)
    #expect(shown["tags"]?["best.trial"]?.string == told["best"]?["trial"]?.number.map { "\(Int($0))" })
    let (trials, values) = (try #require(shown["trials"]?.elements), try #require(told["trials"]?.elements))
    #expect(trials.count == 4 && values.count == 4)
    for (trial, value) in zip(trials, values) {
      let rate = value["values"]?["/hyperparameters/learningRate"]?.number
      #expect(trial["parameters"]?["hyperparameters/learningRate"]?.string.flatMap(Double.init) == rate)
      #expect(trial["metrics"]?[told["measure"]?.string ?? ""]?.number == value["value"]?.number)
      #expect(trial["tags"]?["status"]?.string == value["status"]?.string)
    }
    #expect(try program.run("tune", "search.json", "--quiet", "--resume").code == 0)
    #expect(try runs(program).count == 1)
  }

  @Test("end as they would where no record can be kept, and say so in one line")
  func unwritable() throws {
    let program = try TrackedProgram()
    try program.write("tracking", "a file where the folder should be")
    for command in [["run", "study.json", "--quiet"], ["train", "calm.json", "--quiet"]] {
      let result = try program.start(command).1()
      #expect(result.code == 0)
      #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
      #expect(result.error.hasPrefix("Not on record: "))
    }
    let refused = try program.run("track", "list")
    #expect(refused.code != 0 || refused.error.contains("Nothing is on record"))
    // Nobody is told of the record where the run itself is refused.
    let wrong = try program.run("run", "study.json", "--paths", "0")
    #expect(wrong.code == 2 && !wrong.error.contains("record"))
  }

  @Test("are each on record where several run at once")
  func together() throws {
    let program = try TrackedProgram()
    let started = try (1...4).map { try program.start(["run", "study.json", "--quiet", "--out", "out-\($0)"]).1 }
    for wait in started {
      let result = try wait()
      #expect(result.code == 0 && result.error.isEmpty, "\(result.error)")
    }
    let all = try runs(program)
    #expect(all.count == 4)
    #expect(all.allSatisfy { $0["status"]?.string == "FINISHED" })
    #expect(Set(all.map { $0["tags"]?["digest"]?.string }).count == 1)
    #expect(try runs(program, "--desks").count == 20)
  }

  @Test("keep a training with every figure of its log, also where it was killed in the middle")
  func training() throws {
    let program = try TrackedProgram()
    try program.write("long.json", TrackedProgram.training(updates: 400))
    let (process, wait) = try program.start(["train", "long.json", "--quiet"])
    while !FileManager.default.fileExists(atPath: program.path("agents/long/seed-3/checkpoint.safetensors")),
      process.isRunning
    { usleep(10_000) }
    kill(process.processIdentifier, SIGKILL)
    _ = try wait()
    let before = try runs(program).map { $0["run"]?.string }
    #expect(before.count <= 1)
    #expect(try program.run("train", "long.json", "--quiet", "--resume").code == 0)
    let after = try runs(program)
    #expect(after.count == 1 && after[0]["status"]?.string == "FINISHED")
    if let known = before.first { #expect(after[0]["run"]?.string == known) }
    let log = String(decoding: try program.read("agents/long/seed-3/training.csv"), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let column = try #require(log[0].firstIndex(of: "policyLoss"))
    let shown = try program.run("track", "show", "long/seed-3", "--metric", "policyLoss").output
    let rows = shown.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(rows == log.dropFirst().map { [$0[0], $0[column]] })
    #expect(rows.count == 400)
    #expect(after[0]["parameters"]?["hyperparameters.environments"]?.string == "16")
  }

  @Test("put the agent of a training into the model store, and gates hold a worse one back")
  func gate() throws {
    let program = try TrackedProgram()
    let trained = try program.run("train", "calm.json")
    #expect(trained.code == 0 && trained.output.contains("calm:1 is the candidate in tracking/models"))
    #expect(try program.run("train", "calm.json", "--overwrite").output.contains("calm:1 was there already"))
    // The study names a champion, and there is none yet.
    let early = try program.run("validate", "gate.json")
    #expect(early.code == 2 && early.error.contains("there is no \"agents:calm@champion\" in tracking/models"))
    #expect(try program.run("agents", "promote", "calm").code == 0)
    #expect(try program.run("run", "gate.json", "--quiet").code == 0)
    let shown = try program.json("agents", "show", "calm:1")
    #expect(shown["results"]?.elements?.count == 1)
    #expect(shown["trainedOn"]?.elements?.count == 2)
    // The same agent with eight times the leverage.
    let files = FileManager.default
    try files.copyItem(atPath: program.path("agents/calm/seed-3"), toPath: program.path("bold"))
    let text = String(decoding: try program.read("bold/agent.json"), as: UTF8.self)
    try program.write("bold/agent.json", text.replacing("\"leverage\": 2", with: "\"leverage\": 8"))
    #expect(try program.run("agents", "add", "bold", "--as", "calm").output.hasPrefix("calm:2 is the candidate"))
    #expect(try program.run("agents", "promote", "calm:2").code == 2)
    // It earns less on the same paths, and survives as many.
    let margin = "finalReturnMean=0.0001"
    let plain = try program.run("agents", "check", "calm", "--study", "gate.json")
    #expect(plain.code == 1 && plain.error.contains("mean return is worse"), "\(plain.error)")
    let allowed = "finalReturnMean=0.01"
    #expect(try program.run("agents", "check", "calm", "--study", "gate.json", "--margin", allowed).code == 0)
    #expect(
      try program.run("agents", "check", "calm", "--study", "gate.json", "--margin", allowed, "--strict").code == 1)
    let checked = try program.run("agents", "check", "calm", "--margin", margin)
    #expect(checked.code == 1, "\(checked.output)\(checked.error)")
    #expect(checked.error.contains("Worse: trained/none in small at severity 1: mean return is worse, -0.0006"))
    #expect(checked.output.contains("small: path by path, on the 400 paths 0…399 of both runs."))
    #expect(checked.output.contains("calm:1 is judged by its record in tracking/checks/calm/gate-"))
    // One desk, survival and mean return, and in the second check two studies that share the chance of a false alarm.
    #expect(checked.output.contains("by a bound of 97.5 % for each of 2 figures"), "\(checked.output)")
    let twice = try program.run(
      "agents", "check", "calm", "--study", "gate.json", "--study", "gate.json", "--margin", margin)
    #expect(twice.output.contains("by a bound of 98.75 % for each of 2 figures"), "\(twice.output)")
    let promoted = try program.run("agents", "promote", "calm:2", "--study", "gate.json", "--margin", margin)
    #expect(promoted.code == 1 && promoted.error.contains("calm:2 is not promoted; calm:1 stays the champion."))
    #expect(try program.run("agents", "promote", "calm:2", "--margin", allowed).code == 0)
    #expect(try program.run("agents", "promote", "calm:1", "--study", "gate.json", "--quiet").code == 0)
    #expect(try program.run("agents", "promote", "calm:2", "--force", "--margin", margin).code == 0)
    let decisions = try #require(try program.json("agents", "show", "calm:2")["decisions"]?.elements)
    #expect(decisions.count == 2)
    #expect(decisions[0]["reason"]?.string?.contains("mean return is worse") == true)
    // The alias has gone to another version: the run of before is another run.
    let resumed = try program.run("run", "gate.json", "--quiet", "--resume")
    #expect(resumed.code == 2 && resumed.error.contains("holds another run"))
    #expect(try program.run("agents", "remove", "calm:2").code == 2)
    #expect(try program.run("agents", "remove", "calm:1").code == 0)
    #expect(try program.json("agents", "list").elements?.count == 1)
    let compared = try program.run("agents", "compare", "calm:2", "calm:1")
    #expect(compared.code == 2 && compared.error.contains("there is no calm:1; known: calm:2"))
  }

  @Test("refuse what names no server, and are not held up by one that is away")
  func servers() throws {
    let program = try TrackedProgram()
    for wrong in ["sqlite:///x", "127.0.0.1:5000", "ftp://h"] {
      let result = try program.run("run", "study.json", "--mlflow", wrong)
      #expect(result.code == 2 && result.error.contains("no address of an MLflow server"), "\(result.error)")
    }
    #expect(try program.run("run", "study.json", "--mlflow", "http://127.0.0.1:9", "--tracking", "none").code == 2)
    #expect(!FileManager.default.fileExists(atPath: program.path("tracking")))
    let away = try program.run(
      "run", "study.json", "--quiet", environment: ["MLFLOW_TRACKING_URI": "http://127.0.0.1:9"])
    #expect(away.code == 0)
    #expect(away.error.split(separator: "\n").count == 1)
    #expect(away.error.contains("Not sent yet: http://127.0.0.1:9 can't be reached"))
    let push = try program.run("track", "push")
    #expect(push.code == 74 && push.error.contains("1 left"), "\(push.error)")
    let other = try program.run(
      "run", "study.json", "--quiet", "--out", "o", environment: ["MLFLOW_TRACKING_URI": "mlruns"])
    #expect(other.code == 0 && other.error.isEmpty)
  }
}
