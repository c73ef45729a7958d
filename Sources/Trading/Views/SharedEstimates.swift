/// Something that agents and rules derive from the bars of a tile, such as a covariance; computed once a step for all
/// desks that ask for the same.
package protocol SharedEstimate: AnyObject {
  /// Forgets everything; the tile is about to start its warm-up.
  func reset()
  /// Sees the step that has just closed, warm-up included, before any desk does.
  func observe(_ market: MarketView)
}

/// The shared estimates of a panel on one tile; confined to one worker.
package final class SharedEstimates {
  private var byKey: [AnyHashable: any SharedEstimate] = [:]
  /// In the order in which they were asked for first.
  private var all: [any SharedEstimate] = []

  /// None yet.
  package init() {}

  /// The estimate of a key, made when it is asked for first.
  ///
  /// - Parameters:
  ///   - key: a value of a type of its own that says all that the estimate depends on.
  ///   - make: makes it; every caller with an equal key would make the same.
  package func shared<Key: Hashable, Estimate: SharedEstimate>(_ key: Key, _ make: () -> Estimate) -> Estimate {
    if let known = byKey[key] as? Estimate { return known }
    let new = make()
    byKey[key] = new
    all.append(new)
    return new
  }

  func reset() {
    for estimate in all { estimate.reset() }
  }

  func observe(_ market: MarketView) {
    for estimate in all { estimate.observe(market) }
  }
}
