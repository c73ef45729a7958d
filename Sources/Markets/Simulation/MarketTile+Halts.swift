import Lanes

// Where trading stands still.

extension MarketTile {
  /// Whether an event can halt trading.
  package var canHalt: Bool { halts != nil }

  /// Lets trading stand still where the venue's rules say so.
  func applyHalts(
    _ substep: Substep, _ bars: inout ContiguousArray<AssetStep>, _ interiors: inout ContiguousArray<BarInterior>
  ) {
    guard var halts = halts.take() else { return }
    let moment = HaltMoment(substep, description.clock, substeps: description.substeps)
    var prices = TradingHalts.Prices(bars: bars, interiors: interiors, legs: legs, moves: moves)
    // Handed over rather than shared, so that no array is copied.
    (bars, interiors, legs, moves) = ([], [], StepLegs(assets: 0, groups: 0, room: 0), [])
    halts.freeze(substep, &prices)
    for rules in haltStates { rules.judge(moment, &halts, &prices) }
    halts.finish(prices)
    (bars, interiors, legs, moves) = (prices.bars, prices.interiors, prices.legs, prices.moves)
    self.halts = halts
  }

  /// Takes the volume of halted sub-steps out of the step's.
  func haltVolume() {
    guard step >= 0, let halts else { return }
    for place in bars.indices {
      bars[place].volume = halts.share(of: bars[place].volume, place, substeps: description.substeps)
    }
  }
}
