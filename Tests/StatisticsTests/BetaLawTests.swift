import CGSL
import Statistics
import Testing

@Suite("The beta law")
struct BetaLawTests {
  struct Golden: Decodable {
    struct Case: Decodable { let a, b, x, cumulative: Double }
    let beta: [Case]
  }

  @Test("its cumulative law is scipy's, also at the middle of shapes of 5 to 100 million, where GSL gives NaN")
  func golden() throws {
    for golden in try Fixture.load("proportions", as: Golden.self).beta {
      let ours = BetaLaw(a: golden.a, b: golden.b).cumulative(golden.x)
      #expect(agree(ours, golden.cumulative), "\(golden) \(ours)")
    }
  }

  @Test("it agrees with GSL where GSL has no hole", arguments: [(1, 1), (2, 3), (1, 400), (37, 964), (2000, 11)])
  func gsl(a: Double, b: Double) {
    let law = BetaLaw(a: a, b: b)
    for step in 1..<50 {
      let x = Double(step) / 50
      #expect(abs(law.cumulative(x) - gsl_cdf_beta_P(x, a, b)) < 1e-12, "\(a) \(b) \(x)")
    }
  }

  @Test("the quantile undoes the cumulative law for shapes from one to ten million")
  func quantile() {
    for a in [1, 30, 1e4, 9.99e6] {
      for b in [1, 30, 1e4, 9.99e6] {
        let law = BetaLaw(a: a, b: b)
        for probability in [1e-6, 0.0005, 0.025, 0.5, 0.975] {
          let x = law.quantile(probability)
          // Near 1 one step of x moves the probability by more than its own rounding: allow four.
          let slack = max(1e-9 * probability, law.cumulative(x + 4 * x.ulp) - law.cumulative(x - 4 * x.ulp))
          #expect(abs(law.cumulative(x) - probability) <= slack, "a = \(a), b = \(b), p = \(probability): \(x)")
        }
      }
    }
    #expect(BetaLaw(a: 2, b: 3).quantile(0) == 0 && BetaLaw(a: 2, b: 3).quantile(1) == 1)
  }
}
