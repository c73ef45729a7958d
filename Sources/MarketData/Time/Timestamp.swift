/// Moments as recorded files write them.
package enum Timestamp {
  /// Milliseconds since 1970-01-01 UTC of an ISO 8601 text: `2000-03-01`, `2000-03-01T09:30`, `…-05:00`,
  /// `2000-03-01 09:30:00.250Z`. Without an offset it is UTC; finer than a millisecond is cut off. Nil for anything else.
  package static func milliseconds(_ text: String) -> Int64? { milliseconds(ArraySlice(text.utf8)) }

  /// The same of bytes.
  package static func milliseconds(_ bytes: ArraySlice<UInt8>) -> Int64? {
    var cursor = Cursor(bytes: bytes, index: bytes.startIndex)
    return cursor.moment()
  }

  /// Milliseconds since 1970-01-01 UTC of a count since then, as exchanges and Unix write it: of 9 or 10 digits it is in
  /// seconds, of 12 or 13 in milliseconds, of 15 or 16 in microseconds, of 18 or 19 in nanoseconds (1973 to 2286); finer than
  /// a millisecond is cut off. Nil for anything else.
  package static func milliseconds(count bytes: ArraySlice<UInt8>) -> Int64? {
    switch bytes.count {
    case 9, 10, 12, 13, 15, 16, 18, 19: break
    default: return nil
    }
    var value: Int64 = 0
    for byte in bytes {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value &* 10 &+ Int64(byte - UInt8(ascii: "0"))
    }
    switch bytes.count {
    case 9, 10: return value * 1000
    case 12, 13: return value
    case 15, 16: return value / 1000
    // Nineteen digits hold more than 64 bits with a sign do: counts beyond the year 2262.
    default: return value < 0 || value < 100_000_000_000_000_000 ? nil : value / 1_000_000
    }
  }

  /// A text of milliseconds since 1970-01-01 UTC: `2000-03-01T00:00:00Z`.
  package static func text(milliseconds: Int64) -> String {
    let day = CalendarDay(daysSince1970: Int(milliseconds).floorDivided(by: 86_400_000))
    let time = Int(milliseconds).floorModulo(86_400_000)
    let clock = [time / 3_600_000, time / 60_000 % 60, time / 1000 % 60].map { $0.padded(2) }.joined(separator: ":")
    return "\(day)T\(clock)\(time % 1000 == 0 ? "" : ".\((time % 1000).padded(3))")Z"
  }
}

/// Reads a moment from left to right.
private struct Cursor {
  let bytes: ArraySlice<UInt8>
  var index: Int

  private var next: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  mutating func moment() -> Int64? {
    guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2),
      let date = CalendarDay(year: year, month: month, day: day)
    else { return nil }
    let midnight = Int64(date.daysSince1970) * 86_400_000
    if next == nil { return midnight }
    guard take("T") || take(" "), let time = timeOfDay(), let offset = offset(), next == nil else { return nil }
    return midnight + time - offset
  }

  private mutating func timeOfDay() -> Int64? {
    guard let hours = digits(2), hours < 24, take(":"), let minutes = digits(2), minutes < 60 else { return nil }
    var milliseconds = (hours * 60 + minutes) * 60_000
    guard take(":") else { return Int64(milliseconds) }
    guard let seconds = digits(2), seconds < 60 else { return nil }
    milliseconds += seconds * 1000
    guard take(".") else { return Int64(milliseconds) }
    var places = 0
    var weight = 100
    while let digit = digits(1) {
      milliseconds += digit * weight
      weight /= 10
      places += 1
    }
    return (1...9).contains(places) ? Int64(milliseconds) : nil
  }

  private mutating func offset() -> Int64? {
    if next == nil || take("Z") { return 0 }
    let isWest = next == UInt8(ascii: "-")
    guard take("+") || take("-"), let hours = digits(2), hours < 24, take(":"), let minutes = digits(2), minutes < 60
    else { return nil }
    return Int64((hours * 60 + minutes) * 60_000) * (isWest ? -1 : 1)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func digits(_ count: Int) -> Int? {
    guard index + count <= bytes.endIndex else { return nil }
    var value = 0
    for byte in bytes[index..<(index + count)] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    index += count
    return value
  }
}
