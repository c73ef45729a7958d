import Foundation
import Statistics
import Testing

@Suite("Ratios of sums")
struct RatioOfSumsTests {
  struct Golden: Decodable {
    struct Case: Decodable {
      let numerators, denominators: [Double]
      let confidence, ratio: Double
      let interval: [Double]
    }
    let ratios: [Case]
  }

  static func ratio(_ pairs: some Sequence<(Double, Double)>) -> RatioOfSums {
    var ratio = RatioOfSums()
    for (numerator, denominator) in pairs { ratio.add(numerator: numerator, denominator: denominator) }
    return ratio
  }

  @Test("ratio and interval are those of a weighted regression through the origin with robust errors in statsmodels")
  func golden() throws {
    for golden in try Fixture.load("means", as: Golden.self).ratios {
      let estimate = Self.ratio(zip(golden.numerators, golden.denominators)).estimate(confidence: golden.confidence)
      #expect(agree(estimate.value, golden.ratio))
      #expect(agree(estimate.low, golden.interval[0]) && agree(estimate.high, golden.interval[1]))
    }
  }

  @Test("merged parts tell what the whole tells")
  func merging() {
    var random = SplitMix64(seed: 12)
    let pairs = (0..<500).map { _ in (random.normal(), 3 + random.uniform()) }
    var merged = Self.ratio(pairs[..<180])
    merged.merge(Self.ratio(pairs[180...]))
    let whole = Self.ratio(pairs).estimate()
    #expect(merged.count == 500)
    #expect(agree(merged.estimate().value, whole.value, to: 1e-12))
    #expect(agree(merged.estimate().low, whole.low, to: 1e-12))
  }

  @Test("nobody traded: no ratio; a constant ratio: an interval of no width")
  func edges() {
    #expect(RatioOfSums().estimate() == .unknown(n: 0, method: .ratioDelta))
    #expect(Self.ratio([(0, 0), (0, 0)]).estimate().value == nil)
    let constant = Self.ratio([(2, 4), (3, 6), (8, 16)]).estimate()
    #expect(constant.value == 0.5 && agree(constant.low, 0.5, to: 1e-7))
  }

  @Test("its 95 % interval covers the cost of trading of a strategy whose big trades cost more")
  func coverage() {
    // Notional exp(Z/4), cost 3·notional + notional²·uniform: the ratio is 3 + E[n²]/2E[n] = 3 + exp(3/32)/2.
    let coverage = Coverage.of(3 + exp(3.0 / 32) / 2, seed: 2) { random in
      Self.ratio(
        (0..<500).map { _ in
          let notional = exp(0.25 * random.normal())
          return (3 * notional + notional * notional * random.uniform(), notional)
        }
      ).estimate()
    }
    #expect(Coverage.band.contains(coverage), "\(coverage)")
  }
}
