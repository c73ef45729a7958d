import Documents

/// Finds the fields of a table in one pass over its bytes.
struct CSVScanner {
  private(set) var header: [String] = []
  private(set) var rowCount = 0
  private(set) var starts: [UInt32] = []
  private(set) var ends: [UInt32] = []
  private(set) var problems: [Problem] = []

  private let file: String
  private let bytes: [UInt8]
  private let dialect: CSVDialect
  private let separator: UInt8
  private var index = 0

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ bytes: [UInt8], file: String, _ dialect: CSVDialect = CSVDialect()) {
    self.bytes = bytes
    self.file = file
    self.dialect = dialect
    separator = dialect.separator
    header = dialect.names ?? []
  }

  /// Reads everything; stops at the first misplaced quote, and after too many rows of the wrong length.
  mutating func scan() {
    guard bytes.count < Int(UInt32.max) else { return note("the file is larger than 4 GB", 0) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    for _ in 0..<dialect.skippedLines { skipLine() }
    starts.reserveCapacity(bytes.count / 6)
    ends.reserveCapacity(bytes.count / 6)
    while index < bytes.count, problems.count < CSVTable.maximumProblems {
      if skipEmptyLine() { continue }
      let rowStart = index
      let firstCell = starts.count
      guard row() else { return }
      let count = starts.count - firstCell
      if header.isEmpty {
        takeHeader(rowStart)
      } else if count == header.count {
        rowCount += 1
      } else {
        note("expected \(header.count) fields, found \(count)", rowStart)
        starts.removeLast(count)
        ends.removeLast(count)
      }
    }
    if header.isEmpty, problems.isEmpty { note("the file is empty; its first row names the columns", 0) }
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != Self.lineFeed { index += 1 }
    index = min(index + 1, bytes.count)
  }

  private mutating func skipEmptyLine() -> Bool {
    if bytes[index] == Self.lineFeed {
      index += 1
      return true
    }
    guard bytes[index] == Self.carriageReturn, index + 1 == bytes.count || bytes[index + 1] == Self.lineFeed else {
      return false
    }
    index = min(index + 2, bytes.count)
    return true
  }

  private mutating func takeHeader(_ rowStart: Int) {
    header = zip(starts, ends).map { Self.trimmed(Self.text(bytes[Int($0)..<Int($1)])) }
    if let name = dialect.namelessFirst, header.first == "" { header[0] = name }
    var seen: Set<String> = []
    for (name, start) in zip(header, starts) {
      if name.isEmpty { note("a column without a name", Int(start)) }
      if !seen.insert(name).inserted { note("two columns are named \(quoted(name))", Int(start)) }
    }
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Without the blanks around it: many write one after each comma.
  private static func trimmed(_ name: String) -> String {
    String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// One row with its line end; false after a mistake that ends the reading.
  private mutating func row() -> Bool {
    while true {
      let isQuoted = index < bytes.count && bytes[index] == Self.quote
      guard isQuoted ? quotedField() : plainField() else { return false }
      guard index < bytes.count else { return true }
      let end = bytes[index]
      index += end == Self.carriageReturn ? 2 : 1
      if end != separator { return true }
    }
  }

  /// A field without quotes; leaves the cursor on what ends it.
  private mutating func plainField() -> Bool {
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == separator || byte == Self.lineFeed { break }
      if byte == Self.carriageReturn, index + 1 < bytes.count, bytes[index + 1] == Self.lineFeed { break }
      if byte == Self.quote { return fault("a quote inside a field that does not start with one", index) }
      if byte == Self.carriageReturn, index + 1 < bytes.count {
        return fault("a carriage return without a line feed", index)
      }
      index += 1
    }
    let isCut = index == bytes.count && index > start && bytes[index - 1] == Self.carriageReturn
    starts.append(UInt32(start))
    ends.append(UInt32(isCut ? index - 1 : index))
    return true
  }

  /// A field in quotes; leaves the cursor on what follows the closing one.
  private mutating func quotedField() -> Bool {
    let start = index
    index += 1
    while index < bytes.count {
      guard bytes[index] == Self.quote else {
        index += 1
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == Self.quote {
        index += 2
        continue
      }
      starts.append(UInt32(start + 1))
      ends.append(UInt32(index))
      index += 1
      guard index < bytes.count else { return true }
      if bytes[index] == separator || bytes[index] == Self.lineFeed { return true }
      if bytes[index] == Self.carriageReturn, index + 1 == bytes.count || bytes[index + 1] == Self.lineFeed {
        return true
      }
      return fault("text after the closing quote of a field", index)
    }
    return fault("the quoted field that starts here has no end", start)
  }

  private mutating func fault(_ message: String, _ offset: Int) -> Bool {
    note(message, offset)
    return false
  }

  private mutating func note(_ message: String, _ offset: Int) {
    problems.append(Problem(position: Self.position(of: offset, in: bytes, file: file), message: message))
  }

  /// The text of a field's bytes, with doubled quotes made single; a plain field holds none.
  static func text(_ field: ArraySlice<UInt8>) -> String {
    guard field.contains(quote) else { return String(decoding: field, as: UTF8.self) }
    var text: [UInt8] = []
    var isSecond = false
    for byte in field {
      isSecond = byte == quote && !isSecond
      if byte != quote || isSecond { text.append(byte) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The line and column of a byte, counted from the start: only problems pay for it.
  static func position(of offset: Int, in bytes: [UInt8], file: String) -> SourcePosition {
    var line = 1
    var column = 1
    for byte in bytes[..<min(offset, bytes.count)] {
      if byte == lineFeed {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return SourcePosition(file: file, line: line, column: column)
  }
}
