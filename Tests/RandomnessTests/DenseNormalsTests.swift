import CGSL
import Foundation
import Lanes
import Randomness
import Testing

@Suite("Dense normals")
struct DenseNormalsTests {
  /// Box and Muller's transform in plain scalar code, 40 bits for the radius and 24 for the angle, both centred.
  static func twin(_ word: UInt64) -> (Double, Double) {
    let u = (Double(word >> 24) + 0.5) * 0x1p-40
    var v = (Double(word & 0xff_ffff) + 0.5) * 0x1p-24
    v -= v.rounded()  // exact, and keeps the rounding of 2πv small
    let radius = (-2 * Foundation.log(u)).squareRoot()
    return (radius * cos(2 * .pi * v), radius * sin(2 * .pi * v))
  }

  /// The four normals of a path's block, from the scalar generator.
  static func twin(_ key: StreamKey, path: UInt64, clone: UInt16, block: Int32) -> [Double] {
    let w = Philox.words(
      counter: (
        0, UInt32(truncatingIfNeeded: path >> 32) << 16 | UInt32(clone), UInt32(truncatingIfNeeded: path),
        UInt32(bitPattern: block)
      ), key: key)
    let (z0, z1) = twin(UInt64(w.1) << 32 | UInt64(w.0))
    let (z2, z3) = twin(UInt64(w.3) << 32 | UInt64(w.2))
    return [z0, z1, z2, z3]
  }

  @Test("normals in lanes are those of a scalar twin on the same words, to 5 ulp of the radius")
  func scalarTwin() {
    let key = testStreams.key("normals")
    var worst = 0.0
    for (first, clone) in [(0, 0), (8, 0), (1_000_003, 7), (1 << 40, 65_535), ((1 << 48) - 8, 1)] as [(UInt64, UInt16)]
    {
      let stream = DenseStream(key, PathGroup(firstPath: first, clone: clone))
      for block in Array(Int32(-300)..<300) + [Int32.min, Int32.max] {
        let normals = stream.normals(block: block)
        for lane in 0..<Lanes.count {
          let expected = Self.twin(key, path: first + UInt64(lane), clone: clone, block: block)
          for index in 0..<4 {
            let pair = (expected[index & 2], expected[index | 1])
            let radius = (pair.0 * pair.0 + pair.1 * pair.1).squareRoot()
            worst = max(worst, ulps(normals[Int32(index)][lane], expected[index], of: radius))
          }
        }
      }
    }
    #expect(worst <= 5)
  }

  @Test("the words at the ends of radius and angle give what the twin gives")
  func ends() {
    for word in [
      0, UInt64.max, 0xff_ffff, ~0xff_ffff, 0x20_0000, 0x1f_ffff, 0x60_0000, 0xa0_0000, 0xdf_ffff, 0xe0_0000,
    ] {
      let (a, b) = boxMuller(Words(word))
      let (c, d) = Self.twin(word)
      let radius = (c * c + d * d).squareRoot()
      #expect(ulps(a[3], c, of: radius) <= 4, "\(word)")
      #expect(ulps(b[3], d, of: radius) <= 4, "\(word)")
    }
  }

  @Test("no normal is larger than 7.54: the radius of the smallest 40-bit uniform")
  func bound() {
    let radius = (-2 * Foundation.log(0x1p-41)).squareRoot()
    #expect(radius < 7.54 && radius > 7.53)
    let (a, b) = boxMuller(Words(0))
    #expect((a[0] * a[0] + b[0] * b[0]).squareRoot() <= radius.nextUp.nextUp)
  }

  /// A million normals of one stream, by path and then step.
  static let sample: [Double] = (0..<250).flatMap { group in
    let stream = DenseStream(testStreams.key("law"), PathGroup(firstPath: UInt64(group * Lanes.count)))
    return (Int32(0)..<125).flatMap { block in
      let z = stream.normals(block: block)
      return (0..<Int32(4)).flatMap { index in (0..<Lanes.count).map { z[index][$0] } }
    }
  }

