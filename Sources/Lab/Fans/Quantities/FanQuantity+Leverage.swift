extension FanQuantity {
  /// The gross leverage of a desk, Σ|q|·X/E at a close.
  ///
  /// 0 where nothing is held, which is so before the first fill where all is cash, after ruin, and at the horizon, by which everything is closed;
  /// also where equity is at or under 0 while ruin waits for a halt to end, since it is a multiple of nothing then. Counts
  /// hold 0 in a bin of their own, with all that is under 10⁻⁴.
  package static let leverage = FanQuantity(
    "leverage", unit: "multiple of equity",
    "positions at their marks, long and short added up, over equity; 0 without a position: after ruin, and at the horizon, "
      + "where all is closed",
    timeline: .eventOrClock, start: 0, opening: { weights in weights.reduce(0) { $0 + abs($1) } },
    read: .desk { desk, _, values in
      for group in values.indices { values[group] = desk.grossLeverage(group: group) }
    })
}
