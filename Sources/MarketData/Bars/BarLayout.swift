import Documents

/// Where the columns of bars stand in a table.
package struct BarLayout: Sendable, Hashable {
  /// When a bar was recorded.
  package let time: Int
  /// Which asset it belongs to; nil where the file holds one, or one a column.
  package let asset: Int?
  /// The columns of a bar; in a wide file none.
  package private(set) var fields: [BarField: Int]
  /// The close before adjustment; given, volume counts × unadjusted close / close.
  package let unadjustedClose: Int?
  /// In a wide file the columns of closes, each an asset by the column's name; else empty.
  package let closes: [Int]

  /// The time of day, where it stands apart from the date.
  package internal(set) var clock: Int?
  /// The close that goes with the other prices, where another one was asked for: they then count × `close` / this.
  package internal(set) var adjustedFrom: Int?
  /// How times are written.
  package internal(set) var times = TimeForm.plain
  /// How numbers are written.
  package internal(set) var numbers = NumberNotation.plain
  /// How volumes are written.
  package internal(set) var volumes = NumberNotation.plain
  /// Whether the newest bar stands first.
  package internal(set) var isNewestFirst = false
  /// Whether rows without any price, and rows that repeat others to the letter, are left out rather than refused.
  package internal(set) var leavesOut = false

  /// Whether the file has closes only, a column for each asset.
  package var isWide: Bool { !closes.isEmpty }

  /// Takes volumes from another column, or from none.
  mutating func setVolume(_ column: Int?) { fields[.volume] = column }

  /// The columns of prices and volumes.
  var numberColumns: [Int] {
    isWide ? closes : fields.values.sorted() + [unadjustedClose, adjustedFrom].compactMap(\.self)
  }

  /// A column of a file by what it holds.
  package enum Role: String, Sendable, Hashable, CaseIterable {
    case time, asset, open, high, low, close, volume, unadjustedClose

    /// The names that columns of this kind usually have, as `plainName` writes names; the first found in a header counts.
    var usualNames: [String] {
      switch self {
      case .time:
        [
          "time", "timestamp", "date", "datetime", "date time", "open time", "opentime", "gmt time", "local time",
          "unix",
          "unix timestamp", "window start", "dtyyyymmdd",
        ]
      case .asset: ["asset", "symbol", "ticker", "instrument", "name"]
      case .open, .high, .low: [rawValue]
      case .close: ["close", "last", "price"]
      case .volume: ["volume", "vol", "tickvol"]
      case .unadjustedClose: []
      }
    }

    /// A column's name without what vendors put around it: `<OPEN>`, `Vol.` and `date_time` are `open`, `vol` and
    /// `date time`.
    static func plainName(_ name: String) -> String {
      var text = name.lowercased().replacing("_", with: " ")
      if text.hasPrefix("<"), text.hasSuffix(">") { text = String(text.dropFirst().dropLast()) }
      if text.hasSuffix(".") { text.removeLast() }
      if let dot = text.firstIndex(of: "."), text[..<dot].allSatisfy(\.isNumber), text[dot...].hasPrefix(". ") {
        text = String(text[dot...].dropFirst(2))
      }
      return text
    }
  }

  /// Finds the columns by their usual names, whatever their capitals.
  ///
  /// A file with a column of closes holds bars, or closes alone. A file without one, and with at most one other column of
  /// a bar among columns that are none, is wide: each column but the time is an asset, by its closes.
  ///
  /// - Parameter named: names of columns that are not the usual ones.
  /// - Parameter needs: what must be there, with what it is needed for; times and closes always are.
  /// - Throws: what is missing, with the nearest name and what it is needed for.
  package init(
    finding named: [Role: String] = [:], in table: CSVTable, needs: [BarField: String] = [:]
  ) throws(Problems) {
    let first = SourcePosition(file: table.file, line: 1, column: 1)
    let small = table.header.map(Role.plainName)
    var problems: [Problem] = []
    func find(_ role: Role) -> Int? {
      guard let name = named[role] else {
        return role.usualNames.lazy.compactMap { small.firstIndex(of: $0) }.first
      }
      do throws(Problems) {
        return try table.column(name)
      } catch {
        problems += error.all
        return nil
      }
    }
    func reportMissing(_ role: Role, _ reason: String = "") {
      guard named[role] == nil else { return }
      let near = role.usualNames.lazy.compactMap { Suggestion.nearest(to: $0, among: table.header) }.first
      let known = table.header.prefix(20).joined(separator: ", ")
      let hint = near.map { "did you mean \(quoted($0))?" } ?? "known: \(known)\(table.header.count > 20 ? ", …" : "")"
      problems.append(Problem(position: first, message: "no column \(quoted(role.rawValue))\(reason); \(hint)"))
    }

    var time = find(.time)
    var clock: Int?
    // A date beside a time of day, rather than a time and a column that only repeats its date.
    if named[.time] == nil, let date = small.firstIndex(of: "date"), let column = time, column != date,
      small[column] == "time", table.rowCount == 0 || WrittenTime(timeOfDay: table.field(0, column)) != nil
    {
      (time, clock) = (date, column)
    }
    let asset = find(.asset)
    let unadjusted = find(.unadjustedClose)
    unadjustedClose = unadjusted
    var fields: [BarField: Int] = [:]
    for field in BarField.allCases { fields[field] = Role(rawValue: field.rawValue).flatMap(find) }
    let isNamed = BarField.allCases.contains { field in named.keys.contains { $0.rawValue == field.rawValue } }
    let known = Set([time, clock, unadjusted].compactMap(\.self) + fields.values)
    let hasOthers = fields.isEmpty || known.count < table.header.count
    // A ticker may be called LOW or OPEN: one such name among others is an asset's.
    let isWide = fields[.close] == nil && fields.count < 2 && hasOthers && asset == nil && !isNamed
    if isWide { fields = [:] }
    if time == nil { reportMissing(.time) }
    if isWide {
      for field in BarField.allCases where field != .close {
        guard let use = needs[field] else { continue }
        problems.append(
          Problem(
            position: first,
            message: "no column \(quoted(field.rawValue)), which \(use): the file has closes only, a column for each "
              + "asset"))
      }
    } else {
      for field in BarField.allCases where fields[field] == nil {
        guard let role = Role(rawValue: field.rawValue), field == .close || needs[field] != nil else { continue }
        reportMissing(role, needs[field].map { ", which \($0)" } ?? "")
      }
    }
    let closes = isWide ? table.header.indices.filter { $0 != time && $0 != clock } : []
    if isWide, closes.isEmpty, time != nil {
      problems.append(Problem(position: first, message: "no column of prices: the file has times only"))
    }
    guard problems.isEmpty, let time else { throw Problems(problems) }
    self.time = time
    self.asset = asset
    self.fields = fields
    self.closes = closes
    self.clock = clock
  }
}