  @Test("a million normals follow GSL's normal law (Kolmogorov–Smirnov, false alarms 1 in 1,000)")
  func law() {
    #expect(kolmogorovSmirnov(Self.sample) { gsl_cdf_ugaussian_P($0) } > 1e-3)
  }

  @Test("their first four moments are right within 4 standard errors (false alarms 3 in 10,000)")
  func moments() { #expect(worstMoment(Self.sample) < 4) }

  @Test("as many lie beyond 4 as should, within 4 standard errors of the binomial law (false alarms 6 in 100,000)")
  func tails() {
    let n = Double(Self.sample.count)
    let expected = 2 * gsl_cdf_ugaussian_Q(4) * n
    let found = Double(Self.sample.count { abs($0) > 4 })
    #expect(abs(found - expected) < 4 * expected.squareRoot())
    #expect(Self.sample.allSatisfy { abs($0) < 7.54 })
  }

  @Test("neighbouring streams, paths, steps and clones are uncorrelated within 4 standard errors (each 6 in 100,000)")
  func correlation() {
    func normals(_ name: String, first: UInt64 = 0, clone: UInt16 = 0, from block: Int32 = 0) -> [Double] {
      (0..<UInt64(100)).flatMap { group in
        let paths = PathGroup(firstPath: first + group * 8, clone: clone)
        var normals = ContiguousArray(repeating: Lanes.zero, count: 200)
        var span = normals.mutableSpan
        DenseStream(testStreams.key(name), paths).normals(firstBlock: block, into: &span)
        return normals.flatMap { z in (0..<Lanes.count).map { z[$0] } }
      }
    }
    let base = normals("asset/A/diffusion")
    let others = [
      normals("asset/B/diffusion"), normals("asset/A/diffusion", first: 1), normals("asset/A/diffusion", clone: 1),
      normals("asset/A/diffusion", from: 1),
    ]
    for other in others { #expect(abs(correlationInStandardErrors(base, other)) < 4) }
    // From step to step of a path, and from path to path at one step.
    #expect(abs(correlationInStandardErrors(Array(base.dropLast(8)), Array(base.dropFirst(8)))) < 4)
    #expect(abs(correlationInStandardErrors(Array(base.dropLast(1)), Array(base.dropFirst(1)))) < 4)
  }

  @Test("a path's normals depend on no lane, tile or order: bit for bit")
  func independence() {
    let key = testStreams.key("normals")
    let aligned = DenseStream(key, PathGroup(firstPath: 8))
    let shifted = DenseStream(key, PathGroup(firstPath: 5))
    let later = aligned.normals(block: 17)
    let before = aligned.normals(block: -2)
    // Path 10 is lane 2 of one group and lane 5 of the other, drawn in another order.
    #expect(shifted.normals(block: -2).z3[5] == before.z3[2])
    #expect(shifted.normals(block: 17).z0[5] == later.z0[2])
  }

  @Test("many blocks at once, of one group or of many, are the blocks one by one")
  func manyBlocks() {
    let key = testStreams.key("normals")
    let streams = ContiguousArray((0..<5).map { DenseStream(key, PathGroup(firstPath: UInt64(8 * $0))) })
    var blocks = ContiguousArray(repeating: NormalBlock(.zero, .zero, .zero, .zero), count: 5)
    var blockSpan = blocks.mutableSpan
    DenseStream.normals(streams.span, block: 9, into: &blockSpan)
    #expect(blocks == ContiguousArray(streams.map { $0.normals(block: 9) }))

    var steps = ContiguousArray(repeating: Lanes.zero, count: 12)
    var stepSpan = steps.mutableSpan
    streams[3].normals(firstBlock: -1, into: &stepSpan)
    let expected = (Int32(-1)...1).flatMap { block in (0..<Int32(4)).map { streams[3].normals(block: block)[$0] } }
    #expect(steps == ContiguousArray(expected))
  }
}
