import Foundation
import Statistics
import Testing

@Suite("Ratios of sums")
struct RatioOfSumsTests {
  struct Golden: Decodable {
    struct Case: Decodable {
      let numerators, denominators: [Double]
      let confidence, ratio: Double
      let interval: [Double]?
    }
    let ratios: [Case]
  }

  static func ratio(_ pairs: [(Double, Double)], usually usual: Double = 0) -> RatioOfSums {
    RatioOfSums(pairs.map(\.0), over: pairs.map(\.1), usually: usual)
  }

  @Test("ratio and error are those of a regression through the origin in statsmodels, the interval scipy's after Hall")
  func golden() throws {
    for golden in try Fixture.load("means", as: Golden.self).ratios {
      let estimate = RatioOfSums(golden.numerators, over: golden.denominators, usually: 0)
        .estimate(confidence: golden.confidence)
      #expect(agree(estimate.value, golden.ratio))
      #expect(agree(estimate.low, golden.interval?[0]) && agree(estimate.high, golden.interval?[1]))
    }
  }

  /// Planted mistakes: an interval of no width; unfilled orders counted as what is usual.
  @Test("nobody traded: no ratio; the same ratio on every path, or another one on a few: no interval")
  func edges() {
    #expect(Self.ratio([]).estimate() == .unknown(n: 0, method: .ratioDelta))
    #expect(Self.ratio([(0, 0), (0, 0)]).estimate().value == nil)
    let constant = Self.ratio([(0.2, 0.4), (0.3, 0.6), (0.8, 1.6)]).estimate()
    #expect(constant.value == 0.5 && constant.low == nil && constant.high == nil)
    #expect(isNotSeen(constant, among: 3))
    func filled(_ unfilled: Int) -> Estimate {
      Self.ratio((0..<1000).map { (Double($0 < unfilled ? 1 + $0 % 2 : 3), 3) }, usually: 1).estimate()
    }
    #expect(isNotSeen(filled(0), among: 1000) && filled(0).value == 1)
    #expect(filled(24).evidence == .tooFewPaths && filled(24).low == nil)
    #expect(filled(25).evidence == .sampled && filled(25).low != nil)
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
