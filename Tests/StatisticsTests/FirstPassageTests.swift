import CGSL
import Statistics
import Testing

@Suite("First passage")
struct FirstPassageTests {
  /// Without drift the reflection principle gives 2Φ(b/s√T).
  @Test(
    "without drift is the reflection principle's", arguments: [(-0.1, 0.2, 1.0), (-0.5, 0.3, 0.25), (-0.3567, 0.3, 1)])
  func reflection(level: Double, volatility: Double, years: Double) {
    let expected = 2 * gsl_cdf_ugaussian_P(level / (volatility * years.squareRoot()))
    let found = FirstPassage.probability(drift: 0, volatility: volatility, years: years, level: level)
    #expect(abs(found - expected) < 1e-15 + 1e-13 * expected)
  }

  /// For ever, a price that drifts up by ν > 0 comes to b with probability e^{2νb/s²}.
  @Test("over a very long time is the exponential law of the minimum")
  func forEver() {
    let found = FirstPassage.probability(drift: 0.1, volatility: 0.2, years: 1e6, level: -0.3)
    #expect(abs(found - 0.22313016014842982) < 1e-12)  // e^{−1.5}
  }

  /// The density |b|/(s√(2πt³))·e^{−(b − νt)²/2s²t}, added up at the middles of two million parts of the year.
  @Test("is what a holder of a share with drift 5 % and volatility 30 % meets in a year at 70 %")
  func holder() {
    let found = FirstPassage.probability(
      drift: 0.05 - 0.045, volatility: 0.3, years: 1, level: -0.35667494393873245)
    #expect(abs(found - 0.2298535460) < 1e-9)
  }
}
