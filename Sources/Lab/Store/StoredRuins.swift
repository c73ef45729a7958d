import Trading

/// A row of the table `ruins`: how many paths of a desk one cause ruined at one moment, so many steps after the event.
struct StoredRuins: Sendable, Hashable {
  let desk: Int
  let cause: RuinCause
  let moment: RuinMoment
  /// Within how many steps of the start of the event that had started last; nil where none had.
  let stepsAfter: Int?
  let paths: Int
}

/// A row of the table `movers`: a ruined path that was lived through again, and what took most from the account on it.
struct StoredMover: Sendable, Hashable {
  let desk: Int
  let path: Int64
  let moment: RuinMoment
  let mover: EquityCause
}

/// A ruined path of a desk.
struct RuinedPath: Sendable, Hashable {
  let desk: Int
  let path: Int64
  let step: Int
  let cause: RuinCause
}
