import Testing

/// The references of option prices against published ones.
struct CharacteristicFunctionTests {
  struct Golden: Sendable {
    let name: String
    let rate: Double
    let years: Double
    let exponent: @Sendable (Complex) -> Complex
    let price: Double
    let tolerance: Double
  }

  private static func heston(
    _ name: String, rate: Double = 0, _ years: Double, kappa: Double, theta: Double, xi: Double, rho: Double,
    _ price: Double, _ tolerance: Double
  ) -> Golden {
    Golden(
      name: name, rate: rate, years: years,
      exponent: {
        CharacteristicFunction.heston(v0: theta, theta: theta, kappa: kappa, xi: xi, rho: rho, years)($0)
      }, price: price, tolerance: tolerance)
  }

  static let golden = [
    // Andersen (2008), table 2: calls at the money.
    heston("Andersen's case I", 10, kappa: 0.5, theta: 0.04, xi: 1, rho: -0.9, 13.0847, 5e-5),
    heston("Andersen's case II", 15, kappa: 0.3, theta: 0.04, xi: 0.9, rho: -0.5, 16.6492, 5e-5),
    heston("Andersen's case III", 5, kappa: 1, theta: 0.09, xi: 1, rho: -0.3, 21.7953, 1e-4),
    Golden(
      name: "Black and Scholes", rate: 0, years: 1, exponent: { CharacteristicFunction.diffusion(0.2, 1)($0) },
      // 100·(2Φ(0.1) − 1)
      price: 7.965567455405804, tolerance: 1e-8),
    Golden(
      name: "Merton's series", rate: 0.03, years: 0.5,
      exponent: { u in
        CharacteristicFunction.diffusion(0.2, 0.5)(u) + CharacteristicFunction.normalJumps(1, -0.1, 0.15, 0.5)(u)
      }, price: 7.920174, tolerance: 1e-6),
  ]

  @Test("calls by Lewis' integral are those that were published", arguments: golden)
  func calls(_ golden: Golden) {
    let price = CharacteristicFunction.call(
      strike: 100, rate: golden.rate, golden.years, golden.exponent)
    #expect(abs(price - golden.price) < golden.tolerance, "\(golden.name): \(price), not \(golden.price)")
  }
}
