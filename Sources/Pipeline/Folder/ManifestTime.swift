import Documents
import MarketData

extension FieldKind where Value == Int64 {
  /// A moment in a manifest: milliseconds since 1970-01-01 UTC, written as ISO 8601.
  static var moment: FieldKind {
    .made(from: .string, json: { .string(Timestamp.text(milliseconds: $0)) }) { text throws(FormViolation) in
      guard let time = Timestamp.milliseconds(text) else {
        throw FormViolation("\(quoted(text)) is not a time such as 2000-03-01T09:30:00Z")
      }
      return time
    }
  }
}

extension FieldKind where Value == Range<Int64> {
  /// A stretch of time: `{"from": …, "to": …}`, its end not included.
  static var stretch: FieldKind { .form(stretchForm) }
}

private let stretchForm = Form(
  Field("from", .moment, "the first moment"), Field("to", .moment, "the moment after the last"),
  make: { (from: Int64, to: Int64) throws(FormViolation) -> Range<Int64> in
    guard from < to else { throw FormViolation("to", "it ends before it begins") }
    return from..<to
  })

extension JSONValue {
  /// A moment as manifests write it.
  static func moment(_ milliseconds: Int64) -> JSONValue { .string(Timestamp.text(milliseconds: milliseconds)) }

  /// A stretch of time as manifests write it.
  static func stretch(_ range: Range<Int64>) -> JSONValue {
    ["from": .moment(range.lowerBound), "to": .moment(range.upperBound)]
  }
}
