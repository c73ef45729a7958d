import Documents

extension RunProgress {
  /// How far the run is, with the survival of every desk so far as an interval that holds at all times at once.
  package var event: ToldEvent {
    ToldEvent(
      .progress,
      [
        "done": .number(share), "finished": .integer(Int(finishedPaths)), "wanted": .integer(Int(wantedPaths)),
        "unit": "paths",
        "rate": .number(rate), "secondsLeft": .number(secondsLeft), "desks": .array(desks.map(\.json)),
      ])
  }
}

extension RunProgress.DeskCount {
  fileprivate var json: JSONValue {
    let always = ConfidenceSequence(successes: paths - ruined, trials: paths).interval
    return [
      "paths": .integer(paths), "ruined": .integer(ruined),
      "survival": .number(paths > 0 ? Double(paths - ruined) / Double(paths) : nil), "low": .number(always.low),
      "high": .number(always.high),
    ]
  }
}
