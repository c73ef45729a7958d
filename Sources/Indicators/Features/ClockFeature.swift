import MarketData

/// What a bar's time tells, in UTC.
package enum ClockFeature: String, Sendable, Hashable, CaseIterable {
  /// The hour of the day, 0…23.
  case hour
  /// The day of the week, 0 for Monday to 6 for Sunday.
  case dayOfWeek = "day_of_week"

  /// The hour of the day, 0…23, or the day of the week, 0 for Monday to 6 for Sunday (as pandas counts).
  ///
  /// - Parameter time: milliseconds since 1970-01-01 UTC.
  package func value(at time: Int64) -> Double {
    let hours = Int(time).floorDivided(by: 3_600_000)
    return switch self {
    case .hour: Double(hours.floorModulo(24))
    case .dayOfWeek: Double((hours.floorDivided(by: 24) + 3).floorModulo(7))
    }
  }
}
