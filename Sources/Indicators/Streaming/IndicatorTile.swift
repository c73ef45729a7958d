import Lanes

/// An indicator for all lane groups of a tile, advanced together: the state that one worker owns.
package final class IndicatorTile {
  /// The lane groups of the tile.
  package let groups: Int
  /// The output columns of the indicator.
  package let outputs: Int
  // Closures, because a generic class behind a protocol would run unspecialised, a hundred times slower.
  private let advance: (Span<LaneBar>, inout MutableSpan<Lanes>) -> Void
  private let forget: () -> Void

  /// Indicators that have seen no bar, one for each lane group.
  @inline(__always)
  init<Many: Indicator>(
    _ type: Many.Type, _ parameters: IndicatorParameters, groups: Int
  ) where Many.Number == Lanes {
    let seats = Seats<Many>(parameters, groups: groups)
    self.groups = groups
    outputs = Many.Figures.count
    let indicators = seats.start
    advance = { bars, figures in
      Self.advance(type, indicators, groups, bars, &figures)
      withExtendedLifetime(seats) {}
    }
    forget = { seats.reset(parameters) }
  }

  /// Forgets every bar.
  package func reset() { forget() }

  /// Takes the next bar of each lane group.
  ///
  /// - Parameter bars: one for each lane group.
  /// - Parameter figures: filled; output column × lane group, `[output * groups + group]`; NaN in the look-back.
  package func step(_ bars: Span<LaneBar>, _ figures: inout MutableSpan<Lanes>) {
    precondition(
      bars.count == groups && figures.count == groups * outputs,
      "Invariant: a bar for each lane group, and a figure for each output column and lane group")
    advance(bars, &figures)
  }

  private static func advance<Many: Indicator>(
    _ type: Many.Type, _ start: UnsafeMutableRawPointer, _ groups: Int, _ bars: Span<LaneBar>,
    _ figures: inout MutableSpan<Lanes>
  ) where Many.Number == Lanes {
    for group in 0..<groups {
      let indicator = (start + group &* Seats<Many>.stride).assumingMemoryBound(to: Many.self)
      // In range: `step` has compared the counts.
      let found = indicator.pointee.step(bars[unchecked: group])
      for output in 0..<Many.Figures.count { figures[unchecked: output &* groups &+ group] = found[output] }
    }
  }
}

/// The indicators of a tile, one for each lane group, and their memory.
private final class Seats<Many: Indicator> where Many.Number == Lanes {
  /// Where the indicators are, each on a cache line of its own; a step goes there directly.
  let start: UnsafeMutableRawPointer
  private let groups: Int
  private var memory = IndicatorMemory<Lanes>()

  /// The bytes from one indicator to the next.
  @inline(__always)
  static var stride: Int { (MemoryLayout<Many>.size + 63) & ~63 }

  init(_ parameters: IndicatorParameters, groups: Int) {
    self.groups = groups
    start = .allocate(byteCount: Swift.max(1, groups) * Self.stride, alignment: 64)
    fill(parameters)
  }

  // Indicators are plain values: nothing to destroy.
  deinit { start.deallocate() }

  func reset(_ parameters: IndicatorParameters) {
    memory = IndicatorMemory()
    fill(parameters)
  }

  private func fill(_ parameters: IndicatorParameters) {
    for group in 0..<groups {
      (start + group * Self.stride).initializeMemory(as: Many.self, to: Many(parameters, &memory))
    }
  }
}
