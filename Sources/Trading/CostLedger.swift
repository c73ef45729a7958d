import Lanes

/// What trading has cost a desk so far on eight paths, calm and event windows apart.
package struct CostLedger: Sendable {
  private var calm = CostAmounts()
  private var event = CostAmounts()

  /// The sums of one kind of window.
  package subscript(window: CostWindow) -> CostAmounts {
    switch window {
    case .calm: calm
    case .event: event
    }
  }

  /// Books amounts into the window that each path is in.
  @inline(__always)
  mutating func book(_ amounts: CostAmounts, inEventWindow: Mask) {
    if inEventWindow.isNone {
      calm.add(amounts)
    } else if inEventWindow.isAll {
      event.add(amounts)
    } else {
      calm.add(amounts, where: !inEventWindow)
      event.add(amounts, where: inEventWindow)
    }
  }
}
