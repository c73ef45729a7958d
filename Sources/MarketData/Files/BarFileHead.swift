/// The beginning of a file of bars: how it is written, and its first rows, by which its kind is told.
package struct BarFileHead: Sendable {
  /// What stands between fields, and what stands before the table.
  package let dialect: CSVDialect
  /// A line before the table that is none of it, such as an address.
  package let banner: String?
  /// The fields of the first row, without blanks around them.
  package let first: [String]
  /// The rows after it, at most 20.
  package let rows: [[String]]
  /// How many lines of the file go to the end of each of these rows, the first among them.
  let ends: [Int]
  /// Whether the first row is a bar already.
  package let isHeaderless: Bool

  /// So much of a file is looked at, in bytes.
  private static let looked = 1 << 16
  private static let separators = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ",")]

  /// The beginning of some bytes.
  init(_ bytes: [UInt8]) {
    var lines = bytes.prefix(Self.looked).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .prefix(40)
      .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    if bytes.count > Self.looked, lines.count > 1, lines.count < 40 { lines.removeLast() }
    if let first = lines.first, first.starts(with: [0xEF, 0xBB, 0xBF]) { lines[0] = first.dropFirst(3) }
    var skipped = 0
    var banner: String?
    var said: UInt8?
    while let line = lines.first {
      let text = String(decoding: line, as: UTF8.self)
      if let separator = Self.separatorLine(line) {
        said = separator
      } else if !line.isEmpty {
        guard banner == nil, Self.isBanner(line) else { break }
        banner = text
      }
      // Empty lines alone are skipped by the table itself.
      skipped += 1
      lines.removeFirst()
    }
    ends = lines.indices.filter { !lines[$0].isEmpty }.map { skipped + $0 + 1 }
    lines.removeAll(where: \.isEmpty)
    if banner == nil, said == nil { skipped = 0 }
    let separator = said ?? Self.separator(of: lines)
    dialect = CSVDialect(separator: separator, skippedLines: skipped)
    self.banner = banner
    let rows = lines.prefix(21).map { Self.fields($0, separator) }
    first = rows.first ?? []
    self.rows = Array(rows.dropFirst())
    isHeaderless = Self.isBar(first)
  }

  /// The first row's names as `BarLayout.Role.plainName` writes them.
  var plainNames: [String] { first.map(BarLayout.Role.plainName) }

  /// `sep=;`, by which Excel is told what stands between fields.
  private static func separatorLine(_ line: ArraySlice<UInt8>) -> UInt8? {
    guard line.count == 5, line.starts(with: Array("sep=".utf8)), let last = line.last, separators.contains(last) else {
      return nil
    }
    return last
  }

  private static func isBanner(_ line: ArraySlice<UInt8>) -> Bool {
    guard !line.contains(where: separators.contains) else { return false }
    let text = String(decoding: line, as: UTF8.self).lowercased()
    return text.contains("://") || text.hasPrefix("www.")
  }

  /// What stands in the first line, and as often in most others.
  private static func separator(of lines: [ArraySlice<UInt8>]) -> UInt8 {
    var best: (separator: UInt8, score: Int)?
    for separator in separators {
      let counts = lines.prefix(10).map { fields($0, separator).count }
      guard let first = counts.first, first > 1 else { continue }
      let score = counts.count { $0 == first }
      if score > best?.score ?? 0 { best = (separator, score) }
    }
    return best?.separator ?? UInt8(ascii: ",")
  }

  /// The fields of a line: quotes may hold separators, but no line ends here.
  private static func fields(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> [String] {
    var fields: [String] = []
    var start = line.startIndex
    var isQuoted = false
    func add(_ end: Int) {
      var text = String(decoding: line[start..<end], as: UTF8.self).trimmingBlanks
      if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
        text = String(text.dropFirst().dropLast()).trimmingBlanks
      }
      fields.append(text)
    }
    for index in line.indices {
      if line[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if line[index] == separator, !isQuoted {
        add(index)
        start = index + 1
      }
    }
    add(line.endIndex)
    return fields
  }

  /// Whether fields are a time and numbers, and so a bar.
  private static func isBar(_ fields: [String]) -> Bool {
    guard fields.count >= 5, let first = fields.first, isTime(first) else { return false }
    return fields.dropFirst().enumerated().allSatisfy { place, field in
      let bytes = ArraySlice(field.utf8)
      return field.isEmpty
        || NumberNotation(decimal: UInt8(ascii: "."), thousands: UInt8(ascii: ",")).parse(bytes) != nil
        || NumberNotation(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: ".")).parse(bytes) != nil
        || DecimalNumber.parse(bytes) != nil || place == 0 && WrittenTime(timeOfDay: bytes) != nil
    }
  }

  /// Whether a text is a date, a time or a count since 1970.
  static func isTime(_ text: String) -> Bool {
    let bytes = ArraySlice(text.utf8)
    return Timestamp.plain(bytes) != nil || WrittenTime(bytes)?.day(monthFirst: false) != nil
      || WrittenTime(bytes)?.day(monthFirst: true) != nil
  }
}

extension String {
  /// Without blanks at both ends.
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
