/// Numbers as text, for files of millions: the bytes of Swift's `description`, many times as fast, written where they
/// are wanted.
///
/// Of the decimals that read back as the same double these are the shortest, and of several as short the nearest: by
/// Schubfach, with its table of 617 powers of ten made once.
/// Source: Giulietti (2020), "The Schubfach way to render doubles"; the names are of its text.
package struct DecimalText: Sendable {
  /// The most bytes of a number: `-2.2250738585072014e-308`.
  package static let longest = 24
  /// The bytes that may be touched to write a number.
  package static let room = 40

  /// ⌈10^k · 2^(127 − ⌊log₂ 10^k⌋)⌉ for k from −292: its upper and lower 64 bits.
  private let powers: [UInt64]
  private static let firstPower = -292
  private static let lastPower = 324

  /// Makes the table; a millisecond's work, for whoever writes many numbers.
  package init() {
    powers = PowersOfTen.table(from: Self.firstPower, to: Self.lastPower)
  }

  /// Writes a number as `Double.description` does, but a whole one below 10^15 without its `.0`: `1`, `-0.0`, `0.1`,
  /// `1e-05`, `inf`.
  ///
  /// - Parameter start: where `room` bytes may be written to.
  /// - Returns: the byte after the last of the text; what comes after that may have been touched.
  @inline(__always)
  package func write(_ value: Double, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    let magnitude = value.magnitude
    var place = start
    if value.sign == .minus {
      place[0] = UInt8(ascii: "-")
      place += 1
    }
    if magnitude < 1e15 {
      let whole = UInt64(magnitude)
      if Double(whole) == magnitude, value != 0 || value.sign == .plus { return Self.write(whole: whole, to: place) }
    }
    guard magnitude > 0, magnitude.isFinite else { return Self.write(special: value, to: start) }
    let (digits, exponent) = powers.withUnsafeBufferPointer { Self.shortest(magnitude, $0) }
    return Self.write(digits, exponent, of: magnitude, to: place)
  }

  /// Writes numbers as fields of a row, each after a comma: nothing for NaN.
  ///
  /// - Parameter start: where `count` · (`longest` + 1) + `room` bytes may be written to.
  /// - Returns: the byte after the last of the text.
  package func write(
    fields numbers: UnsafePointer<Double>, count: Int, to start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var place = start
    for index in 0..<count {
      place[0] = UInt8(ascii: ",")
      place += 1
      if !numbers[index].isNaN { place = write(numbers[index], to: place) }
    }
    return place
  }

  /// The decimal of a finite number above 0: digits · 10^exponent; there may be zeros at the end of the digits.
  @inline(__always)
  private static func shortest(
    _ value: Double, _ powers: UnsafeBufferPointer<UInt64>
  ) -> (digits: UInt64, exponent: Int) {
    let fraction = value.significandBitPattern
    let biased = Int(value.exponentBitPattern)
    let c = biased == 0 ? fraction : fraction | 1 << 52
    let q = (biased == 0 ? 1 : biased) - 1075
    // The neighbour below a power of two is nearer than the one above.
    let isUneven = fraction == 0 && biased > 1
    let odd = c & 1
    let k = (q * 1_262_611 - (isUneven ? 524_031 : 0)) >> 22
    let h = UInt64(truncatingIfNeeded: q + ((-k * 1_741_647) >> 19) + 1)
    let index = 2 * (-k - firstPower)
    let (upper, lower) = (powers[index], powers[index + 1])
    let cb = 4 &* c
    let vb = roundedToOdd(upper, lower, cb &<< h)
    let from = roundedToOdd(upper, lower, (cb &- (isUneven ? 1 : 2)) &<< h) &+ odd
    let to = roundedToOdd(upper, lower, (cb &+ 2) &<< h) &- odd
    // One digit less where exactly one such decimal reads back, else the nearer of two neighbours that do, else the one
    // that does. By bits rather than branches, which would go either way at random: a difference below 0 has its first
    // bit set.
    let s = vb &>> 2
    let tens = s / 10
    let tenIsBelow = 1 ^ (40 &* tens &- from) &>> 63
    let tenIsAbove = 1 ^ (to &- 40 &* tens &- 40) &>> 63
    let isBelow = 1 ^ (4 &* s &- from) &>> 63
    let isAbove = 1 ^ (to &- 4 &* s &- 4) &>> 63
    let middle = 4 &* s &+ 2
    let isNearer = (middle &- vb) &>> 63 | (((middle ^ vb) &- 1) &>> 63 & s)
    let isOne = isBelow ^ isAbove
    let isUpper = (isOne & isAbove) | ((isOne ^ 1) & isNearer)
    let isShorter = 0 &- (tenIsBelow ^ tenIsAbove)
    return ((10 &* (tens &+ tenIsAbove)) & isShorter | (s &+ isUpper) & ~isShorter, k)
  }

  /// The upper part of a product with a power of ten, its last bit set where anything was left over.
  @inline(__always)
  private static func roundedToOdd(_ upper: UInt64, _ lower: UInt64, _ factor: UInt64) -> UInt64 {
    let rest = lower.multipliedFullWidth(by: factor).high
    let product = upper.multipliedFullWidth(by: factor)
    let (middle, carries) = product.low.addingReportingOverflow(rest)
    return (product.high &+ (carries ? 1 : 0)) | (middle > 1 ? 1 : 0)
  }
}

