import Foundation

/// A JSON value, to compare what two programs say of the same thing.
enum JSON: Sendable, Decodable {
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: Key.self) {
      self = .object(
        try Dictionary(
          uniqueKeysWithValues: members.allKeys.map { ($0.stringValue, try members.decode(JSON.self, forKey: $0)) }))
      return
    }
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let truth = try? value.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else {
      self = .list(try value.decode([JSON].self))
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// A member of an object; null where there is none.
  subscript(key: String) -> JSON {
    if case .object(let members) = self { return members[key] ?? .null }
    return .null
  }

  var elements: [JSON] { if case .list(let elements) = self { elements } else { [] } }
  var double: Double? { if case .number(let number) = self { number } else { nil } }
  var string: String? { if case .text(let text) = self { text } else { nil } }

  /// Where `self` differs from what is expected, by paths; members that nothing is expected of are passed over.
  ///
  /// - Parameter relative: how far numbers may be apart, of the larger; absolute under 1.
  func differences(from expected: JSON, to relative: Double, at path: String = "") -> [String] {
    switch (self, expected) {
    case (.null, .null): return []
    case (.truth(let ours), .truth(let theirs)): return ours == theirs ? [] : ["\(path): \(ours), expected \(theirs)"]
    case (.number(let ours), .number(let theirs)):
      return abs(ours - theirs) <= relative * max(1, abs(theirs)) ? [] : ["\(path): \(ours), expected \(theirs)"]
    case (.text(let ours), .text(let theirs)): return ours == theirs ? [] : ["\(path): \(ours), expected \(theirs)"]
    case (.list(let ours), .list(let theirs)):
      guard ours.count == theirs.count else { return ["\(path): \(ours.count) elements, expected \(theirs.count)"] }
      return zip(ours, theirs).enumerated().flatMap { $1.0.differences(from: $1.1, to: relative, at: "\(path)/\($0)") }
    case (.object, .object(let theirs)):
      return theirs.sorted { $0.key < $1.key }.flatMap {
        self[$0.key].differences(from: $0.value, to: relative, at: "\(path)/\($0.key)")
      }
    default: return ["\(path): \(self), expected \(expected)"]
    }
  }
}
