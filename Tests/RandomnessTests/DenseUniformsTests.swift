import Lanes
import Randomness
import Testing

@Suite("Dense uniforms")
struct DenseUniformsTests {
  static let key = testStreams.key("uniforms")

  @Test("uniforms of 32 bits are (w + ½)/2³² of the four words of the step's block, exactly")
  func uniforms32() {
    let stream = DenseStream(Self.key, PathGroup(firstPath: 24, clone: 3))
    for step in [Int32.min, -1, 0, 1, 12_345] {
      let (a, b, c, d) = stream.uniforms32(step: step)
      for lane in 0..<Lanes.count {
        let w = Philox.words(counter: (0, 3, 24 + UInt32(lane), UInt32(bitPattern: step)), key: Self.key)
        let expected = [w.0, w.1, w.2, w.3].map { (Double($0) + 0.5) * 0x1p-32 }
        #expect([a[lane], b[lane], c[lane], d[lane]] == expected)
      }
    }
  }

  @Test("uniforms of 52 bits are ((w ≫ 12) + ½)/2⁵² of the block's two 64-bit words, exactly")
  func uniforms52() {
    let stream = DenseStream(Self.key, PathGroup(firstPath: 24, clone: 3), block: 2)
    for step in [Int32.min, -1, 0, 1, 12_345] {
      let (a, b) = stream.uniforms52(step: step)
      for lane in 0..<Lanes.count {
        let w = Philox.words(counter: (2, 3, 24 + UInt32(lane), UInt32(bitPattern: step)), key: Self.key)
        let words = [UInt64(w.1) << 32 | UInt64(w.0), UInt64(w.3) << 32 | UInt64(w.2)]
        #expect([a[lane], b[lane]] == words.map { (Double($0 >> 12) + 0.5) * 0x1p-52 })
      }
    }
  }

  @Test("both kinds are uniform, and lie inside (0, 1) (Kolmogorov–Smirnov, false alarms 1 in 1,000 each)")
  func law() {
    let stream = DenseStream(Self.key, PathGroup(firstPath: 0))
    let steps = Int32(0)..<10_000
    let coarse = steps.flatMap { step in
      let (a, b, c, d) = stream.uniforms32(step: step)
      return (0..<Lanes.count).flatMap { [a[$0], b[$0], c[$0], d[$0]] }
    }
    let fine = steps.flatMap { step in
      let (a, b) = stream.uniforms52(step: step)
      return (0..<Lanes.count).flatMap { [a[$0], b[$0]] }
    }
    for sample in [coarse, fine] {
      #expect(sample.allSatisfy { $0 > 0 && $0 < 1 })
      #expect(kolmogorovSmirnov(sample) { $0 } > 1e-3)
    }
  }
}
