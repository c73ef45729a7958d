/// The times at which a market's fans are counted.
struct FanTimes: Sendable, Hashable, Codable {
  /// The most times of a fan.
  static let maximumPoints = 160

  let stepSeconds: Double
  let steps: Int
  /// Steps between two times of the clock.
  let stride: Int
  /// Steps between two times around the event.
  let eventStride: Int
  /// Points before and after the event's start, which is a point itself.
  let eventPointsBefore: Int
  let eventPointsAfter: Int

  /// Times for a market of so many steps.
  ///
  /// - Parameter eventWindow: steps from the event's start to the end of its window on a late path; nil: no event.
  init(stepSeconds: Double, steps: Int, eventWindow: Double?) {
    self.stepSeconds = stepSeconds
    self.steps = steps
    stride = max(1, (steps + Self.maximumPoints - 1) / Self.maximumPoints)
    guard let eventWindow, eventWindow.isFinite, eventWindow > 0 else {
      (eventStride, eventPointsBefore, eventPointsAfter) = (1, 0, 0)
      return
    }
    let after = Int(min(eventWindow.rounded(.up), Double(steps)))
    let before = max(1, after / 6)
    eventStride = max(1, (after + before + Self.maximumPoints - 1) / Self.maximumPoints)
    eventPointsAfter = (after + eventStride - 1) / eventStride
    eventPointsBefore = (before + eventStride - 1) / eventStride
  }

  /// The times of the clock: t = 0, then every `stride` steps; the horizon is always one of them.
  var clockSeconds: [Double] {
    (0..<clockPoints).map { point in Double(min(point * stride, steps)) * stepSeconds }
  }

  var clockPoints: Int { (steps + stride - 1) / stride + 1 }

  /// The clock's point at the close of a step, if there is one.
  func clockPoint(afterStep step: Int) -> Int? {
    let closes = step + 1
    if closes == steps { return clockPoints - 1 }
    return closes.isMultiple(of: stride) ? closes / stride : nil
  }

  /// Times around the event: 0 is the last close at or before its start.
  var eventSeconds: [Double] {
    (-eventPointsBefore...eventPointsAfter).map { Double($0 * eventStride) * stepSeconds }
  }
}
