import Documents
import Foundation
import MarketData
import Testing

/// Files of paths that another program made.
@Suite("Files of paths")
struct OutsidePathsTests {
  private static let fixtures =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/fixtures/paths/"

  private static func read(_ text: String, _ columns: PathColumns = PathColumns()) throws(Problems) -> OutsidePaths {
    try OutsidePaths(CSVTable(Array(text.utf8), file: "p.csv"), columns: columns)
  }

  private static func array(_ name: String, assets: [String]? = nil) throws(Problems) -> OutsidePaths {
    let bytes = try FileContents.needed(fixtures + name)
    return try OutsidePaths(NumPyArray(bytes, file: name), assets: assets, file: name)
  }

  /// `random.npy` and `random.csv` were written by NumPy 2.4.6 from one array.
  @Test(
    "an array and a table of the same paths are the same numbers, to the last bit", arguments: ["random", "version-2"])
  func sameNumbers(name: String) throws {
    let table = try OutsidePaths.read(Self.fixtures + "random.csv", columns: PathColumns())
    let array = try Self.array(name + ".npy")
    #expect(array.columns[0].close == table.columns[0].close && array.columns[0].close.count == 54)
    #expect((array.count, array.rows, table.count, table.rows) == (6, 9, 6, 9))
    #expect(table.names == ["0", "1", "2", "3", "4", "5"] && table.name(of: 5) == "\"5\"" && array.name(of: 5) == "5")
    #expect(table.assets == [""] && array.assets == [""])
    #expect(array.columns[0].open == nil && array.columns[0].volume == nil)
  }

  @Test("the last axis of an array is its assets, in the order in which they are named")
  func lastAxis() throws {
    let paths = try Self.array("two-assets.npy", assets: ["B", "A"])
    for (name, base) in [("B", 100.0), ("A", 110)] {
      let close = try #require(paths.columns(of: name)).close
      let expected: [Double] = (0..<15).map { place in
        let (path, row) = (Double(place / 5), Double(place % 5))
        return base + path + row / 8
      }
      #expect(close == expected)
    }
    #expect(paths.columns(of: "C") == nil)
  }

