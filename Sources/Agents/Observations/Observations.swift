import Documents

/// The observations that a trained agent can have; a new one is one file and one line here.
package enum Observations {
  /// Every observation by its tag.
  package static let catalogue = Catalogue<any Observation>(
    "observations",
    .entry("return", ReturnObservation.form, "log return over some bars, in deviations of its volatility") { $0 },
    .entry("signal", SignalObservation.form, "what the market shows of the signal in an asset's drift") { $0 },
    .entry("position", PositionObservation.form, "weight of the position, and of what is on its way") { $0 },
  )
}
