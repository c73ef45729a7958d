import MarketData

/// By what the performance of a market's desks is told over a year; there is none where the horizon is under a quarter of
/// one: nothing is annualised over less.
package struct PerformanceTerms: Codable, Sendable, Equatable {
  /// Steps in a year of trading time, by which sums over steps are annualised.
  package let stepsPerYear: Double
  /// The number of the desk whose returns are the benchmark; nil where the market has none.
  package let benchmark: Int?

  /// The shortest horizon, in years.
  package static let shortest = 0.25

  /// - Parameter stepsPerYear: above 0.
  package init(stepsPerYear: Double, benchmark: Int? = nil) {
    self.stepsPerYear = stepsPerYear
    self.benchmark = benchmark
  }

  /// The terms of a market; nil where its horizon is too short.
  init?(_ clock: Clock, benchmark: Int?) {
    let year = clock.stepsPerYear
    guard Double(clock.steps) >= Self.shortest * year else { return nil }
    self.init(stepsPerYear: year, benchmark: benchmark)
  }
}
