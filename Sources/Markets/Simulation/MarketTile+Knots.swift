import Lanes

// Where events turn inside a sub-step.

extension MarketTile {
  /// Splits the sub-step where the offset of any asset turns on any path; all its knots at once.
  func splitAtKnots(
    _ substep: Substep, _ bars: inout ContiguousArray<AssetStep>, _ interiors: inout ContiguousArray<BarInterior>
  ) {
    for group in isSplit.indices { isSplit[group] = false }
    guard let engine = engine as? any BridgedBarEngine, var splitter = splitter.take() else { return }
    defer { self.splitter = splitter }
    guard effects.assets.contains(where: \.isActive), events.contains(where: { turns($0, substep.number) }) else {
      return
    }
    for group in 0..<groups {
      collectKnots(substep.number, group, &splitter)
      guard !splitter.knots.isEmpty else { continue }
      isSplit[group] = true
      splitter.split(
        KnotSplitter.Site(
          group: group, substep: substep, paths: paths, engine: engine, moves: moves, effects: effects,
          logPrices: logPrices),
        &legs, &bars, &interiors)
    }
  }

  /// Whether an event turns the offset of an asset in a sub-step, on any path of the tile.
  private func turns(_ event: any EventState, _ substep: Int) -> Bool {
    event.knots.contains { $0.steps?.contains(substep) == true && effects.assets[$0.asset].isActive }
  }

  /// Takes down the knots of a group inside a sub-step.
  private func collectKnots(_ substep: Int, _ group: Int, _ splitter: inout KnotSplitter) {
    splitter.knots.removeAll(keepingCapacity: true)
    splitter.offsets.removeAll(keepingCapacity: true)
    for (index, event) in events.enumerated() {
      for (place, knot) in event.knots.enumerated() where effects.assets[knot.asset].isActive {
        let time = knot.times[group] - Double(substep)
        if ((time .> 0) & (time .< 1)).isNone { continue }
        splitter.knots.append(
          KnotSplitter.Knot(time: time, keys: knotKeys[index][place], offset: splitter.offsets.count))
        for asset in description.assets.indices {
          var offset = Lanes.zero
          for other in events { offset += other.offset(asset: asset, group: group, at: knot.times[group]) }
          splitter.offsets.append(offset)
        }
      }
    }
  }
}
