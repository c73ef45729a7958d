import Foundation

/// What a record asks for the time.
package struct WallClock: Sendable {
  /// Milliseconds since 1970.
  package let now: @Sendable () -> Int64

  /// The machine's clock.
  package static let system = WallClock { Int64((Date().timeIntervalSince1970 * 1000).rounded()) }

  /// A clock of one's own.
  package init(_ now: @escaping @Sendable () -> Int64) { self.now = now }
}
