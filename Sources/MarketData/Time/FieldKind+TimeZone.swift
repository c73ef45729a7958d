import Documents
import Foundation

extension FieldKind where Value == String {
  /// The IANA name of a time zone, such as `"America/New_York"`.
  package static var timeZone: FieldKind {
    FieldKind(FieldType("time zone"), schema: { _ in .string() }, json: { .string($0) }) { node, reading in
      guard let name = node.string else {
        reading.report(expected: #"a time zone such as "America/New_York""#, at: node)
        return nil
      }
      guard TimeZone(identifier: name) != nil else {
        let near = Suggestion.nearest(to: name, among: TimeZone.knownTimeZoneIdentifiers)
        reading.report(
          "unknown time zone \(quoted(name))\(near.map { "; did you mean \(quoted($0))?" } ?? "")", at: node)
        return nil
      }
      return name
    }
  }
}
