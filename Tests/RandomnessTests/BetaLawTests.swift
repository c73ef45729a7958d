import CGSL
import Foundation
import Randomness
import Testing

@Suite("The beta law, also where GSL's functions have holes")
struct BetaLawTests {
  /// `scipy.stats.beta.cdf`, from `fixtures/statistics/proportions.json`.
  private struct Cumulatives: Decodable {
    struct Case: Decodable { let a, b, x, cumulative: Double }
    let beta: [Case]
  }

  @Test("its cumulative law is scipy's, also at the middle of shapes of 5 to 100 million, where GSL gives NaN")
  func cumulatives() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try Data(contentsOf: root.appending(path: "fixtures/statistics/proportions.json"))
    for golden in try JSONDecoder().decode(Cumulatives.self, from: file).beta {
      let ours = BetaLaw(a: golden.a, b: golden.b).cumulative(golden.x)
      #expect(abs(ours - golden.cumulative) <= 1e-10 * max(golden.cumulative, 1e-300), "\(golden) \(ours)")
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

  struct Golden: Sendable {
    let a: Double
    let b: Double
    let quantiles: [(p: Double, x: Double)]
  }

  /// `scipy.stats.beta.ppf(p, a, b)`, scipy 1.17.1.
  static let golden = [
    Golden(
      a: 0.05, b: 3,
      quantiles: [
        (0.01, 2.3000470006648106e-41), (0.3, 8.019768003607401e-12), (0.5, 2.1934966675234358e-07),
        (0.7, 0.00018359014974709018), (0.99, 0.34639912780966614),
      ]),
    Golden(
      a: 0.1, b: 0.1,
      quantiles: [
        (1e-9, 8.869280655550302e-88), (0.01, 8.869280655550208e-18), (0.3, 0.005214870253734283), (0.5, 0.5),
        (0.7, 0.9947851297462658), (0.99, 1),
      ]),
    Golden(
      a: 0.01, b: 0.01,
      quantiles: [
        (0.01, 1.2472643212277488e-170), (0.3, 6.42811993571847e-23), (0.5, 0.5), (0.7, 1), (0.99, 1),
      ]),
    Golden(
      a: 0.001, b: 1000,
      quantiles: [
        (0.5, 5.246826979625631e-305), (0.7, 7.045834232253871e-159), (0.99, 2.427155071891226e-08),
      ]),
    Golden(a: 1e4, b: 0.01, quantiles: [(1e-9, 0.9986526602635534), (0.01, 0.9999734937842096), (0.5, 1), (0.99, 1)]),
    Golden(
      a: 1e5, b: 2e5,
      quantiles: [
        (1e-9, 0.3281843392661027), (0.01, 0.3313327734130373), (0.3, 0.33288173258053805), (0.5, 0.3333329629625057),
        (0.7, 0.3337843970459552), (0.99, 0.3353371613177651),
      ]),
    Golden(
      a: 9.99e6, b: 1e4,
      quantiles: [
        (1e-9, 0.9989388837618589), (0.01, 0.9989766014930653), (0.3, 0.9989947828333551), (0.5, 0.9990000332664715),
        (0.7, 0.9990052654032447), (0.99, 0.9990231049716026),
      ]),
  ]

  @Test("extreme shapes agree with scipy", .timeLimit(.minutes(1)), arguments: golden)
  func extremeShapes(golden: Golden) {
    for (p, x) in golden.quantiles {
      let found = BetaLaw(a: golden.a, b: golden.b).quantile(p)
      #expect(abs(found - x) <= 1e-9 * x, "beta.ppf(\(p), \(golden.a), \(golden.b)): \(found), not \(x)")
    }
  }

  @Test("the ends of the unit interval come back at once, at any shape", .timeLimit(.minutes(1)))
  func ends() {
    for a in [0.001, 0.2, 1, 2, 1e4, 1e7] {
      for b in [0.001, 0.2, 1, 2, 1e4, 1e7] {
        #expect(BetaLaw(a: a, b: b).quantile(0) == 0)
        #expect(BetaLaw(a: a, b: b).quantile(1) == 1)
      }
    }
  }

  @Test("every answer is confirmed by the cumulative law, over shapes from 0.01 to 100,000", .timeLimit(.minutes(1)))
  func sweep() {
    let shapes = [0.01, 0.05, 0.19, 0.21, 0.7, 1, 1.5, 3, 20, 400, 9_999, 10_001, 1e5]
    for a in shapes {
      for b in shapes {
        let law = BetaLaw(a: a, b: b)
        for p in [1e-12, 1e-6, 0.001, 0.2, 0.5, 0.8, 0.999] {
          let x = law.quantile(p)
          #expect(x >= 0 && x <= 1, "beta(\(a), \(b)) at \(p): \(x)")
          // p¹⁰⁰ is 0 in floating point.
          if x < 0x1p-1022 { continue }
          // Between the neighbours of x the law must pass p; near an end of the unit interval x has no closer number.
          let below = law.cumulative(x * (1 - 1e-9))
          let above = x * (1 + 1e-9) < 1 ? law.cumulative(x * (1 + 1e-9)) : 1
          #expect(
            below <= p * (1 + 1e-9) && above >= p * (1 - 1e-9), "beta(\(a), \(b)) at \(p): \(x) in \(below)…\(above)")
        }
      }
    }
  }
}
