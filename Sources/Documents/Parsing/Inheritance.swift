/// Merges documents and objects with what they extend.
///
/// `extends` names a file, relative to the document, or a sibling in the same object. Members merge by name; an object
/// whose `model` differs, or that is a value of another notation, replaces. Nodes keep their own places. What a whole
/// document extends is merged first, so that a sibling may come from there.
struct Inheritance {
  private let loader: DocumentLoader
  private var files: [Document.SourceFile] = []
  private var problems: [Problem] = []
  /// The files that are being read, for finding cycles.
  private var open: [String] = []

  /// Nodes visited: what a few lines extend again and again can grow without bound.
  private var visited = 0
  private static let maximumVisited = 1_000_000

  init(loader: DocumentLoader) { self.loader = loader }

  mutating func document(_ bytes: [UInt8], file: String) throws(Problems) -> Document {
    let path = FileContents.path(file, relativeTo: "")
    open.append(path)
    defer { open.removeLast() }
    guard let root = raw(bytes, file: file).map({ resolved($0) }) else { throw Problems(problems) }
    return Document(root: root, files: files, problems: problems)
  }

  // MARK: Files

  /// A file's tree over those of the documents that it extends, with its siblings unresolved; nil after a problem.
  private mutating func raw(_ bytes: [UInt8], file: String) -> Node? {
    if !files.contains(where: { $0.path == file }) { files.append(.init(path: file, bytes: bytes)) }
    let parsed: (root: Node, problems: [Problem])
    do {
      parsed = try DocumentParser.parse(bytes, file: file)
    } catch {
      problems += error.all
      return nil
    }
    problems += parsed.problems
    guard let members = parsed.root.members, let link = parsed.root["extends"] else { return parsed.root }
    let own = Node(
      .object(members.filter { $0.name != "extends" }), position: parsed.root.position, path: parsed.root.path)
    guard let name = text(of: link) else { return nil }
    return reading(name, link) { $0.raw($1, file: $2) }.map { merged(own, over: $0) }
  }

  /// Hands a file's bytes on, or notes that it is missing, or being read already.
  private mutating func reading(
    _ name: String, _ link: Node, _ body: (inout Inheritance, [UInt8], String) -> Node?
  ) -> Node? {
    let path = FileContents.path(name, relativeTo: link.position.file)
    if open.contains(path) {
      note("\(quoted(path)) extends itself, through \(open.joined(separator: ", "))", link)
      return nil
    }
    guard let bytes = loader.contents(path) else {
      note("there is no file \(quoted(path)), or it can't be read", link)
      return nil
    }
    open.append(path)
    defer { open.removeLast() }
    return body(&self, bytes, path)
  }

  // MARK: Siblings

  /// The members of one object while they are resolved.
  private struct Siblings {
    var raw: [String: Node] = [:]
    var done: [String: Node] = [:]
    var open: [String] = []
  }

  /// A tree with everything that the objects in it extend.
  private mutating func resolved(_ node: Node) -> Node {
    visited += 1
    if visited > Self.maximumVisited {
      if visited == Self.maximumVisited + 1 { note("what is extended here grows beyond a million values", node) }
      return Node(.invalid, position: node.position, path: node.path)
    }
    switch node.content {
    case .array(let elements):
      var nodes: [Node] = []
      for element in elements { nodes.append(resolved(element)) }
      return Node(.array(nodes), position: node.position, path: node.path)
    case .object(let members):
      var siblings = Siblings()
      for member in members { siblings.raw[member.name] = member.value }
      var values: [Node.Member] = []
      for member in members {
        let value = resolved(member.name, member.value, &siblings)
        values.append(Node.Member(name: member.name, position: member.position, value: value))
      }
      return Node(.object(values), position: node.position, path: node.path)
    default: return node
    }
  }

  /// One member with what it extends; invalid after a problem.
  private mutating func resolved(_ name: String, _ node: Node, _ siblings: inout Siblings) -> Node {
    if let done = siblings.done[name] { return done }
    siblings.open.append(name)
    defer { siblings.open.removeLast() }
    let value: Node
    if let members = node.members, let link = node["extends"] {
      let own = Node(.object(members.filter { $0.name != "extends" }), position: node.position, path: node.path)
      value =
        base(link, &siblings).map { resolved(merged(own, over: $0)) }
        ?? Node(.invalid, position: node.position, path: node.path)
    } else {
      value = resolved(node)
    }
    siblings.done[name] = value
    return value
  }

  /// What a member extends, resolved: a sibling, or the root of a file.
  private mutating func base(_ link: Node, _ siblings: inout Siblings) -> Node? {
    guard let name = text(of: link) else { return nil }
    if let sibling = siblings.raw[name] {
      if siblings.open.contains(name) {
        let chain = siblings.open.map(quoted).joined(separator: ", ")
        note("\(quoted(name)) extends itself, through \(chain)", link)
        return nil
      }
      let base = resolved(name, sibling, &siblings)
      if case .invalid = base.content { return nil }
      return base
    }
    if name.contains("/") || name.hasSuffix(".json") {
      return reading(name, link) { $0.raw($1, file: $2) }
    }
    let hint = Suggestion.hint(for: name, among: siblings.raw.keys.filter { !siblings.open.contains($0) }.sorted())
    note("no sibling named \(quoted(name))\(hint)", link)
    return nil
  }

  // MARK: Merging

  private func merged(_ node: Node, over base: Node) -> Node {
    guard let members = node.members, let baseMembers = base.members else { return node }
    if let kind = kind(of: node), let baseKind = self.kind(of: base), kind != baseKind { return node }
    var own: [String: Node.Member] = [:]
    for member in members { own[member.name] = member }
    var result: [Node.Member] = []
    for member in baseMembers {
      guard let overriding = own.removeValue(forKey: member.name) else {
        result.append(member)
        continue
      }
      result.append(
        Node.Member(
          name: overriding.name, position: overriding.position, value: merged(overriding.value, over: member.value)))
    }
    result += members.filter { own[$0.name] != nil }
    return Node(.object(result), position: node.position, path: node.path)
  }

  /// The model that an object names, or the notation that its keys belong to.
  private func kind(of node: Node) -> String? {
    if let model = node["model"]?.string { return "model \(model)" }
    let keys = Set(node.members?.map(\.name) ?? [])
    guard !keys.isEmpty else { return nil }
    return loader.notations.firstIndex { keys.isSubset(of: $0) }.map { "notation \($0)" }
  }

  // MARK: Problems

  private mutating func text(of link: Node) -> String? {
    if let text = link.string, !text.isEmpty { return text }
    note("expected the name of a sibling or a file to extend, found \(link.inWords)", link)
    return nil
  }

  private mutating func note(_ message: String, _ node: Node) {
    problems.append(Problem(position: node.position, path: node.path, message: message))
  }
}
