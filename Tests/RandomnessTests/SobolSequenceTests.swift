import Foundation
import Randomness
import Testing

@Suite("Sobol's sequence")
struct SobolSequenceTests {
  private struct Fixture: Decodable { let points: [[Double]] }

  private static func fixture() throws -> [[Double]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "fixtures/statistics/sobol.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file)).points
  }

  @Test("its first points are scipy's, bit for bit, in as many dimensions as there are")
  func scipy() throws {
    let theirs = try Self.fixture()
    let sequence = SobolSequence(dimensions: SobolSequence.mostDimensions)
    #expect(theirs.count == 64 && theirs[0].count == SobolSequence.mostDimensions)
    for (number, point) in theirs.enumerated() { #expect(sequence.point(UInt32(number)) == point, "\(number)") }
  }

  @Test("2ᵏ points have one in each of 2ᵏ equal parts of every axis, also shifted", arguments: [1, 3, 6, 10])
  func even(_ power: Int) {
    let count = 1 << power
    let shift = (0..<32).map { UInt32(truncatingIfNeeded: 0x9e37_79b9 &* ($0 + 1)) }
    for sequence in [SobolSequence(dimensions: 32), SobolSequence(dimensions: 32, shift: shift)] {
      let points = (0..<count).map { sequence.centre(UInt32($0)) }
      for dimension in 0..<32 {
        #expect(Set(points.map { Int($0[dimension] * Double(count)) }).count == count)
      }
      #expect(points.allSatisfy { $0.allSatisfy { $0 > 0 && $0 < 1 } })
    }
  }

  @Test("a shift is one exclusive or of all points")
  func shifted() {
    let (plain, moved) = (
      SobolSequence(dimensions: 2), SobolSequence(dimensions: 2, shift: [0x8000_0001, 0x1234_5678])
    )
    for number: UInt32 in [0, 1, 5, 1000] {
      let digits = plain.point(number).map { UInt32($0 * 0x1p32) }
      #expect(
        moved.point(number) == [digits[0] ^ 0x8000_0001, digits[1] ^ 0x1234_5678].map { Double($0) * 0x1p-32 })
    }
  }
}
