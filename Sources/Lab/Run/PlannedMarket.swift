import Lanes
import Markets
import Trading

/// A scenario at one severity with the desks that face it.
package struct PlannedMarket: Sendable {
  /// Its number in the run.
  let number: Int
  /// Index of its scenario in the study.
  let scenario: Int
  package let severity: Double
  let market: Market
  /// In the order of their numbers, which follow one another.
  package let desks: [Desk]
  let terms: DeskTerms
  let fans: FanLayout
  /// What is drawn for each path; nil where an earlier market of the same scenario writes it, which draws the same.
  let drawn: DrawnParameters?
  /// By what the performance of its desks is told over a year; nil where the horizon is too short for that.
  let performance: PerformanceTerms?
  /// By what execution is judged; nil where the mandate is another.
  let execution: ExecutionTerms?

  /// The desks' numbers.
  var deskNumbers: Range<Int> {
    let first = desks.first?.index ?? 0
    return first..<first + desks.count
  }

  /// Whether that start is first known when prices make it.
  var eventStartWaits: Bool {
    let traits = market.eventTraits
    return switch terms.recoveryClock {
    case .event(let event): traits[event].waitsForPrices
    case .earliestEvent, .drawdown: traits.contains(where: \.waitsForPrices)
    }
  }

  /// Start of the event that fans and recovery count from on each path of a tile, in steps from t = 0, `[group]`; +∞
  /// where there is none, or where it is not known yet.
  func eventStart(_ tile: MarketTile) -> ContiguousArray<Lanes> {
    switch terms.recoveryClock {
    case .event(let event): tile.eventStart(event)
    case .earliestEvent, .drawdown: tile.earliestEventStart()
    }
  }
}
