import Foundation
import Lanes
import Testing

@Suite("Arithmetic, comparison and choice in lanes")
struct LanesTests {
  let a = Lanes(SIMD8(1.5, -2, 0, .infinity, .nan, 0x1p-1030, -0.0, 7))
  let b = Lanes(SIMD8(-3, 0.5, 0, 2, 1, 3, 5, .nan))

  /// Whether both lanes hold the same bits, all NaNs counted as one.
  func same(_ x: Lanes, _ y: (Int) -> Double) -> Bool {
    (0..<Lanes.count).allSatisfy { x[$0].bitPattern == y($0).bitPattern || (x[$0].isNaN && y($0).isNaN) }
  }

  @Test("each operator does in every lane what it does to numbers")
  func operators() {
    let (a, b) = (a, b)
    #expect(same(a + b) { a[$0] + b[$0] } && same(a + 2) { a[$0] + 2 } && same(2 + a) { 2 + a[$0] })
    #expect(same(a - b) { a[$0] - b[$0] } && same(a - 2) { a[$0] - 2 } && same(2 - a) { 2 - a[$0] })
    #expect(same(a * b) { a[$0] * b[$0] } && same(a * 2) { a[$0] * 2 } && same(2 * a) { 2 * a[$0] })
    #expect(same(a / b) { a[$0] / b[$0] } && same(a / 2) { a[$0] / 2 } && same(2 / a) { 2 / a[$0] })
    #expect(same(-a) { -a[$0] })
    var c = a
    c += b
    c -= 1
    c *= b
    c /= 3
    #expect(same(c) { (a[$0] + b[$0] - 1) * b[$0] / 3 })
  }

  @Test("the machine's functions do in every lane what they do to numbers")
  func functions() {
    let (a, b) = (a, b)
    #expect(same(sqrt(a)) { a[$0].squareRoot() })
    #expect(same(abs(a)) { Swift.abs(a[$0]) })
    #expect(same(floor(a)) { a[$0].rounded(.down) })
    #expect(same(min(a, b)) { a[$0] < b[$0] ? a[$0] : b[$0] })
    #expect(same(max(a, b)) { a[$0] > b[$0] ? a[$0] : b[$0] })
    #expect(same(copySign(of: b, to: a)) { Double(signOf: b[$0], magnitudeOf: a[$0]) })
    #expect(same(flipSign(of: a, by: b)) { b[$0].sign == .minus ? -a[$0] : a[$0] })
    if CPULevel.current == .baseline {
      #expect(same(fma(a, b, 1)) { a[$0] * b[$0] + 1 })
    } else {
      #expect(same(fma(a, b, 1)) { Foundation.fma(a[$0], b[$0], 1) })
    }
  }

  @Test("comparisons are false for NaN, and masks combine lane by lane")
  func masks() {
    let (a, b) = (a, b)
    for lane in 0..<Lanes.count {
      #expect((a .< b)[lane] == (a[lane] < b[lane]) && (a .<= b)[lane] == (a[lane] <= b[lane]))
      #expect((a .> b)[lane] == (a[lane] > b[lane]) && (a .>= b)[lane] == (a[lane] >= b[lane]))
      #expect((a .== b)[lane] == (a[lane] == b[lane]) && (a .!= b)[lane] == (a[lane] != b[lane]))
      let (p, q) = (a .< 1, b .> 1)
      #expect((p & q)[lane] == (p[lane] && q[lane]) && (p | q)[lane] == (p[lane] || q[lane]))
      #expect((!p)[lane] == !p[lane])
    }
    #expect(same(select(a .< b, a, b)) { a[$0] < b[$0] ? a[$0] : b[$0] })
    #expect(same(a.replacing(with: 9, where: b .> 1)) { b[$0] > 1 ? 9 : a[$0] })
  }

  @Test("any, none, all and the bits of a mask agree with its lanes, for all 256 masks")
  func maskBits() {
    for bits in UInt8.min...UInt8.max {
      let mask = Mask { bits >> UInt8($0) & 1 == 1 }
      #expect(mask.bits == bits && mask.isAny == (bits != 0))
      #expect(mask.isNone == (bits == 0) && mask.isAll == (bits == 255))
      #expect((!mask).bits == ~bits)
    }
    #expect(Mask.all.isAll && Mask.none.isNone && Mask(true) == .all)
  }

  @Test("words are 64-bit integers in each lane")
  func words() {
    let x = Words { 0x9e37_79b9_7f4a_7c15 &* (UInt64($0) &+ 1) }
    let y = Words { 0xbf58_476d_1ce4_e5b9 &* (UInt64($0) &+ 3) }
    let joined = Words(lowHalvesOf: x, y)
    #expect((0..<8).allSatisfy { joined[$0] == UInt64(UInt32(truncatingIfNeeded: x[$0])) | y[$0] << 32 })
    for lane in 0..<Lanes.count {
      #expect((x &+ y)[lane] == x[lane] &+ y[lane] && (x &- y)[lane] == x[lane] &- y[lane])
      #expect((x & y)[lane] == x[lane] & y[lane] && (x | y)[lane] == x[lane] | y[lane])
      #expect((x ^ y)[lane] == x[lane] ^ y[lane])
      #expect((x &<< 13)[lane] == x[lane] << 13 && (x &>> 13)[lane] == x[lane] >> 13)
      #expect(x.lowHalvesMultiplied(by: 0xd251_1f53)[lane] == (x[lane] & 0xffff_ffff) * 0xd251_1f53)
      #expect((x &>> 12).asNumbers[lane] == Double(x[lane] >> 12))
    }
  }
}

extension Double {
  init(signOf sign: Double, magnitudeOf magnitude: Double) {
    self = sign.sign == magnitude.sign ? magnitude : -magnitude
  }
}
