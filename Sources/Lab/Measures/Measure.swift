import Statistics

/// A number of the report, or a few that belong together, estimated from one desk's outcomes.
///
/// A measure is one file and one line in `Measures.catalogue`: `stresslab list measures`, `summary.json` and the page
/// know it from there.
package protocol Measure: Sendable {
  /// What is estimated: an `Estimate`, or a structure of several.
  associatedtype Value: MeasureValue
  /// Its key in `summary.json`.
  var name: String { get }
  /// As a sentence names it.
  var title: String { get }
  /// As a table's heading names it: with what it is of, where figures of one unit are of different things.
  var heading: String { get }
  /// What it is measured in.
  var unit: MeasureUnit { get }
  /// What it is, in one line.
  var definition: String { get }
  /// The columns that it reads; others are not there for it.
  var columns: [MeasureColumn] { get }
  /// Whether it is of carrying out orders, which a market has only where the mandate is to execute.
  var isOfExecution: Bool { get }
  /// The estimate with its uncertainty; nil where it does not apply, which then stands nowhere.
  func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Value?
}

extension Measure {
  /// It is not.
  package var isOfExecution: Bool { false }

  /// Its title, which says enough where nothing else is in its unit.
  package var heading: String { title }

  /// Whether it is of the closes on the way, of which nothing is kept where the horizon is under a quarter of a year.
  package var isOfPerformance: Bool { columns.contains { $0.performance != nil } }
}

/// What a measure may estimate.
package protocol MeasureValue: Codable, Sendable, Equatable {
  /// What a table of all measures can show of it in a line: a word, empty where there is but one, and the estimate.
  var lines: [(word: String, estimate: Estimate)] { get }
  /// The same without intervals: of one path that is not drawn, but the only one.
  var withoutIntervals: Self { get }
}

extension Estimate: MeasureValue {
  /// Itself, without a word.
  package var lines: [(word: String, estimate: Estimate)] { [("", self)] }
  /// The value alone.
  package var withoutIntervals: Estimate { asTooFewPaths() }
}

extension Array: MeasureValue where Element: MeasureValue {
  /// Those of its elements, in their order.
  package var lines: [(word: String, estimate: Estimate)] { flatMap(\.lines) }
  /// Each of them.
  package var withoutIntervals: [Element] { map(\.withoutIntervals) }
}

/// What the estimates of a measure are measured in.
package enum MeasureUnit: String, Sendable, Hashable, CaseIterable {
  /// A share or a return, 0.31 is 31 %.
  case fraction
  /// Trading time.
  case seconds = "s"
  /// Hundredths of a percent.
  case basisPoints = "bps"
  /// A pure number, such as a ratio.
  case number
  /// Paths.
  case count
}
