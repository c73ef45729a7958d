import Markets

/// The parameters that a scenario draws for each path; no severity moves them.
struct DrawnParameters: Sendable, Hashable {
  /// The number of the first in the store; the others follow it.
  let firstNumber: Int
  /// JSON pointers, in the order of the draws.
  let pointers: [String]
  /// Whether each is a duration, in the same order.
  let areDurations: [Bool]

  /// Those of a market; nil where nothing is drawn.
  init?(_ market: Market, firstNumber: Int) {
    self.firstNumber = firstNumber
    let drawn = market.makeTile(groups: 1).parameters(ofPath: 0)
    pointers = drawn.map(\.path)
    areDurations = drawn.map(\.isDuration)
    if pointers.isEmpty { return nil }
  }
}