extension DecimalText {
  /// Writes a decimal: as a fraction from 0.0001 to 2⁵³, else with an exponent of at least two digits.
  @inline(__always)
  private static func write(
    _ digits: UInt64, _ exponent: Int, of magnitude: Double, to start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    // As 17 digits: one, and sixteen, a byte each.
    var (scaled, count) = (digits, 17)
    if digits < 1_000_000_000_000_000 {
      count = decimalCount(digits)
      scaled = digits &* powerOfTen(17 - count)
    } else {
      let isShort = (digits &- 10_000_000_000_000_000) &>> 63
      scaled = digits &+ (9 &* digits) & (0 &- isShort)
      count = 17 &- Int(truncatingIfNeeded: isShort)
    }
    let upper = scaled / 100_000_000
    let first = upper / 100_000_000
    let ciphers = sixteen(upper &- first &* 100_000_000, scaled &- upper &* 100_000_000)
    let significant = 17 - ciphers.leadingZeroBitCount / 8
    let text = ciphers | UInt128(_low: zeros, _high: zeros)
    let point = count + exponent
    if point > 0, magnitude <= 0x1p53 {
      store(first, text, at: start)
      start[point] = UInt8(ascii: ".")
      store(text &>> UInt128(truncatingIfNeeded: 8 &* (point &- 1)), at: start + point + 1)
      return start + max(significant, point + 1) + 1
    }
    if point > -4, point <= 0 {
      store(zeroPoint, at: start)
      store(first, text, at: start + 2 - point)
      return start + 2 - point + significant
    }
    return exponential(first, text, significant, point - 1, start)
  }

  @inline(never)
  private static func exponential(
    _ first: UInt64, _ text: UInt128, _ significant: Int, _ exponent: Int, _ start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    store(first, UInt128(), at: start)
    start[1] = UInt8(ascii: ".")
    store(text, at: start + 2)
    var place = start + (significant > 1 ? significant + 1 : 1)
    place[0] = UInt8(ascii: "e")
    place[1] = UInt8(ascii: exponent < 0 ? "-" : "+")
    place += 2
    let size = UInt64(exponent.magnitude)
    if size >= 100 { return write(whole: size, to: place) }
    place[0] = UInt8(ascii: "0") + UInt8(size / 10)
    place[1] = UInt8(ascii: "0") + UInt8(size % 10)
    return place + 2
  }

  @inline(never)
  private static func write(
    special value: Double, to start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var text = value.description
    return text.withUTF8 {
      start.update(from: $0.baseAddress!, count: $0.count)
      return start + $0.count
    }
  }

  /// Writes a whole number below 10^16.
  @inline(__always)
  private static func write(whole: UInt64, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    if whole < 10 {
      start[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: whole)
      return start + 1
    }
    if whole < 100_000_000 { return write(upTo8: whole, to: start) }
    let upper = whole / 100_000_000
    let place = write(upTo8: upper, to: start)
    store(eight(whole &- upper &* 100_000_000) | zeros, at: place)
    return place + 8
  }

  /// Writes a number from 1 below 10^8 without zeros before it.
  @inline(__always)
  private static func write(upTo8 number: UInt64, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>
  {
    let digits = eight(number)
    let skipped = digits.trailingZeroBitCount / 8
    store((digits | zeros) &>> UInt64(8 * skipped), at: start)
    return start + 8 - skipped
  }

  private static var zeros: UInt64 { 0x3030_3030_3030_3030 }
  /// `0.000000`.
  private static var zeroPoint: UInt64 { 0x3030_3030_3030_2E30 }

  /// The eight digits of a number below 10^8, a byte each, the first one lowest: four, two and one at a time, all
  /// parts of a word at once.
  @inline(__always)
  private static func eight(_ number: UInt64) -> UInt64 {
    let upper = number / 10_000
    let fours = upper | (number &- upper &* 10_000) &<< 32
    let hundreds = ((fours &* 10_486) &>> 20) & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) &<< 16
    let ten = ((twos &* 103) &>> 10) & 0x000F_000F_000F_000F
    return ten | (twos &- ten &* 10) &<< 8
  }

