import Digests
import Documents
import Foundation
import MarketData
import Pipeline
import Testing

/// `stresslab data`, `import`, `features` and `fit` as people type them.
@Suite("Commands of the data folder")
struct DataCommandsTests {
  /// 400 hours with nothing wrong in them, and the same with one close that leaves and comes back and a feed that stands still.
  private static func bars(isSoiled: Bool) -> [UInt8] {
    var rows = MadeRows.normal.rows(seed: 5, count: 400)
    if isSoiled {
      for field in [BarField.open, .high, .low, .close] {
        rows.rows[150][field] = rows.rows[150][field].map { $0 * 2.6 }
      }
      let close = rows.rows[249][.close]
      for place in 250..<262 { for field in [BarField.open, .high, .low, .close] { rows.rows[place][field] = close } }
    }
    return BarRows.csv([rows])
  }

  /// A folder that has the file `mine.csv`, taken in as the dataset `mine`.
  private static func filled(isSoiled: Bool = false) throws -> TemporaryData {
    let data = try TemporaryData()
    try Data(bars(isSoiled: isSoiled)).write(to: data.url.appendingPathComponent("mine.csv"))
    #expect(try run(data, "import", "mine.csv", "--as", "mine").code == 0)
    return data
  }

  private static func run(_ data: TemporaryData, _ arguments: String...) throws -> DataProgram.Result {
    try DataProgram.run(arguments, in: data)
  }

  private static func change(_ place: String, in data: TemporaryData) throws {
    let url = URL(fileURLWithPath: "\(data.folder.path)/\(place)")
    var bytes = try Data(contentsOf: url)
    // The last digit of the last volume: still a file of bars.
    bytes[bytes.count - 2] ^= 1
    try bytes.write(to: url)
  }

  /// Replaces the raw file and leaves the bars as they are, as a process does that is killed in between.
  private static func replace(with bytes: [UInt8], in data: TemporaryData) throws {
    let raw = try RawDataset(data.folder, MadeCandles.name("mine"))
    _ = try raw.take(bytes, from: "mine.csv", rows: 400, replace: true, now: 0)
  }

  private static let found = "1 spike, 1 run of closes that stay"
  private static let hint = "; stresslab data check data:mine tells them"

