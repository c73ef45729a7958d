import Statistics
import Trading

/// What ruined a desk, and when.
package struct RuinStory: Codable, Sendable, Equatable {
  /// The desk's number in the store.
  package let desk: Int
  /// Its ruined paths.
  package let ruined: Int
  /// How many of them each cause ruined at each moment; those alone that there are.
  package let moments: [Line]
  /// Seconds from the start of the event that had started last to the end of the step of ruin, the median path of those on which
  /// one had; nil without any.
  package let medianSecondsAfterStart: Estimate?
  /// How many of them were lived through again: its first ones.
  package let dissected: Int
  /// What took most from the account on those, the most frequent first.
  package let movers: [Mover]

  /// Paths that one cause ruined at one moment.
  package struct Line: Codable, Sendable, Equatable {
    package let cause: RuinCause
    package let moment: RuinMoment
    package let paths: Int
    /// Of the ruined paths.
    package let share: Estimate
  }

  /// Paths on which one thing took most from the account.
  package struct Mover: Codable, Sendable, Equatable {
    package let mover: EquityCause
    package let paths: Int
    /// Of the paths that were lived through again.
    package let share: Estimate
    /// How many of them were ruined at each moment; those alone that there are.
    package let moments: [Count]
  }

  /// Paths at a moment.
  package struct Count: Codable, Sendable, Equatable {
    package let moment: RuinMoment
    package let paths: Int
  }
}

extension RuinStory {
  /// Of every desk with a ruined path, in the order of their numbers; nil where there is none.
  static func all(_ tables: RuinCounts.Tables, _ context: RunContext) -> [RuinStory]? {
    let movers = Dictionary(grouping: tables.movers, by: \.desk)
    let drawn = tables.ruins.filter { context.markets[context.desks[$0.desk].market].isDrawn }
    let stories = Dictionary(grouping: drawn, by: \.desk).sorted { $0.key < $1.key }.map { desk, rows in
      let market = context.markets[context.desks[desk].market]
      return RuinStory(
        desk: desk, rows, movers[desk] ?? [], stepSeconds: market.clock.stepSeconds, context.confidence)
    }
    return stories.isEmpty ? nil : stories
  }

  private init(
    desk: Int, _ rows: [StoredRuins], _ dissected: [StoredMover], stepSeconds: Double, _ confidence: Double
  ) {
    self.desk = desk
    let ruined = rows.reduce(0) { $0 + $1.paths }
    self.ruined = ruined
    moments = RuinCause.allCases.flatMap { cause in
      RuinMoment.allCases.compactMap { moment -> Line? in
        let paths = rows.reduce(0) { $0 + ($1.cause == cause && $1.moment == moment ? $1.paths : 0) }
        guard paths > 0 else { return nil }
        return Line(
          cause: cause, moment: moment, paths: paths,
          share: Proportion(paths, of: ruined).estimate(confidence: confidence))
      }
    }
    let seconds = rows.flatMap { row in
      row.stepsAfter.map { Array(repeating: Double($0) * stepSeconds, count: row.paths) } ?? []
    }
    medianSecondsAfterStart =
      seconds.isEmpty ? nil : SortedSample(seconds).quantile(0.5, confidence: confidence)
    self.dissected = dissected.count
    let byMover = EquityCause.allCases.compactMap { mover -> Mover? in
      let own = dissected.filter { $0.mover == mover }
      guard !own.isEmpty else { return nil }
      return Mover(
        mover: mover, paths: own.count,
        share: Proportion(own.count, of: dissected.count).estimate(confidence: confidence),
        moments: RuinMoment.allCases.compactMap { moment in
          let paths = own.count { $0.moment == moment }
          return paths > 0 ? Count(moment: moment, paths: paths) : nil
        })
    }
    movers = byMover.enumerated().sorted { one, other in
      one.element.paths != other.element.paths ? one.element.paths > other.element.paths : one.offset < other.offset
    }.map(\.element)
  }
}
