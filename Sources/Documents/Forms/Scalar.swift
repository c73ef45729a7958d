/// How one number is written in a document: a plain number, or a duration; with its unit and legal range.
///
/// Fields that take a number, or a distribution of numbers, share it.
package struct Scalar: Sendable {
  /// What the notation is called in listings: `number`, `duration`.
  package let type: String
  /// What the number counts.
  package let unit: QuantityUnit
  /// The legal values; of durations also those that can be computed with.
  package let range: QuantityRange
  /// The legal values as listings tell them.
  package let toldRange: QuantityRange
  /// What should stand there, for messages: `a number`.
  package let expected: String
  /// The value of a node of the right type, before any range check; nil when it is something else.
  package let parse: @Sendable (Node, Reading) -> Double?
  /// A value as it would be written, for messages and listings.
  package let format: @Sendable (Double) -> String
  /// A value as JSON, for the schema's defaults.
  package let json: @Sendable (Double) -> JSONValue
  /// The schema, with the range.
  package let schema: JSONSchema

  /// A plain number.
  package static func number(_ unit: QuantityUnit = .none, in range: QuantityRange = .any) -> Scalar {
    Scalar(
      type: "number", unit: unit, range: range, toldRange: range, expected: "a number",
      parse: { node, _ in node.number },
      format: JSONWriter.number, json: { .number($0) }, schema: .number(in: range))
  }

  /// The longest duration that is computed with, in seconds: ten million hours, more than a thousand years.
  static let longestDuration = 3.6e10
  /// The shortest that is not nothing, in seconds.
  static let shortestDuration = 1e-6

  /// A duration such as `"20s"`, in seconds of trading time; from 0 unless a range says otherwise. One beyond ten million
  /// hours, or of less than a microsecond where there must be one, is refused whatever the range.
  package static func duration(in range: QuantityRange = .atLeast(0)) -> Scalar {
    Scalar(
      type: "duration", unit: .tradingTime, range: range.ending(by: longestDuration), toldRange: range,
      expected: #"a duration such as "20s", "6m", "13h" or "252d""#,
      parse: { node, reading in
        node.string.flatMap {
          TradingTime.seconds($0, secondsPerDay: reading[TradingTime.SecondsPerDay.self])
        }
      },
      format: TradingTime.text, json: { .string(TradingTime.text(seconds: $0)) },
      schema: .string(pattern: TradingTime.pattern))
  }

  /// The same notation with another legal range.
  package func limited(to range: QuantityRange) -> Scalar {
    type == "duration" ? .duration(in: range) : .number(unit, in: range)
  }

  /// The value of a node, checked; reports what is wrong and returns nil otherwise.
  package func read(_ node: Node, _ reading: Reading) -> Double? {
    guard let value = parse(node, reading) else {
      reading.report(expected: expected, at: node)
      return nil
    }
    if let complaint = complaint(about: value, found: Self.written(node) ?? format(value)) {
      reading.report(complaint, at: node)
      return nil
    }
    return value
  }

  /// What is wrong with a value, or nil when it is legal; `found` is how it was written.
  package func complaint(about value: Double, found: String) -> String? {
    if type == "duration", toldRange.contains(value) {
      if abs(value) > Self.longestDuration { return "\(found) is longer than ten million hours" }
      if toldRange.excludesZero, value < Self.shortestDuration { return "\(found) is shorter than a microsecond" }
    }
    return toldRange.complaint(about: value, found: found, unit: type == "duration" ? .none : unit, format: format)
  }

  private static func written(_ node: Node) -> String? {
    if case .number(_, let text) = node.content { text } else { node.string }
  }
}
