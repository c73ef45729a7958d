/// Reads what a time is written of, from left to right; blanks at both ends are none of it.
struct WrittenCursor {
  let bytes: ArraySlice<UInt8>
  let end: Int
  var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    var start = bytes.startIndex
    var end = bytes.endIndex
    while start < end, bytes[start] == 0x20 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    index = start
    self.end = end
  }

  var isAtEnd: Bool { index >= end }
  var next: UInt8? { index < end ? bytes[index] : nil }
  var rest: ArraySlice<UInt8> { bytes[min(index, end)..<end] }

  static func isOfName(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte)
      || [UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+")]
        .contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  mutating func skipBlanks() {
    while next == 0x20 { index += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  /// All digits that follow, where there are at least one and at most so many.
  mutating func number(atMost limit: Int) -> Int? {
    var value = 0
    var position = index
    while position < end, Self.isDigit(bytes[position]) {
      guard position - index < limit else { return nil }
      value = value * 10 + Int(bytes[position] - 48)
      position += 1
    }
    guard position > index else { return nil }
    index = position
    return value
  }

  mutating func twoDigits() -> Int? {
    let start = index
    guard let value = number(atMost: 2), index - start == 2 else { return nil }
    return value
  }

  /// Up to nine decimals of a second, in milliseconds; finer ones are cut off.
  mutating func fraction() -> Int64? {
    let start = index
    guard let value = number(atMost: 9) else { return nil }
    var scaled = value
    for _ in (index - start)..<9 { scaled *= 10 }
    return Int64(scaled / 1_000_000)
  }

  mutating func dateSeparator() -> UInt8? {
    guard let byte = next, [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), 0x20].contains(byte) else {
      return nil
    }
    index += 1
    return byte
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ].map { Array($0.utf8) }

  /// The English name of a month, whole or by its first three letters, whatever its capitals.
  mutating func month() -> Int? {
    var position = index
    while position < end, Self.isLetter(bytes[position]) { position += 1 }
    let word = bytes[index..<position].map { $0 | 0x20 }
    guard word.count >= 3,
      let month = Self.months.firstIndex(where: { $0 == word || word.count == 3 && $0.starts(with: word) })
    else { return nil }
    index = position
    return month + 1
  }

  /// Whether AM or PM follows, and which.
  mutating func halfOfDay() -> Bool? {
    guard index + 2 <= end, bytes[index + 1] | 0x20 == UInt8(ascii: "m"),
      index + 2 == end || !Self.isLetter(bytes[index + 2])
    else { return nil }
    let half = bytes[index] | 0x20
    guard half == UInt8(ascii: "a") || half == UInt8(ascii: "p") else { return nil }
    index += 2
    return half == UInt8(ascii: "p")
  }

  /// `+01:00`, `+0100` or `+01` in milliseconds.
  mutating func offset() -> Int64? {
    let isWest = next == UInt8(ascii: "-")
    guard take(UInt8(ascii: "+")) || take(UInt8(ascii: "-")) else { return nil }
    let start = index
    guard var hours = number(atMost: 4) else { return nil }
    var minutes = 0
    switch index - start {
    case 4: (hours, minutes) = (hours / 100, hours % 100)
    case 2:
      if take(UInt8(ascii: ":")) {
        guard let read = twoDigits() else { return nil }
        minutes = read
      }
    default: return nil
    }
    guard hours <= 14, minutes < 60 else { return nil }
    return Int64((hours * 60 + minutes) * 60_000) * (isWest ? -1 : 1)
  }
}
