/// A number that is counted across paths at a fixed list of times: what becomes a fan chart.
package struct FanSeries: Sendable, Hashable, Codable {
  /// What is counted.
  package enum Quantity: String, Sendable, Hashable, Codable, CaseIterable {
    /// Close over the price at t = 0.
    case price
    /// Close over the last close before the event.
    case priceThroughEvent
    /// Half-spread in basis points of the mid.
    case halfSpread
    /// Quantity that moves the price by 1 %.
    case depth
    /// Units traded per step.
    case volume
    /// Equity over starting equity.
    case equity
  }

  /// The number in the store, unique in a run.
  package let number: Int
  package let market: Int
  /// The desk, for equity.
  package let desk: Int?
  /// Index of the asset, for all but equity.
  package let asset: Int?
  package let quantity: Quantity
  /// Whether times count from the event's start on each path, rather than from t = 0.
  package let isInEventTime: Bool
  /// What a value is divided by before it is counted.
  package let scale: Double
  /// The first of the series' slots, one for each time.
  package let firstSlot: Int
  /// Trading time of each slot.
  package let seconds: [Double]
}

/// The times at which a market's fans are counted.
package struct FanTimes: Sendable, Hashable, Codable {
  /// The most times of a fan.
  static let maximumPoints = 160

  package let stepSeconds: Double
  package let steps: Int
  /// Steps between two times of the clock.
  package let stride: Int
  /// Steps between two times around the event.
  package let eventStride: Int
  /// Points before and after the event's start, which is a point itself.
  package let eventPointsBefore: Int
  package let eventPointsAfter: Int

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
