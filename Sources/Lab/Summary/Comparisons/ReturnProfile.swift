import Statistics

/// How often two desks' final returns lie above some levels: their performance profiles.
package struct ReturnProfile: Codable, Sendable, Equatable {
  /// Returns over the horizon, ascending.
  package let returnAbove: [Double]
  /// The share of paths on which the desk that is judged has more.
  package let desk: [Double]
  /// The same of the desk that it is judged by.
  package let against: [Double]
  /// How far each desk's profile of all paths may lie from this one, anywhere at once.
  package let band: Double

  private static let levels = [-0.5, -0.2, -0.1, -0.05, -0.02, 0, 0.02, 0.05, 0.1, 0.2]

  /// The profiles of both desks' final returns.
  init(_ desk: [Double], against: [Double], confidence: Double) {
    let profile = PerformanceProfile(desk, above: Self.levels)
    returnAbove = Self.levels
    self.desk = profile.shares
    self.against = PerformanceProfile(against, above: Self.levels).shares
    band = profile.band(confidence: confidence)
  }
}
