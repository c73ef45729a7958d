import Documents

extension Node {
  /// A value as a node, all of it at one place.
  init(json: JSONValue, position: SourcePosition, path: String) {
    let content: Content =
      switch json {
      case .null: .null
      case .bool(let value): .bool(value)
      case .integer(let value): .number(Double(value), text: "\(value)")
      case .number(let value): .number(value, text: JSONWriter.number(value))
      case .string(let text): .string(text)
      case .array(let elements):
        .array(elements.enumerated().map { Node(json: $1, position: position, path: "\(path)/\($0)") })
      case .object(let members):
        .object(
          members.map {
            Member(
              name: $0.name, position: position,
              value: Node(json: $0.value, position: position, path: "\(path)/\(JSONPointer.escape($0.name))"))
          })
      }
    self.init(content, position: position, path: path)
  }

  /// The same tree with a value at a JSON pointer, in place of what is there or added: objects on the way are made.
  ///
  /// - Parameter position: where the value, and what is made for it, is said to stand.
  /// - Returns: nil where the way leads through something that has no such part: an array that ends before, a number.
  func setting(_ pointer: String, to json: JSONValue, position: SourcePosition) -> Node? {
    setting(JSONPointer.components(pointer)[...], to: json, position, path: path)
  }

  private func setting(
    _ keys: ArraySlice<String>, to json: JSONValue, _ position: SourcePosition, path: String
  ) -> Node? {
    guard let key = keys.first else { return Node(json: json, position: position, path: path) }
    let below = "\(path)/\(JSONPointer.escape(key))"
    switch content {
    case .object(var members):
      let old = members.firstIndex { $0.name == key }
      let base = old.map { members[$0].value } ?? Node(.object([]), position: position, path: below)
      guard let value = base.setting(keys.dropFirst(), to: json, position, path: below) else { return nil }
      if let old {
        members[old] = Member(name: key, position: members[old].position, value: value)
      } else {
        members.append(Member(name: key, position: position, value: value))
      }
      return Node(.object(members), position: self.position, path: path)
    case .array(var elements):
      guard let index = Int(key), elements.indices.contains(index),
        let value = elements[index].setting(keys.dropFirst(), to: json, position, path: below)
      else { return nil }
      elements[index] = value
      return Node(.array(elements), position: self.position, path: path)
    case .null, .bool, .number, .string, .invalid: return nil
    }
  }

  /// The pointers of everything below.
  var pointersBelow: [String] {
    func below(_ name: String, _ node: Node) -> [String] {
      let place = "/\(JSONPointer.escape(name))"
      return [place] + node.pointersBelow.map { place + $0 }
    }
    if let members { return members.flatMap { below($0.name, $0.value) } }
    return (elements ?? []).enumerated().flatMap { below("\($0)", $1) }
  }
}

extension FieldDescription {
  /// The pointers of a field and of those below it.
  var pointers: [String] {
    let place = "/\(JSONPointer.escape(name))"
    return [place] + type.fields.flatMap { $0.pointers.map { place + $0 } }
  }
}
