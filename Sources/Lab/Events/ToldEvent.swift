import Documents

/// Something that happens while a command works, as `--events` tells it: a JSON object whose first member, `event`, says its
/// kind (docs/events-of-a-run.md). A number that is not known, or not finite, is null.
package struct ToldEvent: Sendable, Hashable {
  /// What kind of thing happens; the raw value is the word in the file.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A command has taken its folder and begins, anew or again.
    case begun
    /// How far a run or a search is.
    case progress
    /// A desk was ruined on a path.
    case ruin
    /// So many more ruins, which have no line of their own.
    case ruins
    /// The equity fan of a desk over the paths so far.
    case fan
    /// A training has made an update.
    case update
    /// A policy was validated.
    case validation
    /// Where a trial of a search stands.
    case trial
    /// Bars have come home.
    case page
    /// The command is over.
    case ended
  }

  /// Its kind.
  package let kind: Kind
  /// The object.
  package let json: JSONValue

  /// An event with its members, in their order.
  package init(_ kind: Kind, _ members: KeyValuePairs<String, JSONValue>) {
    self.kind = kind
    json = .object([JSONMember("event", .string(kind.rawValue))] + members.map { JSONMember($0.key, $0.value) })
  }

  /// The line of the file, with its end.
  var line: [UInt8] { Array((JSONWriter.write(json) + "\n").utf8) }

  /// That the command is over.
  ///
  /// - Parameters:
  ///   - exit: with which the process ends.
  ///   - words: why, for people.
  package static func ended(exit: Int32, words: String) -> ToldEvent {
    ToldEvent(.ended, ["exit": .integer(Int(exit)), "words": .string(words)])
  }
}

extension JSONValue {
  /// A number, or null where there is none.
  package static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
