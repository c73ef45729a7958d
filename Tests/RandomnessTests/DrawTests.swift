import Documents
import Randomness
import Testing

@Suite("A number drawn per path")
struct DrawTests {
  static let paths = 50_000

  static func sample(_ draw: Draw, _ name: String = "draw") -> [Double] {
    (0..<UInt64(paths)).map { path in
      var stream = SparseStream(testStreams.key(name), path: path)
      return draw.value(uniform: stream.uniform())
    }
  }

  @Test("a fixed number is drawn as it is")
  func fixed() {
    let draw = Draw.fixed(3.5)
    #expect(draw.fixedValue == 3.5)
    #expect(draw.value(uniform: 0.1) == 3.5)
    #expect(draw.lowerBound == 3.5 && draw.upperBound == 3.5)
  }

  @Test("the mean of PERT draws is (low + 4·typical + high)/6 within 4 standard errors (false alarms 6 in 100,000)")
  func pertMean() throws {
    for (low, typical, high) in [(0.03, 0.08, 0.25), (0.2, 0.7, 1), (-1, -1, 5), (0, 2, 2)]
      as [(Double, Double, Double)]
    {
      let draw = try #require(Draw(Pert(low: low, typical: typical, high: high)))
      let mean = (low + 4 * typical + high) / 6
      // Variance (mean − low)(high − mean)/7, of the beta law with shapes that add up to 6.
      let deviation = ((mean - low) * (high - mean) / 7).squareRoot()
      let sample = Self.sample(draw, "\(low)…\(high)")
      #expect(abs(standardErrors(sample, from: mean, deviation: deviation)) < 4)
      #expect(sample.allSatisfy { $0 >= low && $0 <= high })
    }
  }

  struct Cut: Sendable {
    let law: any Distribution
    let range: QuantityRange
    let low: Double
    let high: Double
  }

  static let cuts = [
    Cut(law: Normal(mean: 0.3, sd: 0.2), range: .between(0, 1), low: 0, high: 1),
    Cut(law: Normal(mean: -0.4, sd: 0.2), range: .between(0, 1), low: 0, high: 1),
    Cut(law: Normal(mean: 2.8, sd: 0.5), range: .above(0, below: 1), low: 0, high: 1),
    Cut(law: LogNormal(median: 2, sigma: 1), range: .between(0.1, 3), low: 0.1, high: 3),
    Cut(law: Exponential(mean: 2), range: .between(0.1, 3), low: 0.1, high: 3),
    Cut(law: LogNormal(median: 2, sigma: 1), range: .above(0), low: 0, high: .infinity),
    Cut(law: Pert(low: 0, typical: 1, high: 4), range: .between(0.5, 2), low: 0.5, high: 2),
    Cut(law: Uniform(low: -1, high: 1), range: .atLeast(0), low: 0, high: 1),
  ]

  @Test(
    "a law cut to a range never leaves it and follows the cut law (KS, false alarms 1 in 1,000 each)", arguments: cuts)
  func cut(cut: Cut) throws {
    let draw = try #require(Draw(cut.law, in: cut.range))
    let sample = Self.sample(draw, "cut")
    #expect(sample.allSatisfy { cut.range.contains($0) })
    let below = cut.law.cumulative(cut.low)
    let mass = (cut.high.isFinite ? cut.law.cumulative(cut.high) : 1) - below
    #expect(kolmogorovSmirnov(sample) { (cut.law.cumulative($0) - below) / mass } > 1e-3)
  }

  @Test("an end that doesn't belong to the range is never drawn, whatever the uniform", arguments: cuts)
  func ends(cut: Cut) throws {
    let draw = try #require(Draw(cut.law, in: cut.range))
    for u in [0x1p-54, 0x1p-60, 1e-300, 0.5, 1 - 0x1p-53] {
      let value = draw.value(uniform: u)
      #expect(cut.range.contains(value) && value >= draw.lowerBound && value <= draw.upperBound, "\(u): \(value)")
    }
    let open = try #require(Draw(Uniform(low: 0, high: 1), in: .above(0, below: 1)))
    #expect(open.lowerBound == 0.0.nextUp && open.upperBound == 1.0.nextDown)
  }

  @Test("a larger uniform never draws a smaller number", arguments: cuts)
  func monotone(cut: Cut) throws {
    let draw = try #require(Draw(cut.law, in: cut.range))
    let values = (1..<2_000).map { draw.value(uniform: Double($0) / 2_000) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("a law whose spread goes beyond all numbers still draws one")
  func wide() throws {
    let laws: [any Distribution] = [
      LogNormal(median: 20, sigma: 2_500), Normal(mean: 0, sd: 1e308), Exponential(mean: 1e308),
    ]
    for law in laws {
      let draw = try #require(Draw(law))
      for u in [0x1p-60, 0.01, 0.5, 0.99, 1 - 0x1p-53] {
        #expect(draw.value(uniform: u).isFinite && draw.quantile(u).isFinite)
      }
      #expect(draw.plausible.upperBound <= 1e300 && draw.plausible.lowerBound >= -1e300)
    }
  }

  @Test("a law with less than a millionth inside the range is refused")
  func refused() {
    #expect(Draw(Normal(mean: 10, sd: 1), in: .between(0, 1)) == nil)
    #expect(Draw(Uniform(low: 2, high: 3), in: .between(0, 1)) == nil)
    #expect(Draw(Normal(mean: 5.7, sd: 1), in: .between(0, 1)) != nil)
  }
}
