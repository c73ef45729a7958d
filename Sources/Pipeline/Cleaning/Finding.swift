import Documents
import MarketData

/// Something in bars that may be wrong, where it is, and why it looks so.
package struct Finding: Sendable, Hashable {
  /// The name of the check that found it, as `BarCheck.name`.
  package let kind: String
  /// The rows that it is about, as places in `BarRows.rows`, increasing; empty for bars that are not there.
  package let rows: [Int]
  /// The line of the file where it begins; 0 where the rows come from no file.
  package let line: Int
  /// From when to when, milliseconds since 1970-01-01 UTC; nil where a row has no time.
  package let times: ClosedRange<Int64>?
  /// How many bars are concerned.
  package let count: Int
  /// What was found, with its figures.
  package let sentence: String

  /// The finding for programs.
  package var json: JSONValue {
    [
      "kind": .string(kind), "line": .integer(line),
      "first": times.map { .string(Timestamp.text(milliseconds: $0.lowerBound)) } ?? .null,
      "last": times.map { .string(Timestamp.text(milliseconds: $0.upperBound)) } ?? .null, "count": .integer(count),
      "text": .string(sentence),
    ]
  }
}
