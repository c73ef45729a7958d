import Lanes

/// The closes of all paths, eight paths (a group) side by side: [group][step], each a `Lanes`. Written over and over.
struct PriceTable: ~Copyable {
  let groups: Int
  let steps: Int
  let closes: LaneBuffer

  init(groups: Int, steps: Int) {
    self.groups = groups
    self.steps = steps
    closes = LaneBuffer(repeating: .zero, count: groups * steps)
  }

  /// Mean and (n − 1) variance of the log return from `start` to the last close.
  func logReturnMoments(start: Double) -> (mean: Double, variance: Double) {
    let logReturns = (0..<groups).flatMap { group in
      let last = log(closes.lanes[(group + 1) * steps - 1] / start)
      return (0..<Lanes.count).map { last[$0] }
    }
    let mean = logReturns.reduce(0, +) / Double(logReturns.count)
    let squares = logReturns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, squares / Double(logReturns.count - 1))
  }
}
