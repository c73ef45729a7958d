import Foundation
import MarketData
import Testing

/// Against Swift's own `description`, which is by another algorithm.
///
/// Seen to fail with the table of inverse powers of ten one lower in its last bit, or without its lower words; with the bounds of
/// odd numbers inside; with the neighbour below a power of two as far as the one above; with ties rounded down; with
/// fractions down to 0.00001, and with exponents from 10^16 on only. Not seen with the powers above 10^55 rounded down rather
/// than up, which no number of these millions feels.
@Suite("Numbers as text")
struct DecimalTextTests {
  private static let decimals = DecimalText()

  /// What we write, by `description`: a whole number below 10^15 without its `.0`.
  private static func wanted(_ value: Double) -> String {
    let isWhole = value == value.rounded(.towardZero) && value.magnitude < 1e15
    return isWhole && (value != 0 || value.sign == .plus) ? String(Int(value)) : value.description
  }

  private static func text(_ value: Double) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalText.room) { bytes in
      guard let start = bytes.baseAddress else { return "" }
      let end = decimals.write(value, to: start)
      return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
    }
  }

  private static func check(_ value: Double) {
    let found = text(value)
    if found != wanted(value) {
      Issue.record("\(value.bitPattern): \(found), not \(wanted(value))")
    }
  }

  /// Numbers that any language can repeat (SplitMix64).
  struct Words {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }

    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
  }

  enum Kind: String, CaseIterable, Sendable {
    case bits, prices, returns, decimals, wholes, subnormals, shortFractions, nearPowersOfTwo

    func draw(_ words: inout Words) -> Double {
      switch self {
      case .bits: return Double(bitPattern: words.next())
      case .prices: return 100 * (0.5 + words.uniform())
      case .returns: return 0.02 * (words.uniform() - 0.5)
      case .decimals:
        let power = pow(10, Double(words.next() % 12))
        return (words.uniform() * 1e6 * power).rounded() / power
      case .wholes: return Double(Int64(bitPattern: words.next()) >> Int64(words.next() % 60))
      case .subnormals: return Double(bitPattern: words.next() >> (12 + words.next() % 50))
      case .shortFractions: return Double(words.next() >> 40) * exp2(Double(words.next() % 80) - 60)
      case .nearPowersOfTwo:
        let power = UInt64(words.next() % 2046) << 52
        return Double(bitPattern: power &+ words.next() % 5 &- 2)
      }
    }
  }

  @Test("a number is what description writes, of whatever kind", arguments: Kind.allCases)
  func isDescription(kind: Kind) {
    var words = Words(state: 1)
    let count = ProcessInfo.processInfo.environment["STRESSLAB_GATES"] == nil ? 40_000 : 2_500_000
    for _ in 0..<count {
      let value = kind.draw(&words)
      if value.isNaN { continue }
      Self.check(value)
    }
  }

  @Test(
    "so are the edges: of notation, of range, of exact numbers, and all powers of ten and of two with their neighbours")
  func edges() {
    var values: [Double] = [0, -0.0, .infinity, -.infinity, 1, 9, 10, 0.1, 0.3, 1e15, 1e16]
    values += [.greatestFiniteMagnitude, .leastNormalMagnitude, 0x1p53, 0x1p53 - 1, 9_007_199_254_740_994, 9.5e15]
    values += [99_999_999, 100_000_000, 999_999_999_999_999, 123_456_789_012_345.6, 9e15, 4.35, 2.675]
    values += (1...40).map { Double(bitPattern: $0) }
    for power in -330...308 { values.append(Double("1e\(power)") ?? 0) }
    for power in -1074...1023 { values.append(exp2(Double(power))) }
    for value in values {
      for near in [value.nextDown, value, value.nextUp, -value] where !near.isNaN { Self.check(near) }
    }
  }

  @Test("fields of a row stand after commas, and what is no number is empty")
  func fields() {
    let numbers: [Double] = [.nan, 1, 0.5, .nan, -2.25e-7, .nan]
    let room = numbers.count * (DecimalText.longest + 1) + DecimalText.room
    let text = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { bytes in
      guard let start = bytes.baseAddress else { return "" }
      let end = Self.decimals.write(fields: numbers, count: numbers.count, to: start)
      return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
    }
    #expect(text == ",,1,0.5,,-2.25e-07,")
  }

  @Test("no number is longer than is said, nor is more touched")
  func room() {
    var words = Words(state: 2)
    var longest = 0
    let guardByte: UInt8 = 0xA5
    var bytes = [UInt8](repeating: guardByte, count: DecimalText.room + 8)
    for _ in 0..<20_000 {
      let value = -Double(bitPattern: words.next()).magnitude
      if value.isNaN { continue }
      bytes.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        longest = max(longest, Self.decimals.write(value, to: start) - start)
      }
    }
    #expect(bytes.suffix(8).allSatisfy { $0 == guardByte })
    #expect(longest <= DecimalText.longest && Self.text(-2.2250738585072014e-308).count == DecimalText.longest)
  }
}
