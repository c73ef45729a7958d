import Foundation
import Testing

@Suite("What stresslab features refuses")
struct FeaturesRefusalTests {
  /// A command, and all that the program says about it.
  struct Refused: Sendable, CustomTestStringConvertible {
    let what: String
    var text = FeaturesCommandTests.bars
    var arguments = ["--set", "classic44"]
    let expected: [String]
    var testDescription: String { what }
  }

  private static func changed(_ old: String, _ new: String) -> String {
    FeaturesCommandTests.bars.replacingOccurrences(of: old, with: new)
  }

  private static let gapHint = "stresslab: bars are missing; --gaps allow computes as if none were"

  static let refused = [
    Refused(
      what: "a column that is missing", text: changed("high", "hgih").replacingOccurrences(of: ",volume", with: ",x"),
      expected: [
        #"bars.csv:1:1: no column "high", which high, TR, ATR, ATR_percent need; did you mean "hgih"?"#,
        #"bars.csv:1:1: no column "volume", which volume, volume_ma, volume_ma_ratio, PVT need; "#
          + "known: time, open, hgih, low, close, x",
      ]),
    Refused(
      what: "a column of times that has a name of its own", text: changed("time", "wann"),
      expected: [#"bars.csv:1:1: no column "time"; known: wann, open, high, low, close, volume"#]),
    Refused(
      what: "a high under the low", text: changed("11,13,10,12", "11,9,10,12"),
      expected: ["bars.csv:3:25: high: the high 9 is under the low 10"]),
    Refused(
      what: "a high under the close, and a low above the open", text: changed("11,13,10,12", "9,11,10,12"),
      expected: [
        "bars.csv:3:24: high: the high 11 is under the close 12", "bars.csv:3:27: low: the low 10 is above the open 9",
      ]),
    Refused(
      what: "no number, no price, no volume", text: changed("11,13,10,12,200", "11,x,-10,0,"),
      expected: [
        #"bars.csv:3:25: high: "x" is not a number"#, "bars.csv:3:27: low: -10 is not above 0",
        "bars.csv:3:31: close: 0 is not above 0", "bars.csv:3:33: volume: the number is missing",
      ]),
    Refused(
      what: "time that goes back", text: changed("T02", "T00"),
      expected: [
        "bars.csv:4:1: time: 2021-01-04T00:00:00Z is the time of line 2 too, with other values; "
          + "name the column of assets if there are several"
      ]),
    Refused(
      what: "time that repeats, and one that is none",
      text: changed("T01", "T00").replacingOccurrences(of: "T03", with: "T33"),
      expected: [
        "bars.csv:3:1: time: 2021-01-04T00:00:00Z repeats the time of the row before; "
          + "name the column of assets if there are several",
        #"bars.csv:5:1: time: "2021-01-04T33:00:00Z" is not a time such as 2000-03-01 or 2000-03-01T09:30:00Z"#,
      ]),
    Refused(
      what: "an hour that is missing", text: changed("T03", "T05"),
      expected: [
        "bars.csv:5:1: time: expected 2021-01-04T03:00:00Z, found 2021-01-04T05:00:00Z: 2 bars of 1h are missing",
        gapHint,
      ]),
    Refused(
      what: "no rows", text: "time,open,high,low,close,volume\n",
      expected: ["bars.csv: the file has no bars below its header"]),
    Refused(
      what: "nothing at all", text: "", expected: ["bars.csv:1:1: the file is empty; its first row names the columns"]),
    Refused(
      what: "columns that need more than closes", text: "date,AAA,BBB\n2021-01-04,1,2\n2021-01-05,1,2\n",
      arguments: ["--columns", "SMA_2,TR,OBV"],
      expected: [
        #"bars.csv:1:1: no column "high", which TR needs: the file has closes only, a column for each asset"#,
        #"bars.csv:1:1: no column "low", which TR needs: the file has closes only, a column for each asset"#,
        #"bars.csv:1:1: no column "volume", which OBV needs: the file has closes only, a column for each asset"#,
      ]),
    Refused(
      what: "neither a set nor columns", arguments: [],
      expected: ["stresslab: say which columns: --set classic44 or wide, or --columns SMA_20,RSI_14,..."]),
    Refused(
      what: "a set and columns", arguments: ["--set", "wide", "--columns", "RSI"],
      expected: [
        "stresslab: --set and --columns exclude each other: --columns takes the names of a set's columns too"
      ]),
    Refused(
      what: "a set that nobody knows", arguments: ["--set", "clasic44"],
      expected: [#"stresslab: no feature set named "clasic44"; did you mean "classic44"?"#]),
    Refused(
      what: "columns that nobody knows", arguments: ["--columns", "SMMA_20,RSI_14,momentun,RSI_14,SMA_1"],
      expected: [
        #"stresslab: --columns: unknown indicator "SMMA_20"; did you mean "SMA_20"?"#,
        #"stresslab: --columns: unknown indicator "momentun"; did you mean "momentum"?"#,
        "stresslab: --columns: RSI_14 is named twice", "stresslab: --columns: SMA, period: 1 is outside 2…100000",
      ]),
    Refused(
      what: "a comma too many", arguments: ["--columns", "SMA_20,"],
      expected: ["stresslab: --columns: a name is missing before or after a comma"]),
    Refused(
      what: "an asset of a file without assets", arguments: ["--columns", "RSI", "--asset", "IBM"],
      expected: [#"bars.csv: no asset named "IBM": the file has no column of assets"#]),
    Refused(
      what: "names of columns that are none", arguments: ["--columns", "RSI", "--names", "tiem=wann"],
      expected: [#"stresslab: --names: a bar has no "tiem"; did you mean "time"?"#]),
    Refused(
      what: "a name without a column", arguments: ["--columns", "RSI", "--names", "time"],
      expected: [#"stresslab: --names takes pairs such as time=Date, not "time""#]),
    Refused(
      what: "a column that --names names and the file does not have",
      arguments: ["--columns", "RSI", "--names", "close=last,time=Time"],
      expected: [
        #"bars.csv:1:1: no column "Time"; did you mean "time"?"#,
        #"bars.csv:1:1: no column "last"; known: time, open, high, low, close, volume"#,
      ]),
    Refused(
      what: "a file that exists", arguments: ["--columns", "RSI", "--out", "there.csv"],
      expected: ["stresslab: there.csv exists; --overwrite replaces it"]),
  ]

  @Test("what can't be done is told exactly, with exit code 2 and nothing written", arguments: refused)
  func isRefused(_ refused: Refused) throws {
    let folder = try TemporaryFolder()
    try folder.write("bars.csv", refused.text)
    try folder.write("there.csv", "here")
    let out = refused.arguments.contains("--out") ? [] : ["--out", "new.csv"]
    let result = try StressLabProgram(folder: folder).run(["features", "bars.csv"] + refused.arguments + out)
    #expect(result.error.split(separator: "\n").map(String.init) == refused.expected)
    #expect(result.code == 2)
    #expect(result.output == "")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(files == ["bars.csv", "there.csv"])
    #expect(try String(contentsOfFile: folder.path("there.csv"), encoding: .utf8) == "here")
  }

  @Test("a file that isn't there is refused by its name")
  func missing() throws {
    let result = try StressLabProgram(folder: TemporaryFolder()).run("features", "none.csv", "--set", "wide")
    #expect(result.error == "none.csv: there is no such file, or it can't be read\n")
    #expect(result.code == 2)
  }
}
