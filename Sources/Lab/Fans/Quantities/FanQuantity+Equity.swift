extension FanQuantity {
  /// The equity of a desk; frozen after ruin.
  package static let equity = FanQuantity(
    "equity", unit: "fraction of starting equity", "equity over starting equity", timeline: .clock, start: 1,
    hasSamples: true,
    read: .desk { desk, _, values in
      for group in values.indices { values[group] = desk.equityRatio(group: group) }
    })
}
