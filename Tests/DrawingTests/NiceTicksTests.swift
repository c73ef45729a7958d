import Drawing
import Testing

@Suite("Ticks")
struct NiceTicksTests {
  struct Golden: CustomTestStringConvertible {
    let range: ClosedRange<Double>
    let values: [Double]
    let decimals: Int
    var testDescription: String { "\(range)" }
  }

  @Test(
    "are multiples of 1, 2, 2.5 or 5 times a power of ten, four to six of them",
    arguments: [
      Golden(range: 0...1, values: [0, 0.2, 0.4, 0.6, 0.8, 1], decimals: 1),
      Golden(range: 0...100, values: [0, 20, 40, 60, 80, 100], decimals: 0),
      Golden(range: 148...192, values: [150, 160, 170, 180, 190], decimals: 0),
      Golden(range: -0.31...0.12, values: [-0.3, -0.2, -0.1, 0, 0.1], decimals: 1),
      Golden(range: 0...11, values: [0, 2, 4, 6, 8, 10], decimals: 0),
      Golden(range: 0...1.2, values: [0, 0.25, 0.5, 0.75, 1], decimals: 2),
      Golden(range: 99.7...101.2, values: [99.75, 100, 100.25, 100.5, 100.75, 101], decimals: 2),
      Golden(range: 5...5, values: [5], decimals: 0),
    ])
  func linear(_ golden: Golden) {
    let ticks = NiceTicks.linear(golden.range)
    #expect(ticks.values == golden.values)
    #expect(ticks.decimals == golden.decimals)
  }

  @Test("stay inside their range, are at most six, and at least three, over 5,000 ranges")
  func sweep() {
    var noise = Noise(seed: 11)
    for round in 0..<5_000 {
      let low = (noise.uniform() - 0.5) * 10_000, width = 1e-4 + noise.uniform() * noise.uniform() * 1e5
      let ticks = NiceTicks.linear(low...low + width)
      let slack = 1e-7 * width + 1e-9 * abs(low)
      #expect(
        ticks.values.allSatisfy { $0 >= low - slack && $0 <= low + width + slack }
          && (3...6).contains(ticks.values.count),
        "round \(round): \(low)...\(low + width) gave \(ticks.values)")
    }
  }

  @Test("of a logarithmic axis are 1, 2 and 5 times powers of ten, or fewer where that is too many")
  func logarithmic() {
    #expect(NiceTicks.logarithmic(0.3...7).values == [0.5, 1, 2, 5])
    #expect(NiceTicks.logarithmic(0.9...1_100).values == [1, 10, 100, 1_000])
    #expect(NiceTicks.logarithmic(20...90).values == [20, 40, 60, 80])
  }

  @Test(
    "of any finite range are finite numbers inside it",
    arguments: [
      0...Double.leastNonzeroMagnitude, -1e308...0.5e308, 1e17...1e17 + 32, 0...1.7e308, 1e300...1e300.nextUp,
    ])
  func extreme(range: ClosedRange<Double>) {
    for ticks in [NiceTicks.linear(range), NiceTicks.logarithmic(range)] {
      #expect(ticks.values.count <= 6)
      #expect(ticks.values.allSatisfy { $0.isFinite })
    }
  }
}
