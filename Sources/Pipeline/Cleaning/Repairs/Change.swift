import Documents
import MarketData

/// Something that a repair changed, so that it can be told and found again.
package struct Change: Sendable, Hashable {
  /// The repair, as it was asked for: `drop duplicates`.
  package let repair: String
  /// The line of the file.
  package let line: Int
  /// From when to when; nil for a row without a time.
  package let times: ClosedRange<Int64>?
  /// How many rows.
  package let rows: Int
  /// The field that was changed; nil where whole rows were.
  package let field: BarField?
  /// What it was.
  package let old: Double?
  /// What it is.
  package let new: Double?
  /// Why, in the words of the finding.
  package let why: String

  /// The change in a sentence, with its moment.
  package var sentence: String {
    let when = times.map { Timestamp.text(milliseconds: $0.lowerBound) } ?? "line \(line)"
    guard let field else {
      return rows == 1 && new == nil
        ? "\(when): the row of line \(line) is dropped: \(why)" : "\(when): \(why)"
    }
    let figures = [old, new].map { $0.map(CleaningWords.number) ?? "nothing" }
    return "\(when): \(field.rawValue) \(figures[0]) becomes \(figures[1]): \(why)"
  }

  /// The change for programs.
  package var json: JSONValue {
    [
      "repair": .string(repair), "line": .integer(line),
      "first": times.map { .string(Timestamp.text(milliseconds: $0.lowerBound)) } ?? .null,
      "last": times.map { .string(Timestamp.text(milliseconds: $0.upperBound)) } ?? .null, "rows": .integer(rows),
      "field": field.map { .string($0.rawValue) } ?? .null, "old": old.map { .number($0) } ?? .null,
      "new": new.map { .number($0) } ?? .null, "why": .string(why),
    ]
  }
}
