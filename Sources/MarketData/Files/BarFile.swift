import Documents

/// A file of recorded bars of any kind that people have, read, with what was understood of it.
///
/// Headers give hints and rows give proof: what can be read in two ways is refused, with both. Rows with the newest first are
/// turned round; rows without any price, and rows that repeat others to the letter, are left out; all of it is said.
package struct BarFile: Sendable {
  /// The bars, each with its row.
  package let bars: BarTable
  /// What kind of file it is.
  package let shape: BarShape
  /// Whether rows of the file name its columns.
  package let hasHeader: Bool
  /// What stands before the table and is none of it; nil for nothing.
  package let banner: String?
  /// The zone of the times, in words.
  package let timeZone: String
  /// What a reader of the bars should know, a sentence each.
  package let notes: [String]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: what it holds.
  ///   - file: its name, for messages.
  ///   - named: names of columns that are not found otherwise, or that are wanted rather than those found.
  ///   - assets: the assets to read; nil for all.
  ///   - needs: what must be there besides times and closes, with what it is needed for.
  ///   - namesOneAsset: whether the only asset of a file keeps the name that it has there.
  /// - Throws: everything that is wrong (the first 20), each with its line and column, or in one sentence what the file is
  ///   and what to do.
  package init(
    _ bytes: [UInt8], file: String, named: [BarLayout.Role: String] = [:], assets: [String]? = nil,
    needs: [BarField: String] = [:], namesOneAsset: Bool = true
  ) throws(Problems) {
    let place = SourcePosition(file: file, line: 1, column: 1)
    if let complaint = ForeignFile.complaint(bytes) { throw Problems(Problem(position: place, message: complaint)) }
    let head = BarFileHead(bytes)
    var found: (shape: BarShape, known: BarShape.Knowledge)?
    for shape in BarShape.all where found == nil { found = shape.recognise(head).map { (shape, $0) } }
    guard let found else { preconditionFailure("Invariant: the last shape takes every file") }
    var known = found.known
    if let refusal = known.refusal {
      let line = SourcePosition(file: file, line: head.dialect.skippedLines + 1, column: 1)
      throw Problems(Problem(position: line, message: refusal))
    }
    var dialect = head.dialect
    dialect.names = known.names
    if known.headerRows > 0 { dialect.skippedLines = head.ends[known.headerRows - 1] }
    dialect.namelessFirst = known.namelessFirst
    let table = try CSVTable(bytes, file: file, dialect: dialect)
    let roles = known.roles.merging(named) { $1 }
    var layout = try BarLayout(finding: roles, in: table, needs: needs)
    if !known.hasVolume { layout.setVolume(nil) }
    layout.leavesOut = true
    layout.adjustedFrom = Self.unadjusted(table, layout, named)
    layout.times = try TimeForm(
      of: table, time: layout.time, clock: layout.clock, isDayFirst: known.isDayFirst, east: known.east)
    layout.numbers = try NumberNotation(of: table, columns: layout.numberColumns)
    layout.volumes = layout.numbers
    layout.volumes.takesUnits = known.hasUnits
    layout.isNewestFirst = Self.isNewestFirst(table, layout)
    let isOurChoice = named[.volume] == nil
    if isOurChoice { known.settle(table, &layout, &known.notes) }
    if let use = needs[.volume], layout.fields[.volume] == nil, !layout.isWide {
      let why = known.notes.first { $0.lowercased().contains("volume") }.map { ": \($0)" } ?? ""
      throw Problems(Problem(position: place, message: "no column \(quoted("volume")), which \(use)\(why)"))
    }
    let doubts = known.proof(table, layout)
    if !doubts.isEmpty { throw Problems(doubts) }
    bars = try BarTable(table, layout, assets: assets, namesOneAsset: namesOneAsset)
    shape = found.shape
    hasHeader = known.names == nil || known.headerRows > 0
    banner = head.banner
    timeZone = known.zone ?? Self.zone(of: table, layout)
    notes = known.notes + [Self.adjustment(table, layout)].compactMap(\.self)
  }

  /// Reads the file at a path; as `init`.
  package static func read(
    _ path: String, named: [BarLayout.Role: String] = [:], assets: [String]? = nil, needs: [BarField: String] = [:],
    namesOneAsset: Bool = true, contents: FileContents.Reader = FileContents.read
  ) throws(Problems) -> BarFile {
    try BarFile(
      FileContents.needed(path, contents), file: path, named: named, assets: assets, needs: needs,
      namesOneAsset: namesOneAsset)
  }

  /// Whether most of the first neighbours of one asset go back in time.
  private static func isNewestFirst(_ table: CSVTable, _ layout: BarLayout) -> Bool {
    var times = TimeReader(layout.times)
    var last: [ArraySlice<UInt8>: Int64] = [:]
    var (later, earlier) = (0, 0)
    for row in 0..<min(table.rowCount, 1000) {
      guard
        let moment = times.moment(
          table.field(row, layout.time), clock: layout.clock.map { table.field(row, $0) })
      else { continue }
      let asset = layout.asset.map { table.field(row, $0) } ?? []
      if let before = last.updateValue(moment, forKey: asset) {
        if moment > before { later += 1 }
        if moment < before { earlier += 1 }
      }
    }
    return earlier > later
  }

  private static let adjustedNames: Set<String> = ["adj close", "adjclose", "adjusted close", "adjusted", "close adj"]

  /// The close that the other prices go with, where an adjusted one was asked for by its name.
  private static func unadjusted(_ table: CSVTable, _ layout: BarLayout, _ named: [BarLayout.Role: String]) -> Int? {
    guard let name = named[.close], adjustedNames.contains(BarLayout.Role.plainName(name)) else { return nil }
    return table.header.firstIndex { BarLayout.Role.plainName($0) == "close" }
  }

  /// Which prices are read, where the file has two closes.
  private static func adjustment(_ table: CSVTable, _ layout: BarLayout) -> String? {
    guard let close = layout.fields[.close],
      let adjusted = table.header.first(where: { adjustedNames.contains(BarLayout.Role.plainName($0)) })
    else { return nil }
    let read = table.header[close]
    if let raw = layout.adjustedFrom {
      return
        "Prices are adjusted: open, high and low count × \(read) / \(table.header[raw]); volume counts as it stands."
    }
    if read == adjusted { return "Closes are those of \(read); volume counts as it stands." }
    return
      "Prices are those of \(read), which most vendors adjust for splits and not for dividends; \(adjusted) is not read "
      + "(--names close=\(adjusted) reads prices adjusted by it); volume counts as it stands."
  }

  /// The zone of times by the first of them.
  private static func zone(of table: CSVTable, _ layout: BarLayout) -> String {
    let none = "UTC, the file says none"
    guard table.rowCount > 0 else { return none }
    let column = layout.clock ?? layout.time
    let field = table.field(0, column)
    let zone: WrittenTime.ZoneStyle
    if layout.times.isPlain {
      let text = WrittenCursor(field).rest
      if Timestamp.milliseconds(count: text) != nil { return "UTC, by counts since 1970" }
      let tail = text.dropFirst(10)
      zone = tail.contains { [UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains($0) } ? .offset : .none
    } else {
      zone = (layout.times.clockStyle ?? layout.times.style)?.zone ?? .none
    }
    switch zone {
    case .none: return none
    case .offset: return "as each time says"
    case .name:
      let text = table.text(0, column)
      return text.split(separator: " ").last.map(String.init) ?? text
    }
  }
}
