import MarketData

/// When a desk was ruined, as seen from the events of the path: from the one that had started last.
package enum RuinMoment: String, Codable, Sendable, Hashable, CaseIterable {
  /// In a market on which no event acts: without any, or at severity 0.
  case withoutEvents
  /// Before any event started on the path, or where none does.
  case before
  /// From the event's start to ten minutes after its trough, a step at least: it moves the price.
  case fall
  /// Later, in the session of its trough.
  case sameSession
  /// In a later session; of markets that never close, more than a day's boundary after it.
  case later

  /// Within how many whole steps of the start of the event that had started last a step ends; nil where none had.
  static func stepsAfterStart(step: Int, starts: [Double]) -> Int? {
    starts.filter { $0 < Double(step + 1) }.max().map { Int((Double(step + 1) - $0).rounded(.up)) }
  }

  /// Seconds after a trough that still belong to it.
  static let aftermath = 600.0

  /// The moment of a step.
  ///
  /// - Parameter events: start and trough of each on the path, in steps from t = 0; +∞ where one never starts.
  static func of(step: Int, events: [(start: Double, trough: Double)], _ clock: Clock) -> RuinMoment {
    // A step lasts from its number to the next one.
    let started = events.filter { $0.start < Double(step + 1) }
    guard let last = started.max(by: { $0.start < $1.start }) else { return .before }
    if Double(step) <= last.trough + max(aftermath / clock.stepSeconds, 1) { return .fall }
    let session = (last.trough / Double(clock.stepsPerDay)).rounded(.down)
    return Double(step / clock.stepsPerDay) == session ? .sameSession : .later
  }
}
