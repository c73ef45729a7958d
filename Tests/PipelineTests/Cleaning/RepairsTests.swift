import Lab
import MarketData
import Pipeline
import Testing

/// What repairs change, and what they say of it.
@Suite("Repairs of bars")
struct RepairsTests {
  private static let clean = MadeRows.normal.rows(seed: 12, count: 300)

  private static func isSame(_ rows: BarRows, as others: BarRows) -> Bool {
    rows.rows.count == others.rows.count && zip(rows.rows, others.rows).allSatisfy { $0.isSame(as: $1) }
  }

  /// A file with one mistake of each kind that can be seen to.
  private static func soiled() -> BarRows {
    var rows = clean
    rows.rows[20][.volume] = nil
    rows.rows[40][.low] = 0
    var twin = rows.rows[60]
    twin.line = 1000
    twin[.volume] = 77
    rows.rows.insert(twin, at: 61)
    rows.rows.swapAt(81, 82)
    rows.rows[101][.high] = rows.rows[101][.low]
    for field in [BarField.open, .high, .low, .close] { rows.rows[151][field] = rows.rows[151][field].map { $0 * 3 } }
    return rows
  }

  @Test("nothing is changed unless it is asked for")
  func nothing() throws {
    let rows = Self.soiled()
    let (repaired, changes) = try Repairs().apply(to: rows)
    #expect(Self.isSame(repaired, as: rows) && changes.isEmpty)
    #expect(try Repairs().isEmpty)
  }

  @Test("repairs leave clean bars as they are")
  func clean() throws {
    let all = try Repairs(
      drop: ["unreadable", "duplicates", "prices", "spikes"], fix: ["order", "impossible", "splits"])
    let (repaired, changes) = all.apply(to: Self.clean)
    #expect(Self.isSame(repaired, as: Self.clean) && changes.isEmpty)
  }

