import Foundation
import Testing

@Suite("stresslab import")
struct ImportCommandTests {
  static let dukascopy = """
    Gmt time,Open,High,Low,Close,Volume
    12.01.2021 00:00:00.000,1.2151,1.2160,1.2140,1.2155,100.5
    12.01.2021 01:00:00.000,1.2155,1.2170,1.2150,1.2165,90.25
    12.01.2021 02:00:00.000,1.2165,1.2166,1.2130,1.2140,80
    12.01.2021 02:00:00.000,1.2165,1.2166,1.2130,1.2140,80
    12.01.2021 04:00:00.000,1.2140,1.2150,1.2100,1.2111,70

    """

  @Test("it says what it understood, with the first, a middle and the last bar")
  func shows() throws {
    let folder = try TemporaryFolder()
    try folder.write("eur.csv", Self.dukascopy)
    let result = try StressLabProgram(folder: folder).run("import", "eur.csv")
    #expect(
      result.output == """
        eur.csv: Dukascopy
          fields      between commas; decimal point
          header      names 6 columns
          order       oldest first
          times       UTC, as the column is named
          columns     Gmt time is time, Open is open, High is high, Low is low, Close is close, Volume is volume
          rows        5
          asset       one, without a name: 4 bars of 1h, 2021-01-12T00:00:00Z to 2021-01-12T04:00:00Z
          left out    line 5: it repeats line 4 to the letter
          note        Dukascopy's volumes are those of its own market.
          gaps        1, the first: eur.csv:6:1: Gmt time: expected 2021-01-12T03:00:00Z, found 12.01.2021 04:00:00.000: \
        a bar of 1h is missing

          time                    open    high    low   close  volume
          2021-01-12T00:00:00Z  1.2151   1.216  1.214  1.2155   100.5
          2021-01-12T02:00:00Z  1.2165  1.2166  1.213   1.214      80
          2021-01-12T04:00:00Z   1.214   1.215   1.21  1.2111      70

        """)
    #expect(result.error == "" && result.code == 0)
  }

  @Test("the same is there as JSON")
  func json() throws {
    let folder = try TemporaryFolder()
    try folder.write("eur.csv", Self.dukascopy)
    let result = try StressLabProgram(folder: folder).run("import", "eur.csv", "--json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(json["shape"] as? String == "Dukascopy")
    #expect(
      (json["columns"] as? [[String: String]])?.map { $0["role"] } == [
        "time", "open", "high", "low", "close", "volume",
      ])
    #expect((json["bars"] as? [[String: Any]])?.map { $0["close"] as? Double } == [1.2155, 1.214, 1.2111])
    #expect((json["gaps"] as? [String])?.count == 1 && (json["leftOut"] as? [Any])?.count == 1)
    #expect(json["taken"] is NSNull)
  }

  @Test(
    "a file goes into the data folder as it came, its bars as data:NAME; another one in its place has to be asked for")
  func takes() throws {
    let folder = try TemporaryFolder()
    try folder.write("eur.csv", Self.dukascopy)
    let program = StressLabProgram(folder: folder)
    let result = try program.run("import", "eur.csv", "--as", "dukascopy/EURUSD/1h")
    #expect(result.code == 0, "\(result.error)")
    #expect(
      result.output.hasSuffix(
        """
        Kept as data:dukascopy/EURUSD/1h: 4 bars, 1 change in data/processed/dukascopy/EURUSD/1h.csv
          check      1 gap; stresslab data check data:dukascopy/EURUSD/1h tells them

        """),
      "\(result.output)")
    let bars = try String(
      contentsOf: folder.url.appendingPathComponent("data/processed/dukascopy/EURUSD/1h.csv"), encoding: .utf8)
    #expect(bars.hasPrefix("time,open,high,low,close,volume\n2021-01-12T00:00:00Z,1.2151,1.216,1.214,1.2155,100.5\n"))
    let raw = try FileManager.default.contentsOfDirectory(
      atPath: folder.url.appendingPathComponent("data/raw/dukascopy/EURUSD/1h").path)
    let kept = try #require(raw.first { $0.hasPrefix("eur.") && $0.hasSuffix(".csv") })
    #expect(
      try Data(contentsOf: folder.url.appendingPathComponent("data/raw/dukascopy/EURUSD/1h/\(kept)"))
        == Data(Self.dukascopy.utf8))
    let features = try program.run("features", "data:dukascopy/EURUSD/1h", "--columns", "close", "--gaps", "allow")
    #expect(features.output.hasPrefix("time,close\n2021-01-12T00:00:00Z,1.2155\n"), "\(features.error)")

    #expect(try program.run("import", "eur.csv", "--as", "dukascopy/EURUSD/1h").output.contains("Kept already as"))
    try folder.write("other.csv", Self.dukascopy.replacingOccurrences(of: "1.2111", with: "1.2112"))
    let other = try program.run("import", "other.csv", "--as", "dukascopy/EURUSD/1h")
    #expect(other.code == 2 && other.output == "" && other.error.contains("--overwrite"), "\(other.error)")
    let replaced = try program.run("import", "other.csv", "--as", "dukascopy/EURUSD/1h", "--overwrite")
    #expect(replaced.code == 0 && replaced.output.contains("Kept in place of another file as"))
  }

  @Test(
    "what can't be done is refused, and nothing is written",
    arguments: [
      (["import", "none.csv"], "none.csv: there is no such file, or it can't be read"),
      (["import", "packed.csv"], "packed.csv:1:1: the file is compressed by gzip: gunzip it, and give the CSV inside"),
      (
        ["import", "eur.csv", "--as", "a b"],
        "stresslab: --as: \"a b\" is no name of a dataset: words of letters, digits, \"-\", \"_\" and \".\" with slashes "
          + "between them, such as binance/BTC-USDT/1h"
      ),
      (
        ["import", "eur.csv", "--overwrite"],
        "stresslab: --overwrite goes with --as, which takes the file into the data folder"
      ),
      (
        ["import", "packed.csv", "--as", "x"],
        "packed.csv:1:1: the file is compressed by gzip: gunzip it, and give the CSV inside"
      ),
    ])
  func refuses(_ arguments: [String], _ message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("eur.csv", Self.dukascopy)
    try Data([0x1F, 0x8B, 8, 0]).write(to: folder.url.appendingPathComponent("packed.csv"))
    let result = try StressLabProgram(folder: folder).run(arguments)
    #expect(result.code == 2 && result.output == "" && result.error == message + "\n", "\(result.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("data").path))
  }

  @Test(
    "features says on standard error what was taken for granted, and writes ISO 8601 where the file's times are others")
  func features() throws {
    let folder = try TemporaryFolder()
    try folder.write("eur.csv", Self.dukascopy)
    let result = try StressLabProgram(folder: folder).run(
      "features", "eur.csv", "--columns", "close", "--gaps", "allow")
    #expect(result.output.hasPrefix("time,close\n2021-01-12T00:00:00Z,1.2155\n"))
    #expect(
      result.error.hasPrefix(
        """
        stresslab: eur.csv: Read as Dukascopy; times are UTC, as the column is named.
        stresslab: eur.csv: 1 row was left out, the first on line 5: it repeats line 4 to the letter.
        stresslab: eur.csv: Dukascopy's volumes are those of its own market.

        """), "\(result.error)")
  }
}
