/// What a model does in a sentence, with the values that a document gives it.
///
/// ```swift
/// Story("{asset} falls {drop}", " in {fall/duration}", "; {*} follows {contagion/*/beta} as far[, {contagion/*/lag} later]")
/// ```
///
/// A clause has places for values, by the keys that lead to them from the model on. It is left out where the document has no
/// such value, and so is the part of it in square brackets alone; it is told once for each name that stands in the document in
/// place of `*`.
package struct Story: Sendable {
  private let clauses: [[Piece]]

  /// A piece of a clause: text, or the place of a value or of a name.
  private enum Piece: Sendable {
    case text(String)
    case value([String])
    case name
    case option([Piece])
  }

  /// A value of a document.
  package struct Value: Sendable {
    /// The keys that lead to it from the model on.
    package let keys: [String]
    /// In words, with its unit.
    package let text: String

    /// A value.
    package init(keys: [String], text: String) {
      self.keys = keys
      self.text = text
    }
  }

  /// What a story makes of values.
  package struct Told: Sendable, Equatable {
    /// The sentence, without a full stop.
    package let sentence: String
    /// The keys of the values that it has not told.
    package let left: [[String]]
  }

  /// A story of clauses, each with the blanks and marks that join it to those before it.
  package init(_ clauses: String...) { self.clauses = clauses.map(Self.pieces) }

  private static func pieces(_ clause: String) -> [Piece] {
    guard let start = clause.firstIndex(of: "["), let end = clause.lastIndex(of: "]") else {
      return places(clause[...])
    }
    return places(clause[..<start]) + [.option(places(clause[clause.index(after: start)..<end]))]
      + places(clause[clause.index(after: end)...])
  }

  private static func places(_ text: Substring) -> [Piece] {
    var pieces: [Piece] = []
    for (index, part) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
      guard index > 0 else {
        if !part.isEmpty { pieces.append(.text(String(part))) }
        continue
      }
      guard let end = part.firstIndex(of: "}") else { preconditionFailure("Invariant: a place in a story is closed") }
      let place = part[..<end]
      pieces.append(place == "*" ? .name : .value(place.split(separator: "/").map(String.init)))
      let rest = part[part.index(after: end)...]
      if !rest.isEmpty { pieces.append(.text(String(rest))) }
    }
    return pieces
  }

  /// Tells it; nil where the values leave nothing of its first clause, so that there is no sentence.
  package func told(_ values: [Value]) -> Told? {
    var sentence = ""
    var told: Set<[String]> = []
    for (index, clause) in clauses.enumerated() {
      for name in Self.names(clause, values) {
        if let (text, keys) = Self.text(clause, name, values) {
          sentence += text
          told.formUnion(keys)
        }
      }
      if index == 0, sentence.isEmpty { return nil }
    }
    return Told(sentence: sentence, left: values.map(\.keys).filter { !told.contains($0) })
  }

  /// What stands for `*` in a clause, each once; of a clause without it one that nothing stands for.
  private static func names(_ clause: [Piece], _ values: [Value]) -> [String?] {
    let open = clause.compactMap { piece -> [String]? in
      guard case .value(let keys) = piece, keys.contains("*") else { return nil }
      return keys
    }
    guard let pattern = open.first, let place = pattern.firstIndex(of: "*") else { return [nil] }
    var names: [String] = []
    for value in values where value.keys.count == pattern.count {
      let isAlike = zip(value.keys, pattern).allSatisfy { $0 == $1 || $1 == "*" }
      if isAlike, !names.contains(value.keys[place]) { names.append(value.keys[place]) }
    }
    return names
  }

  /// A clause with its values, and their keys; nil where one is missing.
  private static func text(_ clause: [Piece], _ name: String?, _ values: [Value]) -> (String, [[String]])? {
    var text = ""
    var told: [[String]] = []
    for piece in clause {
      switch piece {
      case .text(let words): text += words
      case .name: text += name ?? ""
      case .value(let pattern):
        let keys = pattern.map { $0 == "*" ? name ?? $0 : $0 }
        guard let value = values.first(where: { $0.keys == keys }) else { return nil }
        text += value.text
        told.append(keys)
      case .option(let pieces):
        guard let (more, keys) = Self.text(pieces, name, values) else { continue }
        text += more
        told += keys
      }
    }
    return (text, told)
  }
}
