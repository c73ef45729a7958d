import Lanes

/// The lowest and the highest of the last prices on eight paths, however many that are: about three comparisons a price.
///
/// Prices come in blocks as long as what is remembered. Of the block at hand the extremes of what has come are kept, of the
/// one before those of its rest from each place on: together they are those of the last `length` prices. (The two stacks of
/// a queue's minimum; van Herk, 1992, Pattern Recognition Letters 13, has the same for images.)
package struct RecentRange: Sendable {
  /// Up to `place` the prices of the block at hand, 0 where there is none; from there on the lowest of the block before
  /// from that place to its end.
  private var lows: [Lanes]
  /// From `place` on the highest of the block before, likewise.
  private var highs: [Lanes]
  /// The extremes of the block at hand.
  private var low = Lanes.infinity
  private var high = Lanes.zero
  private var place = 0

  /// Remembers so many prices; none yet.
  package init(length: Int) {
    lows = Array(repeating: .infinity, count: length)
    highs = Array(repeating: .zero, count: length)
  }

  /// The lowest price that is remembered; +∞ where none is.
  package var lowest: Lanes { min(low, lows[place]) }

  /// The highest price that is remembered; 0 where none is.
  package var highest: Lanes { max(high, highs[place]) }

  /// Takes a price, above 0, and forgets the one that came `length` before it; none where `mask` is not set.
  package mutating func add(_ price: Lanes, where mask: Mask) {
    let taken = select(mask, price, .zero)
    lows[place] = taken
    low = select(mask, min(low, price), low)
    high = max(high, taken)
    place += 1
    guard place == lows.count else { return }
    var (lowest, highest) = (Lanes.infinity, Lanes.zero)
    for place in lows.indices.reversed() {
      highest = max(highest, lows[place])
      lowest = select(lows[place] .> 0, min(lowest, lows[place]), lowest)
      (lows[place], highs[place]) = (lowest, highest)
    }
    (low, high, place) = (.infinity, .zero, 0)
  }

  /// Forgets all prices where `mask` is set, as if this had been the last one, and the only one.
  package mutating func restart(at price: Lanes, where mask: Mask) {
    for index in lows.indices {
      lows[index].replace(with: index < place ? .zero : .infinity, where: mask)
      highs[index].replace(with: .zero, where: mask)
    }
    if place > 0 {
      lows[place - 1].replace(with: price, where: mask)
      low.replace(with: price, where: mask)
      high.replace(with: price, where: mask)
    } else {
      // It is the block's last price, and so in every rest of it.
      for index in lows.indices {
        lows[index].replace(with: price, where: mask)
        highs[index].replace(with: price, where: mask)
      }
    }
  }
}
