import Documents

extension BarFile {
  /// What a column was taken for.
  package struct Column: Sendable, Hashable {
    /// Its name in the file, or its number from 1 where it has none.
    package let name: String
    /// What it holds: `time`, `open`, …
    package let role: String
  }

  /// The bars of one asset.
  package struct Asset: Sendable, Hashable {
    /// Its name; empty for the only one of a file that does not say.
    package let name: String
    /// How many bars it has.
    package let bars: Int
    /// When the first was recorded: milliseconds since 1970-01-01 UTC.
    package let first: Int64
    /// When the last was recorded.
    package let last: Int64
    /// The most frequent distance between neighbours, in words; nil for fewer than three bars.
    package let step: String?
  }

  /// A row that was left out.
  package struct LeftOut: Sendable, Hashable {
    /// The line on which it stands.
    package let line: Int
    /// Why, in words.
    package let reason: String
  }

  /// The columns that are read, in their order.
  package var columns: [Column] {
    var roles: [Int: String] = [:]
    let layout = bars.layout
    for column in layout.closes { roles[column] = "close" }
    for (field, column) in layout.fields { roles[column] = field.rawValue }
    roles[layout.time] = layout.clock == nil ? "time" : "date"
    if let clock = layout.clock { roles[clock] = "time of day" }
    if let asset = layout.asset { roles[asset] = "asset" }
    if let raw = layout.unadjustedClose { roles[raw] = "unadjustedClose" }
    if let raw = layout.adjustedFrom { roles[raw] = "close before adjustment" }
    return roles.sorted { $0.key < $1.key }.map { Column(name: bars.table.header[$0.key], role: $0.value) }
  }

  /// The columns that are not read.
  package var ignored: [String] {
    let read = Set(columns.map(\.name))
    return bars.table.header.filter { !read.contains($0) }
  }

  /// The assets with what is known of their bars.
  package var assets: [Asset] {
    zip(bars.names, bars.series).map { name, series in
      Asset(
        name: name, bars: series.count, first: series.time[0], last: series.time[series.count - 1],
        step: BarClock(series.time).map { BarTable.duration($0.step) })
    }
  }

  /// The first rows that were left out, with the reason.
  package func leftOut(atMost limit: Int) -> [LeftOut] {
    bars.leftOut.sorted { $0.row < $1.row }.prefix(limit).map { left in
      switch left.reason {
      case .noPrices: LeftOut(line: bars.table.line(ofRow: left.row), reason: "it has no prices")
      case .repeats(let row):
        LeftOut(
          line: bars.table.line(ofRow: left.row),
          reason: "it repeats line \(bars.table.line(ofRow: row)) to the letter")
      }
    }
  }

  /// What stands before decimals, in words.
  package var decimalName: String { bars.layout.numbers.decimal == UInt8(ascii: ",") ? "comma" : "point" }

  /// What stands between thousands, in words; nil for nothing.
  package var thousandsName: String? {
    bars.layout.numbers.thousands.map { $0 == UInt8(ascii: ",") ? "commas" : "points" }
  }
}

extension BarFile {
  /// What was done to the rows, each in a sentence: nothing to most files.
  package var changes: [String] {
    var said: [String] = []
    if bars.layout.isNewestFirst { said.append("The newest row was the first: rows were turned round.") }
    if let first = leftOut(atMost: 1).first {
      let count = bars.leftOut.count
      said.append(
        "\(count) row\(count == 1 ? " was" : "s were") left out, the first on line \(first.line): \(first.reason).")
    }
    return said
  }

  /// Whether it has named columns, times in ISO 8601 or counts, and plain numbers.
  package var isPlain: Bool {
    shape.name == BarShape.named.name && bars.layout.times.isPlain && bars.layout.numbers.isPlain
  }

  /// What a reader of the file should know, each in a sentence: nothing of files that say all themselves.
  package var warnings: [String] {
    let kind = isPlain ? [] : ["Read as \(shape.name); times are \(timeZone)."]
    return kind + changes + notes
  }
}
