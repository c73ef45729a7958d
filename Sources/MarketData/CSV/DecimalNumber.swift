/// Decimal numbers from bytes: exact, and without a detour over strings where a double can do it.
package enum DecimalNumber {
  /// The powers of ten that a double holds exactly.
  private static let powersOfTen: [Double] = (0...22).reduce(into: []) { powers, exponent in
    powers.append(exponent == 0 ? 1 : powers[exponent - 1] * 10)
  }

  /// The number in some bytes, correctly rounded; spaces around it are skipped. Nil for anything else: also for empty
  /// bytes, `nan`, `inf`, hexadecimal digits and numbers beyond the range of a double.
  ///
  /// A mantissa below 2⁵³ times or over a power of ten up to 10²² is one exact operation on exact operands
  /// (Clinger 1990, PLDI: the fast path); all others go through the standard library.
  package static func parse(_ bytes: ArraySlice<UInt8>) -> Double? {
    var field = bytes
    while field.first == 0x20 { field.removeFirst() }
    while field.last == 0x20 { field.removeLast() }
    var index = field.startIndex
    let end = field.endIndex
    var isNegative = false
    if index < end, field[index] == UInt8(ascii: "-") || field[index] == UInt8(ascii: "+") {
      isNegative = field[index] == UInt8(ascii: "-")
      index += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var isFraction = false
    while index < end {
      let byte = field[index]
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        digits += 1
        if isFraction { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index == end {
      if digits <= 18, mantissa < 1 << 53, decimals <= 22 {
        let value = Double(mantissa) / powersOfTen[decimals]
        return isNegative ? -value : value
      }
    } else if !isExponent(field[index...]) {
      return nil
    }
    guard let value = Double(String(decoding: field, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  private static func isExponent(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") else { return false }
    var rest = bytes.dropFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
