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
  private let release: () -> Void

  /// Indicators that have seen no bar, one for each lane group.
  @inline(__always)
  init<Many: Indicator & ~Copyable>(
    _ type: Many.Type, _ parameters: IndicatorParameters, groups: Int
  ) where Many.Number == Lanes {
    let indicators = UnsafeMutablePointer<Many>.allocate(capacity: groups)
    for group in 0..<groups { (indicators + group).initialize(to: Many(parameters)) }
    self.groups = groups
    outputs = Many.Figures.count
    advance = { bars, figures in Self.advance(indicators, groups, bars, &figures) }
    forget = {
      for group in 0..<groups { indicators[group] = Many(parameters) }
    }
    release = {
      indicators.deinitialize(count: groups)
      indicators.deallocate()
    }
  }

  deinit { release() }

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

  private static func advance<Many: Indicator & ~Copyable>(
    _ indicators: UnsafeMutablePointer<Many>, _ groups: Int, _ bars: Span<LaneBar>, _ figures: inout MutableSpan<Lanes>
  ) where Many.Number == Lanes {
    for group in 0..<groups {
      if let found = indicators[group].step(bars[unchecked: group]) {
        for output in 0..<Many.Figures.count { figures[unchecked: output * groups + group] = found[output] }
      } else {
        for output in 0..<Many.Figures.count { figures[unchecked: output * groups + group] = .nan }
      }
    }
  }
}