  @Test("what may be wrong with bars is said where they come in, in the manifest, and wherever they are listed")
  func findings() throws {
    let data = try Self.filled(isSoiled: true)
    let taken = try Self.run(data, "import", "mine.csv", "--as", "mine")
    #expect(taken.output.hasSuffix("\n  check      \(Self.found)\(Self.hint)\n"), "\(taken.output)")
    let processed = try Self.run(data, "data", "process", "mine")
    #expect(
      processed.output == """
        data/processed/mine.csv: 400 bars, 0 gaps, 0 changes
          check      \(Self.found)\(Self.hint)

        """)
    let shown = try Self.run(data, "data", "show", "mine")
    #expect(shown.output.contains("\n  check      \(Self.found)\(Self.hint)\n"), "\(shown.output)")
    let raw = try #require(try data.files(below: "raw/mine").first { $0.key.hasSuffix(".csv") })
    #expect(shown.output.contains("SHA-256 \(Digest.sha256(raw.value))\n"), "\(shown.output)")
    let list = try Self.run(data, "data", "list").output.split(separator: "\n")
    #expect(list[0].contains("  found  ") && list[1].contains("  2  "), "\(list)")
    // As the checks themselves count, told for programs.
    let reports = try BarRows.rows(of: Self.bars(isSoiled: true), file: "mine.csv").map { CleaningReport($0) }
    let counts = Dictionary(uniqueKeysWithValues: reports[0].counts.map { ($0.kind, Double($0.count)) })
    #expect(counts == ["spikes": 1, "stale": 1])
    let output = try Self.run(data, "data", "process", "mine", "--json").output
    let json = try DocumentParser.parse(Array(output.utf8), file: "o").root
    let told = try #require(json["bars"]?["findings"]?.members)
    #expect(Dictionary(uniqueKeysWithValues: told.map { ($0.name, $0.value.number ?? -1) }) == counts)
    #expect(json["rawFiles"]?.elements?.first?["sha256"]?.string == Digest.sha256(raw.value))
    let imported = try Self.run(data, "import", "mine.csv", "--as", "mine", "--json").output
    let report = try DocumentParser.parse(Array(imported.utf8), file: "o").root
    #expect(report["findings"]?["spikes"]?.number == 1 && report["findings"]?.members?.count == 2)
  }

  @Test("where nothing is wrong that is said, and what computes from it says nothing")
  func nothing() throws {
    let data = try Self.filled()
    #expect(try Self.run(data, "data", "process", "mine").output.hasSuffix("\n  check      nothing found\n"))
    #expect(try Self.run(data, "data", "show", "mine").output.contains("\n  check      nothing found\n"))
    let fit = try Self.run(data, "fit", "data:mine")
    #expect(fit.code == 0 && fit.error.isEmpty && fit.output.hasPrefix("data:mine: 399 log returns"), "\(fit.error)")
  }

  @Test("a manifest of an earlier program, which did not look, is read, and says so")
  func earlier() throws {
    let data = try Self.filled(isSoiled: true)
    let url = URL(fileURLWithPath: data.folder.processedManifest(MadeCandles.name("mine")))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.contains("\"findings\"") })
    let kept = lines[..<start].joined(separator: "\n").trimmingCharacters(in: [",", "\n"])
    try Data((kept + "\n}\n").utf8).write(to: url)
    let shown = try Self.run(data, "data", "show", "mine")
    #expect(
      shown.output.contains("\n  check      never looked at; stresslab data process mine does\n"), "\(shown.output)")
    let fit = try Self.run(data, "fit", "data:mine")
    #expect(fit.code == 0 && fit.error.isEmpty)
  }

  @Test("what computes from bars says what was found in them, and that they are behind; results are the same")
  func warnings() throws {
    let data = try Self.filled(isSoiled: true)
    let found = "stresslab: data:mine: \(Self.found)\(Self.hint)\n"
    for command in [["features", "data:mine", "--columns", "SMA_20"], ["fit", "data:mine", "--process", "gbm"]] {
      let (named, plain) = (
        try DataProgram.run(command, in: data),
        try DataProgram.run(command.map { $0 == "data:mine" ? "data/processed/mine.csv" : $0 }, in: data)
      )
      #expect(named.code == 0 && named.error == found, "\(named.error)")
      #expect(plain.code == 0 && plain.error.isEmpty)
      // But for what the bars are called.
      let names = ["data/processed/mine.csv", "data:mine", "mine.csv"]
      func nameless(_ text: String) -> String { names.reduce(text) { $0.replacing($1, with: "BARS") } }
      #expect(nameless(named.output) == nameless(plain.output))
    }
    try Self.replace(with: Self.bars(isSoiled: false), in: data)
    let behind = try Self.run(data, "features", "data:mine", "--columns", "SMA_20")
    #expect(
      behind.error == found
        + "stresslab: data:mine: the bars are behind their raw files; stresslab data process mine makes them again\n")
  }

  @Test("runs, trainings and searches on such bars say it too, and nothing under --quiet")
  func quiet() throws {
    let data = try Self.filled(isSoiled: true)
    for (file, text) in [
      ("s.json", ChainDocuments.scenario(of: "data:mine")), ("t.json", ChainDocuments.training),
      ("u.json", ChainDocuments.tuning),
    ] {
      try Data(text.utf8).write(to: data.url.appendingPathComponent(file))
    }
    let found = "stresslab: data:mine: \(Self.found)\(Self.hint)\n"
    for command in [["run", "s.json", "--paths", "8"], ["train", "t.json"], ["tune", "u.json"]] {
      let told = try DataProgram.run(command, in: data)
      #expect(told.code == 0 && told.error.contains(found), "\(command): \(told.error)")
      let quiet = try DataProgram.run(command + ["--overwrite", "--quiet"], in: data)
      #expect(quiet.code == 0 && quiet.error.isEmpty, "\(command): \(quiet.error)")
    }
  }

  @Test("a file that is not what was written is refused by every command that reads it, with 2 and what mends it")
  func damaged() throws {
    let data = try Self.filled()
    try Self.change("processed/mine.csv", in: data)
    try Data(ChainDocuments.scenario(of: "data:mine").utf8).write(to: data.url.appendingPathComponent("s.json"))
    try Data(ChainDocuments.training.utf8).write(to: data.url.appendingPathComponent("t.json"))
    let refusal =
      "data:mine: data/processed/mine.csv is not what was written: its SHA-256 is another one; stresslab data process mine "
      + "makes it again, stresslab data verify looks at all files\n"
    for command in [
      ["features", "data:mine", "--columns", "SMA_20"], ["features", "data:mine", "--columns", "SMA_20", "--as", "s"],
      ["fit", "data:mine"], ["data", "check", "data:mine"], ["run", "s.json", "--paths", "8"], ["validate", "s.json"],
      ["preview", "s.json"], ["train", "t.json"],
    ] {
      let result = try DataProgram.run(command, in: data)
      #expect(result.code == 2 && result.output.isEmpty, "\(command): \(result.output)")
      #expect(result.error.hasSuffix(refusal), "\(command): \(result.error)")
    }
    #expect(try Self.run(data, "data", "process", "mine").code == 0)
    #expect(try Self.run(data, "features", "data:mine", "--columns", "SMA_20").code == 0)
  }

  @Test("verify names a damaged file and ends with 1, and tells bars and features that are behind")
  func verify() throws {
    let data = try Self.filled()
    #expect(try Self.run(data, "features", "data:mine", "--columns", "SMA_20", "--as", "sma").code == 0)
    let whole = try Self.run(data, "data", "verify")
    #expect(whole.code == 0 && whole.output == "3 files as written, 0 not\n", "\(whole.output)")
    // Other bars: those that are here, and with them the features, are behind.
    try Self.replace(with: Self.bars(isSoiled: true), in: data)
    let stale = try Self.run(data, "data", "verify")
    #expect(
      stale.code == 0
        && stale.output == """
          mine: its bars were made from other raw files; stresslab data process mine makes them again
          3 files as written, 0 not

          """,
      "\(stale.output)")
    #expect(try Self.run(data, "data", "process", "mine").code == 0)
    let behind = try Self.run(data, "data", "verify", "mine")
    #expect(
      behind.code == 0
        && behind.output == """
          mine: features sma v1 were made from other bars; stresslab features data:mine --as sma makes the next version
          3 files as written, 0 not

          """,
      "\(behind.output)")
    for command in ["list", "show"] {
      let output = try DataProgram.run(["data", command] + (command == "show" ? ["mine"] : []), in: data).output
      #expect(output.contains("sma v1: 1 columns × 400 rows, csv (behind its bars)\n"), "\(output)")
    }
    #expect(try Self.run(data, "features", "data:mine", "--columns", "SMA_20", "--as", "sma").code == 0)
    #expect(try Self.run(data, "data", "verify").output == "4 files as written, 0 not\n")
    try Self.change("processed/mine.csv", in: data)
    let damaged = try Self.run(data, "data", "verify")
    #expect(
      damaged.code == 1 && damaged.error.isEmpty
        && damaged.output == """
          data/processed/mine.csv is not what was written: its SHA-256 is another one
          3 files as written, 1 not

          """,
      "\(damaged.output)")
  }

  @Test("features by a set's name are computed once, and again where a file of theirs is gone or damaged")
  func features() throws {
    let data = try Self.filled()
    func ask() throws -> DataProgram.Result {
      try Self.run(data, "features", "data:mine", "--columns", "SMA_20,RSI", "--as", "two", "--format", "npy")
    }
    let words = "data/features/mine/two/v1.npy: two v1: 2 columns × 400 rows, npy"
    #expect(try ask().output == "\(words)\n")
    #expect(try ask().output == "\(words), there already\n")
    let files = try data.files(below: "features")
    let beside = ["v1.columns.json", "v1.json", "v1.npy", "v1.time.npy"]
    #expect(files.keys.sorted() == beside.map { "mine/two/\($0)" })
    #expect(try Self.run(data, "data", "verify").output == "5 files as written, 0 not\n")
    for name in ["v1.npy", "v1.time.npy", "v1.columns.json"] {
      let place = "data/features/mine/two/\(name)"
      for (isGone, fault) in [(false, "is not what was written: its SHA-256 is another one"), (true, "is gone")] {
        let url = data.url.appendingPathComponent(place)
        if isGone {
          try FileManager.default.removeItem(at: url)
        } else {
          try Self.change("features/mine/two/\(name)", in: data)
        }
        let verified = try Self.run(data, "data", "verify")
        #expect(verified.code == 1 && verified.output == "\(place) \(fault)\n4 files as written, 1 not\n")
        #expect(try ask().output == "\(words), made again: \(place) \(fault)\n")
        #expect(try data.files(below: "features") == files)
      }
    }
  }

  @Test("check says each finding with its line, also against another source, and of data:NAME what repairs have left")
  func check() throws {
    let data = try Self.filled(isSoiled: true)
    try Data(Self.bars(isSoiled: false)).write(to: data.url.appendingPathComponent("other.csv"))
    let result = try Self.run(data, "data", "check", "mine", "--against", "other.csv")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(result.code == 0 && lines.first == "mine: 400 rows: 1 spikes, 1 stale, 13 against", "\(result.output)")
    let spike = try #require(lines.first { $0.hasPrefix("  spikes ") })
    #expect(spike.hasPrefix("  spikes line 152 2020-01-07T06:00:00Z: the close "), "\(spike)")
    let against = try #require(lines.first { $0.hasPrefix("  against line 152 2020-01-07T06:00:00Z: the close ") })
    #expect(against.contains(" off other.csv's "), "\(against)")
    #expect(lines.last == "  --drop spikes  drops bars that leave their neighbours and come back", "\(lines)")
    #expect(try Self.run(data, "data", "process", "mine", "--drop", "spikes").code == 0)
    let left = try Self.run(data, "data", "check", "data:mine").output
    #expect(left.hasPrefix("data:mine: 399 rows: 1 gaps, 1 stale\n"), "\(left)")
    #expect(try Self.run(data, "data", "check", "mine").output.hasPrefix("mine: 400 rows: 1 spikes, 1 stale\n"))
  }

  @Test("process drops and fixes what it is asked to, tells each change, and counts what is left")
  func repairs() throws {
    let data = try TemporaryData()
    let split = (1...20).map { day in
      let price = (day < 10 ? 100.0 : 50) + Double(day * 7 % 5) / 10
      return "2020-01-\(day < 10 ? "0" : "")\(day),\(price),\(price + 1),\(price - 1),\(price + 0.5),5\n"
    }
    let text = "date,open,high,low,close,volume\n" + split.joined()
    try Data(text.utf8).write(to: data.url.appendingPathComponent("mine.csv"))
    let taken = try Self.run(data, "import", "mine.csv", "--as", "mine")
    #expect(taken.output.hasSuffix("\n  check      1 split\(Self.hint)\n"), "\(taken.output)")
    let fixed = try Self.run(data, "data", "process", "mine", "--fix", "splits")
    #expect(fixed.code == 0 && fixed.output.hasPrefix("data/processed/mine.csv: 20 bars, 0 gaps, "), "\(fixed.output)")
    #expect(fixed.output.contains("\n  fix splits: ") && fixed.output.hasSuffix("\n  check      nothing found\n"))
    let bars = String(decoding: try data.files(below: "processed")["mine.csv"] ?? Data(), as: UTF8.self)
    #expect(bars.contains("2020-01-01T00:00:00Z,50.1,50.6,49.6,50.35,10\n"), "\(bars)")
    let refused = try Self.run(data, "data", "process", "mine", "--drop", "splits")
    #expect(refused.code == 2 && refused.error == "stresslab: --drop can't see to splits; --fix splits does\n")
  }
}
