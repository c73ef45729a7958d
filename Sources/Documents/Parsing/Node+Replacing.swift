extension Node {
  /// The same tree with another node at a JSON pointer, which then has the path of what it replaces and its own place.
  ///
  /// - Returns: nil where there is nothing at the pointer.
  package func replacing(_ pointer: String, with node: Node) -> Node? {
    replacing(JSONPointer.components(pointer)[...], with: node)
  }

  private func replacing(_ keys: ArraySlice<String>, with node: Node) -> Node? {
    guard let key = keys.first else { return node.rebased(to: path) }
    switch content {
    case .object(var members):
      guard let index = members.firstIndex(where: { $0.name == key }),
        let value = members[index].value.replacing(keys.dropFirst(), with: node)
      else { return nil }
      members[index] = Member(name: key, position: members[index].position, value: value)
      return Node(.object(members), position: position, path: path)
    case .array(var elements):
      guard let index = Int(key), elements.indices.contains(index),
        let value = elements[index].replacing(keys.dropFirst(), with: node)
      else { return nil }
      elements[index] = value
      return Node(.array(elements), position: position, path: path)
    case .null, .bool, .number, .string, .invalid: return nil
    }
  }

  /// The same node at another path.
  private func rebased(to path: String) -> Node {
    switch content {
    case .object(let members):
      let moved = members.map { member in
        Member(
          name: member.name, position: member.position,
          value: member.value.rebased(to: "\(path)/\(JSONPointer.escape(member.name))"))
      }
      return Node(.object(moved), position: position, path: path)
    case .array(let elements):
      return Node(
        .array(elements.enumerated().map { $1.rebased(to: "\(path)/\($0)") }), position: position, path: path)
    case .null, .bool, .number, .string, .invalid: return Node(content, position: position, path: path)
    }
  }
}
