import Documents

/// One parameter of an operation, in its path, query or headers: declared once, and from it come reading, checks and the OpenAPI
/// document.
package struct Parameter: Sendable {
  /// Where it stands.
  package enum Place: String, Sendable { case path, query, header }

  /// What it takes.
  package enum Kind: Sendable {
    /// Text of so many characters.
    case text(ClosedRange<Int>)
    /// The name of a file or folder of the workspace, or of a thing in a store.
    case name
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A number.
    case number(ClosedRange<Double>)
    /// One of some words.
    case choice([String])
    /// `true` or `false`.
    case flag
  }

  /// Its name.
  package let name: String
  /// Where it stands.
  package let place: Place
  /// What it takes.
  package let kind: Kind
  /// Whether it must be there; in a path it is.
  package let isRequired: Bool
  /// What it means.
  package let summary: String
  /// A value that it takes.
  package let example: JSONValue

  /// A parameter.
  package init(
    _ name: String, in place: Place, _ kind: Kind, isRequired: Bool = false, _ summary: String, example: JSONValue
  ) {
    (self.name, self.place, self.kind, self.summary, self.example) = (name, place, kind, summary, example)
    self.isRequired = isRequired || place == .path
  }

  /// A value, checked.
  package enum Value: Sendable {
    case text(String), name(WorkspaceName), integer(Int), number(Double), flag(Bool)
  }

  /// The value that a text stands for, or what is wrong with it.
  func value(of text: String) -> Result<Value, ParameterProblem> {
    func wrong(_ expected: String) -> Result<Value, ParameterProblem> {
      .failure(ParameterProblem("expected \(expected), found \(quoted(text))"))
    }
    switch kind {
    case .text(let count):
      guard count.contains(text.unicodeScalars.count), !text.utf8.contains(0) else {
        return wrong("text of \(count.lowerBound) to \(count.upperBound) characters")
      }
      return .success(.text(text))
    case .name:
      return WorkspaceName(text).map { .success(.name($0)) }
        ?? wrong("a name: words between slashes, none that begins with a point")
    case .integer(let range):
      // As JSON writes them: no sign before, no digits of other scripts.
      guard text.utf8.first != UInt8(ascii: "+"), let number = Int(text), range.contains(number) else {
        return wrong("a whole number in \(range.lowerBound)…\(range.upperBound)")
      }
      return .success(.integer(number))
    case .number(let range):
      guard let number = Double(text), number.isFinite, range.contains(number) else {
        return wrong("a number in \(JSONWriter.number(range.lowerBound))…\(JSONWriter.number(range.upperBound))")
      }
      return .success(.number(number))
    case .choice(let words):
      guard words.contains(text) else {
        return .failure(
          ParameterProblem(
            "expected one of \(words.joined(separator: ", ")), found \(quoted(text))\(Suggestion.hint(for: text, among: words))"
          ))
      }
      return .success(.text(text))
    case .flag:
      guard text == "true" || text == "false" else { return wrong("true or false") }
      return .success(.flag(text == "true"))
    }
  }

  /// Its JSON Schema.
  var schema: JSONSchema {
    switch kind {
    case .text(let count):
      JSONSchema.string().with("minLength", .integer(count.lowerBound)).with("maxLength", .integer(count.upperBound))
    case .name: JSONSchema.string(pattern: WorkspaceName.pattern).with("maxLength", 1024)
    case .integer(let range): JSONSchema.integer(in: range)
    case .number(let range): JSONSchema.number(in: .between(range.lowerBound, range.upperBound))
    case .choice(let words): JSONSchema.string().with("enum", .array(words.map { .string($0) }))
    case .flag: .boolean
    }
  }
}

/// What is wrong with a parameter.
struct ParameterProblem: Error {
  let message: String
  init(_ message: String) { self.message = message }
}

extension Parameter {
  /// How many of a list are wanted.
  package static let limit = Parameter(
    "limit", in: .query, .integer(1...200), "how many are wanted at most; 50 unless given", example: 20)
  /// Where a list goes on.
  package static let after = Parameter(
    "after", in: .query, .text(1...1024), "what the page before said in `next`", example: "scenarios/calm.json")
}
