/// A value in a document, with its place; `extends` mixes nodes of several files, and each keeps its own place.
package struct Node: Sendable {
  /// What the node holds.
  package let content: Content
  /// Where it starts.
  package let position: SourcePosition
  /// Its JSON pointer in its own file.
  package let path: String

  /// The value of a JSON node.
  package enum Content: Sendable {
    case null
    case bool(Bool)
    /// A finite number and how it was written.
    case number(Double, text: String)
    case string(String)
    case array([Node])
    /// Members in the order of the file, without duplicates.
    case object([Member])
    /// A value whose problem has been reported already: readers give up on it without another word.
    case invalid
  }

  /// A member of an object.
  package struct Member: Sendable {
    /// The key.
    package let name: String
    /// Where the key stands.
    package let position: SourcePosition
    /// The value.
    package let value: Node

    /// A member with the place of its key.
    package init(name: String, position: SourcePosition, value: Node) {
      self.name = name
      self.position = position
      self.value = value
    }
  }

  /// A node at a place.
  package init(_ content: Content, position: SourcePosition, path: String) {
    self.content = content
    self.position = position
    self.path = path
  }
}

extension Node {
  /// The members of an object in the order of the file, or nil when the node is no object.
  package var members: [Member]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The elements of an array, or nil when the node is no array.
  package var elements: [Node]? {
    if case .array(let elements) = content { elements } else { nil }
  }

  /// The text of a string, or nil when the node is no string.
  package var string: String? {
    if case .string(let text) = content { text } else { nil }
  }

  /// A number's value, or nil when the node is no number.
  package var number: Double? {
    if case .number(let value, _) = content { value } else { nil }
  }

  /// The value of a member, or nil when there is none of that name.
  package subscript(name: String) -> Node? {
    members?.first { $0.name == name }?.value
  }

  /// The pointer of a member of this node.
  package func path(to name: String) -> String { path + "/" + JSONPointer.escape(name) }

  /// The node that a JSON pointer names, relative to this one; nil when there is none. A leading slash may be left out.
  package func node(at pointer: String) -> Node? {
    JSONPointer.components(pointer).reduce(self as Node?) { node, name in
      if let elements = node?.elements {
        return Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      }
      return node?[name]
    }
  }

  /// What the node is, for messages: `the number 1.4`, `the string "abc"`, `an object`.
  package var inWords: String {
    switch content {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(_, let text): "the number \(text)"
    case .string(let text): "the string \(quoted(text))"
    case .array: "an array"
    case .object: "an object"
    case .invalid: "something invalid"
    }
  }

  /// The node as a value that can be written; null where nothing valid stood.
  package var json: JSONValue {
    switch content {
    case .null, .invalid: .null
    case .bool(let value): .bool(value)
    case .number(let value, _): .number(value)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.json))
    case .object(let members): .object(members.map { JSONMember($0.name, $0.value.json) })
    }
  }
}
