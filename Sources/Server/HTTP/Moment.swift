import Foundation

/// Moments as the API writes them.
enum Moment {
  /// `2026-01-31T09:30:00Z`.
  static func text(seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }
}
