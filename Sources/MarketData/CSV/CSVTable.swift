import Documents

/// A table of comma-separated values (RFC 4180) or, by its dialect, of values separated otherwise, kept as bytes: fields
/// are found once and read when asked for.
///
/// The first row names the columns. Fields may be quoted and then hold commas, line breaks and doubled quotes. Rows end
/// with LF or CRLF; empty lines and a byte order mark are skipped.
package struct CSVTable: Sendable {
  /// The file's name, for messages.
  package let file: String
  /// The names of the columns.
  package let header: [String]
  /// How it is written.
  package let dialect: CSVDialect
  /// The number of rows below the header.
  package let rowCount: Int
  private let bytes: [UInt8]
  /// Start and end of each field, row by row.
  private let starts: [UInt32]
  private let ends: [UInt32]

  /// The most problems that are reported for one table.
  package static let maximumProblems = 20

  /// Finds the fields of a table.
  ///
  /// - Throws: rows of the wrong length, quotes in the wrong place, repeated or missing column names; with lines.
  package init(_ bytes: [UInt8], file: String, dialect: CSVDialect = CSVDialect()) throws(Problems) {
    var scanner = CSVScanner(bytes, file: file, dialect)
    scanner.scan()
    if !scanner.problems.isEmpty {
      let haveMoreFields = scanner.problems.allSatisfy { $0.message.hasPrefix("expected 1 fields") }
      let other = haveMoreFields ? Self.otherNotation(scanner.header, file) : nil
      throw other.map { Problems($0) } ?? Problems(scanner.problems)
    }
    self.file = file
    self.bytes = bytes
    self.dialect = dialect
    header = scanner.header
    rowCount = scanner.rowCount
    starts = scanner.starts
    ends = scanner.ends
  }

  /// What is wrong with a file whose rows seem to have too many fields because commas are the points of its numbers, and
  /// something else stands between its fields; nil where it is nothing of the kind.
  private static func otherNotation(_ header: [String], _ file: String) -> Problem? {
    guard header.count == 1 else { return nil }
    let notations: [(separator: Character, name: String, sign: String)] = [
      (";", "semicolons", ";"), ("\t", "tabs", "tabs"),
    ]
    guard let found = notations.first(where: { header[0].contains($0.separator) }) else { return nil }
    return Problem(
      position: SourcePosition(file: file, line: 1, column: 1),
      message: "fields are separated by \(found.name), and numbers have decimal commas: replace each comma by a point, "
        + "and then \(found.sign) by commas")
  }

  /// The number of a column.
  ///
  /// - Throws: that it is missing, with the nearest name.
  package func column(_ name: String) throws(Problems) -> Int {
    if let column = header.firstIndex(of: name) { return column }
    let hint = Suggestion.hint(for: name, among: header)
    throw Problems(
      Problem(
        position: SourcePosition(file: file, line: 1, column: 1), message: "no column \(quoted(name))\(hint)"))
  }

  /// The bytes of a field, without its quotes; doubled quotes stay doubled.
  package func field(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
    let cell = row * header.count + column
    return bytes[Int(starts[cell])..<Int(ends[cell])]
  }

  /// The bytes of a row, from its first field to its last.
  package func bytes(ofRow row: Int) -> ArraySlice<UInt8> {
    bytes[Int(starts[row * header.count])..<Int(ends[(row + 1) * header.count - 1])]
  }

  /// The line on which a row stands, counted from the start of the file: only who tells of it pays for it.
  package func line(ofRow row: Int) -> Int {
    CSVScanner.position(of: Int(starts[row * header.count]), in: bytes, file: file).line
  }

  /// Whether some byte stands anywhere in the file.
  func holds(_ byte: UInt8) -> Bool {
    bytes.withUnsafeBufferPointer { $0.contains(byte) }
  }

  /// The text of a field.
  package func text(_ row: Int, _ column: Int) -> String {
    CSVScanner.text(field(row, column))
  }

  /// The number in a field, or nil when there is none.
  package func number(_ row: Int, _ column: Int) -> Double? {
    DecimalNumber.parse(field(row, column))
  }

  /// What is wrong with a field in which no number was found.
  package func missingNumber(_ row: Int, _ column: Int) -> Problem {
    let text = text(row, column)
    let isBlank = text.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let hint = text.contains(",") ? ": numbers have a decimal point and no commas" : ""
    return problem(row, column, isBlank ? "the number is missing" : "\(quoted(text)) is not a number\(hint)")
  }

  /// A problem with a field: its line and column, and the name of its column.
  package func problem(_ row: Int, _ column: Int, _ message: String) -> Problem {
    let cell = row * header.count + column
    return Problem(
      position: CSVScanner.position(of: Int(starts[cell]), in: bytes, file: file),
      message: "\(header[column]): \(message)")
  }
}
