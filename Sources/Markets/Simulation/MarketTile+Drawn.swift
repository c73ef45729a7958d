import Lanes

// What was drawn for the paths of a tile beside their prices: for reports and the recovery clock, never for agents.

extension MarketTile {
  /// When an event starts on each path, by lane group: in steps after t = 0, fractional; +∞ where it never does.
  ///
  /// - Parameter event: index in `description.events`.
  package func eventStart(_ event: Int) -> ContiguousArray<Lanes> { inSteps(events[event].start) }

  /// When the first event starts on each path, likewise.
  package func earliestEventStart() -> ContiguousArray<Lanes> {
    var earliest = ContiguousArray(repeating: Lanes.infinity, count: groups)
    for event in events {
      for group in 0..<groups { earliest[group] = min(earliest[group], event.start[group]) }
    }
    return inSteps(earliest)
  }

  /// Moments that events know in sub-steps.
  private func inSteps(_ moments: ContiguousArray<Lanes>) -> ContiguousArray<Lanes> {
    guard description.substeps > 1 else { return moments }
    return ContiguousArray(moments.map { $0 * (1 / Double(description.substeps)) })
  }

  /// When the window of an event ends on each path, likewise.
  package func eventWindowEnd(_ event: Int) -> ContiguousArray<Lanes> { inSteps(events[event].windowEnd) }

  /// When an event is at its worst on each path, likewise.
  package func eventTrough(_ event: Int) -> ContiguousArray<Lanes> { inSteps(events[event].trough) }

  /// By how much an event has moved the log price of an asset, or where it may be negative its price over that at t = 0, on one path, up to some moments of the last step: at its
  /// open, where the offset turns inside it, and at its close.
  ///
  /// - Parameters:
  ///   - event: index in `description.events`.
  ///   - index: of the path in the tile, 0 ..< 8·groups.
  /// - Returns: two or more offsets in the order of time, what jumps at the open in the first; all 0 before the event's
  ///   start and at severity 0.
  package func eventOffsets(_ event: Int, asset: Int, ofPath index: Int) -> [Double] {
    let (group, lane) = (index / Lanes.count, index % Lanes.count)
    // Events know moments in sub-steps.
    let (open, close) = (Double(step * description.substeps), Double((step + 1) * description.substeps))
    let turns = events[event].knots.lazy.filter { $0.asset == asset }.map { $0.times[group][lane] }
      .filter { $0 > open && $0 < close }.sorted()
    func offset(_ time: Double) -> Double { events[event].offset(asset: asset, group: group, at: Lanes(time))[lane] }
    // What jumps at the close's very moment is in the next open.
    let next = events[event].jump(asset: asset, group: group, at: Lanes(close))[lane]
    return ([open] + turns).map(offset) + [offset(close) - next]
  }

  /// By how much an event makes the log price of an asset, or its price as there, jump at the open of the last step, on one path.
  ///
  /// - Parameters:
  ///   - event: index in `description.events`.
  ///   - index: of the path in the tile, 0 ..< 8·groups.
  package func eventJumpAtOpen(_ event: Int, asset: Int, ofPath index: Int) -> Double {
    let open = Lanes(Double(step * description.substeps))
    return events[event].jump(asset: asset, group: index / Lanes.count, at: open)[index % Lanes.count]
  }

  /// The parameters that were drawn for one path.
  ///
  /// - Parameter index: of the path in the tile, 0 ..< 8·groups.
  /// - Returns: JSON pointers with values (durations in seconds) and their units in words, processes first, in the order of
  ///   names.
  package func parameters(ofPath index: Int) -> [DrawnNumber] {
    let all = engine.parameters + events.flatMap(\.parameters)
    return all.filter(\.isDrawn).map { parameter in
      DrawnNumber(
        path: parameter.pointer, value: parameter.values[index / Lanes.count][index % Lanes.count],
        unit: parameter.unit, isDuration: parameter.isDuration)
    }
  }
}

/// What a path drew of a parameter.
package struct DrawnNumber: Sendable, Hashable {
  /// JSON pointer of the parameter.
  package let path: String
  /// What was drawn; a duration in seconds.
  package let value: Double
  /// What it counts, in words; empty for a pure number and for a duration.
  package let unit: String
  /// Whether it is a duration.
  package let isDuration: Bool
}
