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
    let indicators = seats.indicators
    advance = { bars, figures in Self.advance(indicators, groups, bars, &figures) }
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
    _ indicators: UnsafeMutablePointer<Many>, _ groups: Int, _ bars: Span<LaneBar>, _ figures: inout MutableSpan<Lanes>
  ) where Many.Number == Lanes {
    for group in 0..<groups {
      // In range: `step` has compared the counts.
      if let found = indicators[group].step(bars[unchecked: group]) {
        for output in 0..<Many.Figures.count { figures[unchecked: output * groups + group] = found[output] }
      } else {
        for output in 0..<Many.Figures.count { figures[unchecked: output * groups + group] = .nan }
      }
    }
  }
}

/// The indicators of a tile, one for each lane group, and their memory.
private final class Seats<Many: Indicator> where Many.Number == Lanes {
  /// Where the indicators are; a step goes there directly, without a look at this object.
  let indicators: UnsafeMutablePointer<Many>
  private let groups: Int
  private var memory = IndicatorMemory<Lanes>()

  init(_ parameters: IndicatorParameters, groups: Int) {
    self.groups = groups
    indicators = .allocate(capacity: groups)
    for group in 0..<groups { (indicators + group).initialize(to: Many(parameters, &memory)) }
  }

  deinit {
    indicators.deinitialize(count: groups)
    indicators.deallocate()
  }

  func reset(_ parameters: IndicatorParameters) {
    memory = IndicatorMemory()
    for group in 0..<groups { indicators[group] = Many(parameters, &memory) }
  }
}
