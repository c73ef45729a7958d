import Foundation
import Testing

@Suite("stresslab features")
struct FeaturesCommandTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("fixtures").path
  private static let stocks = "\(fixtures)/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"

  static let bars = """
    time,open,high,low,close,volume
    2021-01-04T00:00:00Z,10,12,9,11,100
    2021-01-04T01:00:00Z,11,13,10,12,200
    2021-01-04T02:00:00Z,12,12.5,8,9,0
    2021-01-04T03:00:00Z,9,10,8.5,10,50

    """

  @Test("a row comes out for each bar: the time as it was written, the columns, nothing in the look-back")
  func rows() throws {
    let folder = try TemporaryFolder()
    try folder.write("bars.csv", Self.bars)
    let result = try StressLabProgram(folder: folder).run(
      "features", "bars.csv", "--columns", "close,SMA_2,TR,PVT,hour,day_of_week")
    #expect(
      result.output == """
        time,close,SMA_2,TR,PVT,hour,day_of_week
        2021-01-04T00:00:00Z,11,,,,0,0
        2021-01-04T01:00:00Z,12,11.5,3,18.181818181818166,1,0
        2021-01-04T02:00:00Z,9,10.5,4.5,18.181818181818166,2,0
        2021-01-04T03:00:00Z,10,9.5,1.5,23.737373737373723,3,0

        """)
    #expect(result.error == "")
    #expect(result.code == 0)
  }

  /// A recorded file's shape: how it is called, how many columns come out, the first of them, and the number of rows.
  struct Shape: Sendable, CustomTestStringConvertible {
    let name: String
    var arguments: [String] = []
    let header: String
    let rows: Int
    var testDescription: String { "\(name) \(arguments.joined(separator: " "))" }
  }

  static let shapes = [
    Shape(name: "bars/coin_1h.csv", header: "timestamp,SMA_20,log_returns", rows: 336),
    Shape(name: "bars/currency_1h.csv", header: "timestamp,SMA_20,log_returns", rows: 1041),
    Shape(name: "bars/closes_1d.csv", header: "timestamp,asset,SMA_20,log_returns", rows: 144 * 4 - 42 - 20),
    Shape(
      name: "bars/closes_1d.csv", arguments: ["--asset", "BBB"], header: "timestamp,SMA_20,log_returns", rows: 102),
    Shape(
      name: "us_equities_5_daily_ohlcv_2000_2013_public_domain.csv", header: "timestamp,symbol,SMA_20,log_returns",
      rows: 12_154),
    Shape(
      name: "us_equities_5_daily_ohlcv_2000_2013_public_domain.csv", arguments: ["--asset", "IBM", "--asset", "FB"],
      header: "timestamp,symbol,SMA_20,log_returns", rows: 3270 + 196),
  ]

  @Test("files of every shape are read without further words", arguments: shapes)
  func reads(_ shape: Shape) throws {
    let folder = try TemporaryFolder()
    let result = try StressLabProgram(folder: folder).run(
      ["features", "\(Self.fixtures)/\(shape.name)", "--columns", "SMA_20,log_returns"] + shape.arguments)
    let lines = result.output.split(separator: "\n")
    #expect(result.error == "")
    #expect(result.code == 0)
    #expect(lines.first.map(String.init) == shape.header)
    #expect(lines.count - 1 == shape.rows)
    let fields = lines.last?.split(separator: ",", omittingEmptySubsequences: false)
    #expect(fields?.suffix(2).allSatisfy { Double($0) != nil } == true, "\(lines.last ?? "")")
  }

  @Test("classic44 has the figures of pandas and TA-Lib to 1e-9, also by way of the CSV")
  func figures() throws {
    let folder = try TemporaryFolder()
    let expected = try String(contentsOfFile: "\(Self.fixtures)/indicators/classic44-coin-1h.csv", encoding: .utf8)
    let found = try StressLabProgram(folder: folder).run(
      "features", "\(Self.fixtures)/bars/coin_1h.csv", "--set", "classic44")
    let (wanted, lines) = (expected.split(separator: "\n"), found.output.split(separator: "\n"))
    #expect(lines.first == wanted.first)
    for (line, other) in zip(lines, wanted).dropFirst() {
      let ours = line.split(separator: ",", omittingEmptySubsequences: false)
      let theirs = other.split(separator: ",", omittingEmptySubsequences: false)
      #expect(ours.first == theirs.first && ours.count == theirs.count)
      for (ours, theirs) in zip(ours, theirs).dropFirst() {
        let (a, b) = (Double(ours), Double(theirs))
        #expect((a == nil) == (b == nil), "\(line)")
        // Prices here are some 16,500: what is left of their differences is off by their rounding.
        if let a, let b { #expect(abs(a - b) <= 1e-9 * abs(b) + 1e-11, "\(ours) and \(theirs)") }
      }
    }
  }

  @Test("gaps that are allowed are said on standard error, and the bars are taken as they are")
  func allowedGaps() throws {
    let folder = try TemporaryFolder()
    try folder.write("bars.csv", Self.bars.replacingOccurrences(of: "T03", with: "T05"))
    let result = try StressLabProgram(folder: folder).run(
      "features", "bars.csv", "--columns", "returns", "--gaps", "allow")
    #expect(
      result.error == "stresslab: 1 gap allowed, the first: bars.csv:5:1: time: expected 2021-01-04T03:00:00Z, "
        + "found 2021-01-04T05:00:00Z: 2 bars of 1h are missing\n")
    #expect(result.output.hasSuffix("2021-01-04T05:00:00Z,0.11111111111111116\n"))
    #expect(result.code == 0)
  }

  @Test(
    "names of columns and of assets are taken as they are, and a file of one asset of several is like a file of one")
  func names() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "bars.csv",
      "Wann,\"Wer, was\",Schluss\n2021-01-04,\"A,\"\"B\"\"\",2\n2021-01-04,C,3\n2021-01-05,\"A,\"\"B\"\"\",3\n")
    let program = StressLabProgram(folder: folder)
    let all = try program.run(
      "features", "bars.csv", "--names", "time=Wann, close=Schluss", "--columns", "returns,close")
    #expect(all.code == 2)
    try folder.write(
      "bars.csv", "Wann,Wer,Schluss\n2021-01-04,\"A,\"\"B\"\"\",2\n2021-01-04,C,3\n2021-01-05,\"A,\"\"B\"\"\",3\n")
    let names = ["features", "bars.csv", "--names", "time=Wann,close=Schluss,asset=Wer", "--columns", "returns,close"]
    #expect(
      try program.run(names).output
        == "Wann,Wer,returns,close\n2021-01-04,\"A,\"\"B\"\"\",,2\n2021-01-04,C,,3\n2021-01-05,\"A,\"\"B\"\"\",0.5,3\n")
    #expect(
      try program.run(names + ["--asset", "A,\"B\""]).output == "Wann,returns,close\n2021-01-04,,2\n2021-01-05,0.5,3\n")
  }

  @Test("a file is written once, and again with --overwrite; its bytes are those of standard output")
  func file() throws {
    let folder = try TemporaryFolder()
    let program = StressLabProgram(folder: folder)
    let arguments = ["features", Self.stocks, "--set", "wide", "--asset", "FB"]
    let direct = try program.run(arguments)
    #expect(direct.code == 0)
    #expect(try program.run(arguments + ["--out", "f.csv"]).code == 0)
    #expect(try String(contentsOfFile: folder.path("f.csv"), encoding: .utf8) == direct.output)
    #expect(try program.run(arguments + ["--out", "f.csv"]).code == 2)
    #expect(try program.run(arguments + ["--out", "f.csv", "--overwrite"]).code == 0)
    #expect(
      try program.run(arguments + ["--out", "no/f.csv"]).error
        == "stresslab: no/f.csv can't be written: No such file or directory\n")
  }

  @Test("only a regular file is replaced, where a link leads, and nothing is left of what could not be written")
  func replaced() throws {
    let folder = try TemporaryFolder()
    let program = StressLabProgram(folder: folder)
    let arguments = ["features", Self.stocks, "--columns", "close", "--asset", "FB", "--out"]
    _ = try folder.run(
      "/bin/bash", ["-c", "mkfifo pipe; echo old >real.csv; ln -s real.csv link.csv; ln -s none dangling"])
    #expect(
      try program.run(arguments + ["pipe", "--overwrite"]).error
        == "stresslab: pipe is no regular file, and is not replaced\n")
    #expect(try program.run(arguments + ["dangling"]).code == 2)
    #expect(try program.run(arguments + ["link.csv", "--overwrite"]).code == 0)
    #expect(try String(contentsOfFile: folder.path("real.csv"), encoding: .utf8).hasPrefix("timestamp,close\n"))
    // A file may grow to 4 blocks of 1,024 bytes here: what was there must survive.
    let whole = arguments.joined(separator: "' '")
    let limited = try folder.run(
      "/bin/bash",
      [
        "-c",
        "echo old >kept.csv; trap '' XFSZ; ulimit -f 4; '\(StressLabProgram.path)' '\(whole)' kept.csv --overwrite 2>&1; echo $?; cat kept.csv; ls",
      ])
    #expect(
      limited.hasPrefix(
        "stresslab: kept.csv can't be written: the file would be larger than the system allows\n74\nold\n"),
      "\(limited)")
    #expect(!limited.contains(".part-"))
  }

  @Test("a reader that closes the pipe early ends it without a word, and a full disk is said")
  func closedPipe() throws {
    let folder = try TemporaryFolder()
    let program = "'\(StressLabProgram.path)' features '\(Self.stocks)' --set classic44"
    let code = try folder.run(
      "/bin/bash", ["-c", "\(program) 2>error | head -3 | wc -l; echo ${PIPESTATUS[0]}; cat error"])
    #expect(code == "3\n0\n")
    let full = try folder.run("/bin/bash", ["-c", "\(program) 2>&1 >/dev/full; echo $?"])
    #expect(full == "stresslab: standard output can't be written: the disk is full\n74\n")
  }

  @Test("the listing names every column of the sets, and each of its columns can be computed")
  func listing() throws {
    let folder = try TemporaryFolder()
    let program = StressLabProgram(folder: folder)
    let text = try program.run("list", "indicators").output
    let wide = try program.run("features", Self.stocks, "--set", "wide", "--asset", "FB").output
    let header = try #require(wide.split(separator: "\n").first).split(separator: ",").dropFirst()
    let words = Set(text.split { " ,;\n".contains($0) }.map(String.init))
    for name in header { #expect(words.contains(String(name)), "\(name)") }
    for name in ["SMA", "RSI", "MACD", "ADX", "STOCH", "CCI", "MFI", "AROON"] {
      #expect(text.contains("\n\(name): "), "\(name)")
    }
  }
}
