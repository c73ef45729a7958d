import Foundation

/// Moments of the record as they are written.
package enum RecordTime {
  /// `2026-01-31 09:30:00Z`, of milliseconds since 1970-01-01 UTC.
  package static func text(_ milliseconds: Int64) -> String {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    return date.formatted(
      Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space, timeSeparator: .colon, timeZone: .gmt))
  }
}
