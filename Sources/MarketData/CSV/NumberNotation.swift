import Documents

/// How the numbers of a file are written: where their decimals begin, and what stands between thousands.
package struct NumberNotation: Sendable, Hashable {
  /// A decimal point and nothing between thousands.
  package static let plain = NumberNotation(decimal: UInt8(ascii: "."), thousands: nil)

  /// What stands before decimals.
  package private(set) var decimal: UInt8
  /// What stands between thousands; nil for nothing.
  package private(set) var thousands: UInt8?
  /// Whether a number may end with K, M, B or T for thousands, millions, 10⁹ and 10¹².
  package var takesUnits = false

  /// Whether it is that of `DecimalNumber`.
  package var isPlain: Bool { self == .plain }

  /// The number in some bytes, correctly rounded; nil for anything else, such as thousands of two digits.
  func parse(_ field: ArraySlice<UInt8>) -> Double? {
    if isPlain { return DecimalNumber.parse(field) }
    var digits: [UInt8] = []
    digits.reserveCapacity(field.count + 4)
    var groups: [Int] = []
    var isFraction = false
    var exponent: String?
    var bytes = field
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    if takesUnits, let last = bytes.last, let unit = Self.units[last | 0x20] {
      exponent = unit
      bytes.removeLast()
      guard bytes.last.map({ (48...57).contains($0) }) ?? false else { return nil }
    }
    var length = 0
    for byte in bytes {
      if byte == decimal {
        guard !isFraction else { return nil }
        isFraction = true
        digits.append(UInt8(ascii: "."))
      } else if byte == thousands {
        guard !isFraction, length > 0 else { return nil }
        groups.append(length)
        length = 0
      } else if (48...57).contains(byte) {
        if !isFraction { length += 1 }
        digits.append(byte)
      } else {
        guard digits.isEmpty, groups.isEmpty, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return nil }
        digits.append(byte)
      }
    }
    if let first = groups.first {
      guard first <= 3, groups.dropFirst().allSatisfy({ $0 == 3 }), length == 3 else { return nil }
    }
    if let exponent { digits += Array(exponent.utf8) }
    return DecimalNumber.parse(digits[...])
  }

  private static let units: [UInt8: String] = [
    UInt8(ascii: "k"): "e3", UInt8(ascii: "m"): "e6", UInt8(ascii: "b"): "e9", UInt8(ascii: "t"): "e12",
  ]

  /// So many numbers at least have to prove a notation, and one in twenty of those with a comma: one may be a mistake.
  private static let fewestProofs = 3

  /// How the numbers of some columns are written, by all rows: only commas leave a question.
  ///
  /// - Throws: that nobody can tell thousands from decimals.
  init(of table: CSVTable, columns: [Int]) throws(Problems) {
    self = .plain
    let comma = UInt8(ascii: ",")
    // Between commas a field holds one only in quotes.
    guard table.holds(table.dialect.separator == comma ? UInt8(ascii: "\"") : comma) else { return }
    var (thousands, decimals, total) = (0, 0, 0)
    var first: (row: Int, column: Int)?
    for row in 0..<table.rowCount {
      for column in columns {
        let field = table.field(row, column)
        guard field.contains(comma) else {
          if Self.provesPoint(field) { thousands += 1 }
          continue
        }
        total += 1
        if first == nil { first = (row, column) }
        switch Self.evidence(field) {
        case .thousands: thousands += 1
        case .decimals: decimals += 1
        case .none: break
        }
      }
    }
    guard let first else { return }
    let needed = max(Self.fewestProofs, total / 20)
    guard max(thousands, decimals) >= needed, thousands != decimals else {
      let text = table.text(first.row, first.column)
      let whole = Self(decimal: UInt8(ascii: "."), thousands: comma).parse(table.field(first.row, first.column))
      let part = Self(decimal: comma, thousands: UInt8(ascii: ".")).parse(table.field(first.row, first.column))
      let readings = [whole, part].compactMap { $0 }.map(JSONWriter.number).joined(separator: " or ")
      throw Problems(
        table.problem(
          first.row, first.column,
          "\(quoted(text)) may be \(readings): nothing in the file proves whether its commas stand between thousands or "
            + "before decimals; write numbers with a decimal point and no commas"))
    }
    self =
      thousands > decimals
      ? Self(decimal: UInt8(ascii: "."), thousands: comma) : Self(decimal: comma, thousands: UInt8(ascii: "."))
  }

  /// Whether a number without a comma has its decimals behind a point: between thousands there would be three digits.
  private static func provesPoint(_ field: ArraySlice<UInt8>) -> Bool {
    guard let point = field.firstIndex(of: UInt8(ascii: ".")) else { return false }
    let decimals = field[(point + 1)...].prefix { (48...57).contains($0) }
    return decimals.count != 3 && decimals.endIndex == field.endIndex
  }

  private enum Evidence { case thousands, decimals }

  /// What a number with a comma proves by itself.
  private static func evidence(_ field: ArraySlice<UInt8>) -> Evidence? {
    let comma = UInt8(ascii: ",")
    guard let lastComma = field.lastIndex(of: comma), let firstComma = field.firstIndex(of: comma) else { return nil }
    if let point = field.lastIndex(of: UInt8(ascii: ".")) { return point > lastComma ? .thousands : .decimals }
    if firstComma != lastComma { return .thousands }
    let decimals = field[(lastComma + 1)...].prefix { (48...57).contains($0) }.count
    let whole = field[..<lastComma].suffix(while: { (48...57).contains($0) }).count
    // A comma before three digits stands for thousands where one to three digits come first, unless they are zeros.
    let isZero = field[..<lastComma].allSatisfy { !(49...57).contains($0) }
    return decimals != 3 || whole > 3 || whole == 0 || isZero ? .decimals : nil
  }
}

extension NumberNotation {
  /// A notation.
  init(decimal: UInt8, thousands: UInt8?) {
    self.decimal = decimal
    self.thousands = thousands
  }
}

extension BidirectionalCollection {
  /// The longest end all of whose elements are so.
  fileprivate func suffix(while isSo: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, isSo(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
