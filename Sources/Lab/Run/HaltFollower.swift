/// Follows where trading in an asset stands still on a path, from step to step; times are in steps from t = 0.
///
/// A halt goes from the close of the step in which it was called to the open of the step in which it is traded again. Of a
/// halt that no whole step lies between it is the step in which it was called; of one that is over by the close, that step, and
/// it is seen where an order would have arrived in it.
struct HaltFollower {
  /// A halt.
  struct Halt {
    let from: Double
    let to: Double
  }

  private var since: Double?

  /// Whether trading stood still at the last close.
  var isHalted: Bool { since != nil }

  /// Takes up a step.
  ///
  /// - Returns: the halt that is over by then.
  mutating func follow(step: Int, atClose: Bool, atArrival: Bool) -> Halt? {
    let (open, close) = (Double(step), Double(step + 1))
    if atClose {
      since = since ?? close
      return nil
    }
    if let from = since {
      since = nil
      return halt(from, open)
    }
    return atArrival ? Halt(from: open, to: close) : nil
  }

  /// Ends with the horizon.
  ///
  /// - Returns: the halt that was not over.
  mutating func end(at horizon: Int) -> Halt? {
    defer { since = nil }
    return since.map { halt($0, Double(horizon)) }
  }

  private func halt(_ from: Double, _ to: Double) -> Halt { Halt(from: to > from ? from : from - 1, to: to) }
}
