import Foundation

/// Moments as the API writes them.
enum Moment {
  /// `2026-01-31T09:30:00Z`.
  static func text(seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }

  /// `2026-01-31 09:30:00 UTC`, for people.
  static func words(seconds: Int) -> String {
    text(seconds: seconds).replacing("T", with: " ").replacing("Z", with: " UTC")
  }
}