  /// The digits of two such numbers.
  @inline(__always)
  private static func sixteen(_ upper: UInt64, _ lower: UInt64) -> UInt128 {
    let (high, low) = (UInt32(truncatingIfNeeded: upper), UInt32(truncatingIfNeeded: lower))
    let fours = SIMD4(high / 10_000, high % 10_000, low / 10_000, low % 10_000)
    let hundreds = (fours &* 10_486) &>> 20
    let twos = unsafeBitCast(hundreds | (fours &- hundreds &* 100) &<< 16, to: SIMD8<UInt16>.self)
    let tens = (twos &* 103) &>> 10
    return unsafeBitCast(tens | (twos &- tens &* 10) &<< 8, to: UInt128.self)
  }

  @inline(__always)
  private static func store(_ word: UInt64, at place: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(place).storeBytes(of: word.littleEndian, as: UInt64.self)
  }

  @inline(__always)
  private static func store(_ words: UInt128, at place: UnsafeMutablePointer<UInt8>) {
    store(words._low, at: place)
    store(words._high, at: place + 8)
  }

  @inline(__always)
  private static func store(_ first: UInt64, _ text: UInt128, at place: UnsafeMutablePointer<UInt8>) {
    place[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: first)
    store(text, at: place + 1)
  }

  @inline(never)
  private static func decimalCount(_ number: UInt64) -> Int {
    var (count, rest) = (1, number / 10)
    while rest > 0 { (count, rest) = (count + 1, rest / 10) }
    return count
  }

  @inline(never)
  private static func powerOfTen(_ exponent: Int) -> UInt64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

/// Powers of ten to 128 bits, by whole numbers of any length.
private enum PowersOfTen {
  /// ⌈10^k · 2^(127 − ⌊log₂ 10^k⌋)⌉ for each k: upper and lower 64 bits, one after the other. The powers of two in 10^k
  /// only move the point, so that 5^|k| tells all.
  static func table(from first: Int, to last: Int) -> [UInt64] {
    var table = [UInt64](repeating: 0, count: 2 * (last - first + 1))
    var five = WholeNumber(1)
    for power in 0...max(-first, last) {
      for (k, value) in [(power, five.leading128()), (-power, five.inverse128())] where k >= first && k <= last {
        table[2 * (k - first)] = value._high
        table[2 * (k - first) + 1] = value._low
      }
      five.multiply(by: 5)
    }
    return table
  }
}

/// A whole number above 0 in words of 32 bits, the lowest first.
private struct WholeNumber {
  private var words: [UInt32]

  init(_ word: UInt32) { words = [word] }

  private var bitCount: Int { 32 * words.count - words[words.count - 1].leadingZeroBitCount }

  mutating func multiply(by factor: UInt32) {
    var carry: UInt64 = 0
    for index in words.indices {
      let product = UInt64(words[index]) * UInt64(factor) + carry
      words[index] = UInt32(truncatingIfNeeded: product)
      carry = product >> 32
    }
    if carry > 0 { words.append(UInt32(carry)) }
  }

  /// The first 128 bits, rounded up.
  func leading128() -> UInt128 {
    let count = bitCount
    var bits: UInt128 = 0
    for place in 0..<128 {
      let bit = count - 1 - place
      bits = bits << 1 | (bit >= 0 && words[bit / 32] >> UInt32(bit % 32) & 1 == 1 ? 1 : 0)
    }
    let isExact = (0..<max(0, count - 128)).allSatisfy { words[$0 / 32] >> UInt32($0 % 32) & 1 == 0 }
    return isExact ? bits : bits + 1
  }

  /// The first 128 bits of 1 over the number, rounded up, by long division.
  func inverse128() -> UInt128 {
    let count = bitCount
    if words == [1] { return 1 << 127 }
    // The largest power of two below the number.
    var rest = [UInt32](repeating: 0, count: words.count + 1)
    rest[(count - 1) / 32] = 1 << UInt32((count - 1) % 32)
    var bits: UInt128 = 0
    for _ in 0..<128 {
      var carry: UInt32 = 0
      for index in rest.indices {
        let next = rest[index] >> 31
        rest[index] = rest[index] << 1 | carry
        carry = next
      }
      let isThere = subtract(from: &rest)
      bits = bits << 1 | (isThere ? 1 : 0)
    }
    return bits + 1
  }

  /// Takes the number away where there is as much; false where there isn't.
  private func subtract(from rest: inout [UInt32]) -> Bool {
    var less = rest
    var borrow: Int64 = 0
    for index in less.indices {
      let difference = Int64(less[index]) - (index < words.count ? Int64(words[index]) : 0) - borrow
      less[index] = UInt32(truncatingIfNeeded: difference)
      borrow = difference < 0 ? 1 : 0
    }
    guard borrow == 0 else { return false }
    rest = less
    return true
  }
}