  @Test("assets may come one after another or row by row, paths by any name, columns by others")
  func order() throws {
    let blocks = #"""
      world,step,name,close,open,high,low,volume,halfSpreadBps,depth,remark
      x,0,A,1,1,1,1,5,2,7,
      x,1,A,2,1,3,1,6,3,8,a
      x,0,B,10,10,10,10,50,20,70,
      x,1,B,20,10,30,10,60,30,80,b
      "y ""z""",0,B,11,11,11,11,51,21,71,
      "y ""z""",1,B,21,11,31,11,61,31,81,
      "y ""z""",0,A,1.5,1.5,1.5,1.5,5.5,2.5,7.5,
      "y ""z""",1,A,2.5,1.5,3.5,1.5,6.5,3.5,8.5,
      """#
    let columns = PathColumns(path: "world", time: "step", asset: "name", others: [.depthTo1Percent: "depth"])
    let paths = try Self.read(blocks, columns)
    var lines = blocks.split(separator: "\n")
    lines.swapAt(2, 3)
    let rows = try Self.read(lines.joined(separator: "\n"), columns)
    for paths in [paths, rows] {
      #expect(paths.names == ["x", "y \"z\""] && paths.rows == 2)
      let (a, b) = (try #require(paths.columns(of: "A")), try #require(paths.columns(of: "B")))
      #expect(a.close == [1, 2, 1.5, 2.5] && b.close == [10, 20, 11, 21])
      #expect(a.open == [1, 1, 1.5, 1.5] && b.high == [10, 30, 11, 31] && a.low == [1, 1, 1.5, 1.5])
      #expect(
        b.volume == [50, 60, 51, 61] && a.halfSpreadBps == [2, 3, 2.5, 3.5] && b.depthTo1Percent == [70, 80, 71, 81])
    }
  }

  @Test("times are numbers of any kind, or moments, which are kept of the first path")
  func times() throws {
    let numbers = try Self.read("path,time,close\na,-1e3,1\na,0.5,1\nb,7,1\nb,8,1\n")
    #expect(numbers.time.isEmpty)
    let moments = try Self.read("path,time,close\na,2024-01-03,1\na,2024-01-04,1\nb,2001-01-01,1\nb,2001-01-09,1\n")
    #expect(moments.time == [1_704_240_000_000, 1_704_326_400_000])
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let rows: String
    let problems: [String]
    var testDescription: String { problems.first ?? "" }
  }

  /// Each with everything that is wrong.
  static let refused: [Refused] = [
    Refused(
      rows: "path,time,close\na,0,1\na,1,nan\na,2,0\na,3,-2\na,4,\na,5,inf\n",
      problems: [
        "p.csv:3:5: close: \"nan\" is not a number", "p.csv:4:5: close: 0 is not above 0",
        "p.csv:5:5: close: -2 is not above 0", "p.csv:6:5: close: the number is missing",
        "p.csv:7:5: close: \"inf\" is not a number",
      ]),
    Refused(
      rows: "path,time,close\na,0,1\na,1,1\nb,0,1\nc,0,1\nc,1,1\n",
      problems: ["p.csv:4:1: path: path \"b\" has 1 row, and path \"a\" has 2"]),
    Refused(
      rows: "path,time,close\na,0,1\nb,0,1\nb,1,1\nc,0,1\nc,1,1\n",
      problems: ["p.csv:2:1: path: path \"a\" has 1 row, and path \"b\" has 2"]),
    Refused(
      rows: "path,time,close\na,0,1\na,1,1\nb,0,1\nb,1,1\na,2,1\na,3,1\nb,2,1\n",
      problems: [
        "p.csv:6:1: path: the rows of path \"a\", which begins in line 2, stand apart: they have to follow one another",
        "p.csv:8:1: path: the rows of path \"b\", which begins in line 4, stand apart: they have to follow one another",
      ]),
    Refused(
      rows: "path,time,close\na,0,1\na,0,1\nb,1,1\nb,0,1\n",
      problems: [
        "p.csv:3:3: time: 0 repeats the time of the row before of path \"a\"; name the column of assets if there are several",
        "p.csv:5:3: time: 0 goes back from the time of the row before of path \"b\"; name the column of assets if there are "
          + "several",
      ]),
    Refused(
      rows: "path,time,close\na,0,1\na,then,1\n,2,1\n",
      problems: [
        "p.csv:3:3: time: \"then\" is not a number, as the times before it are",
        "p.csv:4:1: path: the name of the path is missing",
      ]),
    Refused(
      rows: "path,time,close\na,2024-01-03,1\na,monday,1\n",
      problems: ["p.csv:3:3: time: \"monday\" is neither a number nor a time such as 2000-03-01T09:30:00Z"]),
    Refused(
      rows:
        "path,time,open,high,low,close,volume,halfSpreadBps,depthTo1Percent\na,0,2,1,1,2,-1,-1,0\na,1,1,1,2,3,1,6000,1\n",
      problems: [
        "p.csv:2:7: high: the high 1 is under the open 2",
        "p.csv:2:13: volume: -1 is outside 0…1e+18 (units of the asset)",
        "p.csv:2:16: halfSpreadBps: -1 is outside 0…5000 (basis points)",
        "p.csv:2:19: depthTo1Percent: 0 is outside 1e-09…1e+18 (units of the asset)",
        "p.csv:3:7: high: the high 1 is under the close 3", "p.csv:3:9: low: the low 2 is above the open 1",
        "p.csv:3:15: halfSpreadBps: 6000 is outside 0…5000 (basis points)",
      ]),
    Refused(
      rows: "path,time,high,clos\na,0,1,1\n",
      problems: [
        "p.csv:1:1: no column \"close\"; did you mean \"clos\"?",
        "p.csv:1:1: the column \"high\" needs one of opens: without it a row opens at the close before it, which may lie "
          + "beyond",
      ]),
    Refused(rows: "path,time,close\n", problems: ["p.csv: the file has no rows below its header"]),
  ]

  @Test("what is wrong in a table is told all at once, with line and column", arguments: refused)
  func refuses(_ refused: Refused) throws {
    let error = #expect(throws: Problems.self) { try Self.read(refused.rows) }
    #expect(error?.all.map(\.description) == refused.problems)
  }

  static let refusedAssets: [Refused] = [
    Refused(
      rows: "path,time,asset,close\na,0,A,1\na,1,A,1\na,0,B,1\na,2,B,1\n",
      problems: ["p.csv:5:3: time: 2 is another time than that of the other assets in this row of path \"a\""]),
    Refused(
      rows: "path,time,asset,close\na,0,A,1\na,1,A,1\na,0,B,1\nb,0,A,1\nb,1,A,1\n",
      problems: [
        "p.csv:2:1: path: path \"a\" has 1 row of asset \"B\", and path \"a\" has 2 of asset \"A\"",
        "p.csv:5:1: path: path \"b\" has no row of asset \"B\"",
      ]),
    Refused(
      rows: "path,time,asset,close\na,0,,1\na,0,A,1\n", problems: ["p.csv:2:5: asset: the name of the asset is missing"]
    ),
  ]

  @Test("assets of one path have its times, and every path has every asset", arguments: refusedAssets)
  func refusesAssets(_ refused: Refused) throws {
    let error = #expect(throws: Problems.self) { try Self.read(refused.rows, PathColumns(asset: "asset")) }
    #expect(error?.all.map(\.description) == refused.problems)
  }

  @Test("of very many problems the first twenty are told")
  func capped() throws {
    let rows = (0..<1000).map { "a,\($0),0" }
    let error = #expect(throws: Problems.self) { try Self.read("path,time,close\n" + rows.joined(separator: "\n")) }
    #expect(error?.all.count == 20 && error?.all.last?.position.line == 21)
  }

  struct RefusedArray: Sendable, CustomTestStringConvertible {
    let name: String
    var assets: [String]?
    let problems: [String]
    var testDescription: String { name }
  }

  /// Files that NumPy 2.4.6 wrote.
  static let refusedArrays: [RefusedArray] = [
    RefusedArray(
      name: "fortran-order.npy",
      problems: ["fortran-order.npy: it is in Fortran order: write numpy.ascontiguousarray(array)"]),
    RefusedArray(
      name: "big-endian.npy",
      problems: ["big-endian.npy: its numbers are big-endian, \">f8\": write array.astype(\"<f8\")"]),
    RefusedArray(
      name: "integers.npy",
      problems: [
        "integers.npy: its elements are \"<i8\", and paths are floats, \"<f8\" or \"<f4\": write array.astype(\"<f8\")"
      ]),
    RefusedArray(
      name: "records.npy",
      problems: [
        "records.npy: its elements are \"[('shape', '<f8'), ('close', '<f8')]\", and paths are floats, \"<f8\" or \"<f4\": "
          + "write array.astype(\"<f8\")"
      ]),
    RefusedArray(
      name: "one-axis.npy",
      problems: ["one-axis.npy: its shape is (9,); expected (paths, steps + 1) or (paths, steps + 1, assets)"]),
    RefusedArray(
      name: "holes.npy",
      problems: [
        "holes.npy: [1, 2]: nan is not a finite number", "holes.npy: [3, 0]: 0 is not above 0",
        "holes.npy: [5, 7]: inf is not a finite number",
      ]),
    RefusedArray(
      name: "two-assets.npy",
      problems: [
        "two-assets.npy: it has 2 assets, and nothing says which: \"assets\" names them in the order of the last axis"
      ]),
    RefusedArray(
      name: "two-assets.npy", assets: ["A", "B", "C"],
      problems: ["two-assets.npy: \"assets\" names 3 of 2 assets in it"]),
    RefusedArray(
      name: "random.npy", assets: ["A", "B"], problems: ["random.npy: \"assets\" names 2 of 1 asset in it"]),
    RefusedArray(name: "random.csv", problems: ["random.csv: it does not begin as an .npy file does"]),
  ]

  @Test("an array that holds no paths is refused with the reason and the remedy", arguments: refusedArrays)
  func refusesArrays(_ refused: RefusedArray) throws {
    let error = #expect(throws: Problems.self) { try Self.array(refused.name, assets: refused.assets) }
    #expect(error?.all.map(\.description) == refused.problems)
  }

  /// Every prefix of a file, and headers that were tampered with: a refusal, and never a crash.
  @Test("an array that was cut off or tampered with is refused")
  func damaged() throws {
    let bytes = try FileContents.needed(Self.fixtures + "random.npy")
    for count in 0..<bytes.count {
      #expect(throws: Problems.self, "\(count) bytes") { try NumPyArray(Array(bytes[..<count]), file: "a.npy") }
    }
    let text = String(decoding: bytes[10..<128], as: UTF8.self)
    for (old, new) in [
      ("(6, 9)", "(6,-9)"), ("(6, 9)", "(6, x)"), ("(6, 9)", "6, 9  "), ("(6, 9)", "(6, 8)"), ("False", "Maybe"),
      ("'shape'", "'shade'"), ("'descr'", "'desc' "), ("(6, 9), }", "(9999999, 9999999999999999999999)"),
      ("(6, 9), }                                      ", "(4294967296, 4294967296, 4294967296, 4294967296)"),
    ] {
      var changed = Array(text.replacingOccurrences(of: old, with: new).utf8)
      #expect(changed != Array(text.utf8), "\(old)")
      changed = Array((changed + Array(repeating: 0x20, count: 118)).prefix(118))
      #expect(throws: Problems.self, "\(new)") {
        try NumPyArray(Array(bytes[..<10]) + changed + Array(bytes[128...]), file: "a.npy")
      }
    }
    let cut = #expect(throws: Problems.self) { try NumPyArray(Array(bytes.dropLast(8)), file: "a.npy") }
    #expect(
      cut?.description == "a.npy: its shape (6, 9) has 432 bytes of numbers, and there are 424: was it cut off?")
  }
}
