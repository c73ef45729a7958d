import Markets

/// The parameters that a scenario draws for each path; no severity moves them.
struct DrawnParameters: Sendable, Hashable {
  /// The number of the first in the store; the others follow it.
  let firstNumber: Int
  /// JSON pointers, in the order of the draws.
  let pointers: [String]

  /// Those of a market; nil where nothing is drawn.
  init?(_ market: Market, firstNumber: Int) {
    self.firstNumber = firstNumber
    pointers = market.makeTile(groups: 1).parameters(ofPath: 0).map(\.path)
    if pointers.isEmpty { return nil }
  }
}