  @Test("each repair sees to its kind alone, and each change says what was and why")
  func each() throws {
    let rows = Self.soiled()
    func changes(drop: [String] = [], fix: [String] = []) throws -> (left: Set<String>, [Change]) {
      let (repaired, changes) = try Repairs(drop: drop, fix: fix).apply(to: rows)
      return (Set(CleaningReport(repaired).findings.map(\.kind)), changes)
    }
    let all: Set<String> = ["unreadable", "prices", "duplicates", "order", "impossible", "spikes"]
    #expect(try changes().left == all)
    for name in ["unreadable", "prices", "duplicates", "impossible", "spikes"] {
      let (left, made) = try changes(drop: [name])
      #expect(left == all.subtracting([name]).union(name == "duplicates" ? [] : ["gaps"]), "\(name)")
      #expect(made.count == 1 && made[0].repair == "drop \(name)", "\(name)")
    }
    for name in ["order", "impossible"] {
      let (left, made) = try changes(fix: [name])
      #expect(left == all.subtracting([name]), "\(name)")
      #expect(made.count == 1 && made[0].repair == "fix \(name)", "\(name)")
    }
    let dropped = try changes(drop: ["duplicates"]).1[0]
    #expect(dropped.line == 1000)
    #expect(
      dropped.sentence.hasPrefix(
        "2020-01-03T12:00:00Z: the row of line 1000 is dropped: the time is that of line 62, with other values: volume 77 "
      ))
    let widened = try changes(fix: ["impossible"]).1[0]
    let bar = Self.clean.rows[100]
    #expect(widened.field == .high && widened.old == bar[.low])
    #expect(widened.new == [bar[.open], bar[.close], bar[.low]].compactMap(\.self).max())
    #expect(widened.sentence.hasPrefix("2020-01-05T04:00:00Z: high "))
  }

  /// Open, high, low and close as they are, and high and low as they become.
  @Test(
    "a range that is fixed encloses open and close, and no more",
    arguments: [
      ([2.0, 1, 3, 2], [3.0, 1]), ([2, 3, 2.5, 2], [3, 2]), ([2, 1.5, 1, 1.25], [2, 1]), ([4, 3, 2, 1], [4, 1]),
      ([2, 3, 1, 2], [3, 1]),
    ])
  func range(bar: [Double], wanted: [Double]) throws {
    var rows = Self.clean
    for (field, value) in zip([BarField.open, .high, .low, .close], bar) { rows.rows[10][field] = value }
    let (repaired, changes) = try Repairs(fix: ["impossible"]).apply(to: rows)
    #expect([repaired.rows[10][.high], repaired.rows[10][.low]] == wanted.map(Optional.some))
    #expect(repaired.rows[10][.open] == bar[0] && repaired.rows[10][.close] == bar[3])
    #expect(changes.map(\.new) == zip(wanted, [bar[1], bar[2]]).filter { $0 != $1 }.map { Optional.some($0.0) })
  }

  @Test("rows that are brought into order keep what has no time behind the row that it follows")
  func order() throws {
    var rows = Self.clean
    rows.rows.insert(BarRows.Row(line: 999, time: nil, values: [.close: 1]), at: 50)
    rows.rows.swapAt(100, 101)
    let (repaired, changes) = try Repairs(fix: ["order"]).apply(to: rows)
    #expect(repaired.rows.map(\.line) == Array(2..<52) + [999] + Array(52...301))
    #expect(changes.map(\.line) == [101])
  }

  @Test("a split that is fixed gives back the bars before it, but for rounding, and volumes too")
  func split() throws {
    for (new, old) in [(2.0, 1.0), (3, 2), (1, 10), (7, 1)] {
      var rows = Self.clean
      // As recorded: before the split prices are higher by new for old, and volumes lower.
      for place in 0..<140 {
        for field in [BarField.open, .high, .low, .close] {
          rows.rows[place][field] = rows.rows[place][field].map { $0 * new / old }
        }
        rows.rows[place][.volume] = rows.rows[place][.volume].map { $0 * old / new }
      }
      let (repaired, changes) = try Repairs(fix: ["splits"]).apply(to: rows)
      #expect(changes.count == 1 && changes[0].rows == 140 && changes[0].line == 142, "\(new) for \(old)")
      #expect(
        changes[0].sentence.contains(
          "prices of the 140 rows before are multiplied by \(Int(old))/\(Int(new)) and volumes by \(Int(new))/\(Int(old))"
        ))
      for (row, wanted) in zip(repaired.rows, Self.clean.rows) {
        for field in BarField.allCases {
          let (found, value) = (row[field] ?? 0, wanted[field] ?? 0)
          #expect(abs(found - value) <= 1e-12 * value)
        }
      }
    }
  }

  @Test("all repairs together leave bars that are read without a word, but for what was dropped")
  func together() throws {
    let repairs = try Repairs(drop: ["unreadable", "duplicates", "prices", "spikes"], fix: ["order", "impossible"])
    let (repaired, changes) = repairs.apply(to: Self.soiled())
    #expect(changes.count == 6)
    let table = try CSVTable(BarRows.csv([repaired]), file: "repaired.csv")
    let bars = try BarTable(table, BarLayout(finding: [:], in: table))
    #expect(bars.series[0].count == 297 && bars.gaps().count == 3)
    // Every change is told for programs too.
    for change in changes { #expect(change.json["why"] == .string(change.why)) }
  }

  @Test(
    "a repair that nobody knows is refused, with what can be done",
    arguments: [
      (["duplicate"], [], "--drop: nothing is named \"duplicate\"; did you mean \"duplicates\"?"),
      (["splits"], [], "--drop can't see to splits; --fix splits does"),
      ([], ["gaps"], "--fix can't see to gaps: nothing can"),
      (["impossible"], ["impossible"], "--drop impossible and --fix impossible exclude each other"),
    ])
  func unknown(drop: [String], fix: [String], message: String) {
    #expect { try Repairs(drop: drop, fix: fix) } throws: { "\($0)" == message }
  }
}
