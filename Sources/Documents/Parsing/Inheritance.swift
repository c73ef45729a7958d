/// Merges documents and objects with what they extend.
///
/// `extends` names a file, relative to the document, or a sibling in the same object. Members merge by name; an object
/// whose `model` differs, or that is a value of another notation, replaces; `null` takes away what it stands for. Nodes keep their own places. What a whole
/// document extends is merged first, so that a sibling may come from there.
///
/// Each file is read once, and the work is that of writing down the merged document; what a few lines could grow to is
/// bounded by `Limits` over the whole load.
struct Inheritance {
  /// What a whole load may come to; beyond it the documents are refused.
  enum Limits {
    /// Files, the document itself included.
    static let files = 1000
    /// How often one thing extends another that extends another …
    static let links = 64
    /// Values of the merged document.
    static let values = 1_000_000
    /// Nesting of arrays and objects after the merge, as in one document.
    static let depth = DocumentParser.maximumDepth
  }

  private let loader: DocumentLoader
  private var files: [Document.SourceFile] = []
  private var problems: [Problem] = []
  /// The files that are being read, for finding cycles.
  private var open: [String] = []
  /// Trees of the files that were read, over those that they extend; nil after a problem.
  private var trees: [String: Tree?] = [:]

  /// Nodes visited: what a few lines extend again and again can grow without bound.
  private var visited = 0
  /// Arrays and objects around what is being resolved.
  private var depth = 0
  /// Limits that were told already: each is, once.
  private var told: Set<String> = []
  private var hints = Suggestion.Budget()

  /// A node, and how often what it extends extends another.
  private struct Tree {
    let node: Node
    let links: Int
  }

  init(loader: DocumentLoader) { self.loader = loader }

  mutating func document(_ bytes: [UInt8], file: String) throws(Problems) -> Document {
    let path = FileContents.path(file, relativeTo: "")
    open.append(path)
    defer { open.removeLast() }
    guard let root = raw(bytes, file: file).map({ resolved($0.node) }) else { throw Problems(problems) }
    return Document(root: root, files: files, problems: problems)
  }

  // MARK: Files

  /// A file's tree over those of the documents that it extends, with its siblings unresolved; nil after a problem.
  private mutating func raw(_ bytes: [UInt8], file: String) -> Tree? {
    files.append(.init(path: file, bytes: bytes))
    let parsed: (root: Node, problems: [Problem])
    do {
      parsed = try DocumentParser.parse(bytes, file: file)
    } catch {
      problems += error.all
      return nil
    }
    problems += parsed.problems
    guard let members = parsed.root.members, let link = parsed.root["extends"] else {
      return Tree(node: parsed.root, links: 0)
    }
    let own = Node(
      .object(members.filter { $0.name != "extends" }), position: parsed.root.position, path: parsed.root.path)
    guard let name = text(of: link), let base = tree(name, link) else { return nil }
    guard base.links < Limits.links else { return refuse(Self.tooManyLinks, link) }
    return Tree(node: merged(own, over: base.node), links: base.links + 1)
  }

  /// The tree of a file that is extended; notes that it is missing, or being read already.
  private mutating func tree(_ name: String, _ link: Node) -> Tree? {
    let path = FileContents.path(name, relativeTo: link.position.file)
    if open.contains(path) {
      note("\(quoted(path)) extends itself, through \(Self.chain(open))", link)
      return nil
    }
    if let known = trees[path] { return known }
    guard open.count <= Limits.links else { return refuse(Self.tooManyLinks, link) }
    guard files.count < Limits.files else {
      return refuse("more than \(Limits.files) files are extended here", link)
    }
    guard let bytes = bytes(path, link) else {
      trees[path] = .some(nil)
      return nil
    }
    open.append(path)
    defer { open.removeLast() }
    let tree = raw(bytes, file: path)
    trees[path] = .some(tree)
    return tree
  }

  /// What a file that is extended holds; notes that it is missing, or that the system failed.
  private mutating func bytes(_ path: String, _ link: Node) -> [UInt8]? {
    do throws(SystemFault) {
      if let bytes = try loader.contents(path) { return bytes }
      note("there is no file \(quoted(path)), or it can't be read", link)
    } catch {
      note("\(quoted(path)) can't be read: \(error)", link, error)
    }
    return nil
  }

  private static let tooManyLinks = "a chain of more than \(Limits.links) that extend each other"

  /// What extends each other, in words: of a long chain both ends.
  private static func chain(_ names: [String]) -> String {
    names.count > 8
      ? (names.prefix(4) + ["…"] + names.suffix(3)).joined(separator: ", ") : names.joined(separator: ", ")
  }

  // MARK: Siblings

  /// The members of one object while they are resolved.
  private struct Siblings {
    var raw: [String: Node] = [:]
    var done: [String: Tree] = [:]
    var open: [String] = []
  }

  /// A tree with everything that the objects in it extend.
  private mutating func resolved(_ node: Node) -> Node {
    visited += 1
    let nothing = Node(.invalid, position: node.position, path: node.path)
    guard visited <= Limits.values else {
      return refuse("what is extended here grows beyond a million values", node) ?? nothing
    }
    depth += 1
    defer { depth -= 1 }
    switch node.content {
    case .array, .object:
      guard depth <= Limits.depth else {
        return refuse("what is extended here is nested more than \(Limits.depth) levels deep", node) ?? nothing
      }
    default: return node
    }
    if let elements = node.elements {
      var nodes: [Node] = []
      for element in elements { nodes.append(resolved(element)) }
      return Node(.array(nodes), position: node.position, path: node.path)
    }
    let members = node.members ?? []
    var siblings = Siblings()
    for member in members { siblings.raw[member.name] = member.value }
    var values: [Node.Member] = []
    for member in members {
      let value = resolved(member.name, member.value, &siblings).node
      values.append(Node.Member(name: member.name, position: member.position, value: value))
    }
    return Node(.object(values), position: node.position, path: node.path)
  }

  /// One member with what it extends; invalid after a problem.
  private mutating func resolved(_ name: String, _ node: Node, _ siblings: inout Siblings) -> Tree {
    if let done = siblings.done[name] { return done }
    siblings.open.append(name)
    defer { siblings.open.removeLast() }
    var value = Tree(node: Node(.invalid, position: node.position, path: node.path), links: 0)
    if let members = node.members, let link = node["extends"] {
      let own = Node(.object(members.filter { $0.name != "extends" }), position: node.position, path: node.path)
      if let base = base(link, &siblings) {
        value = Tree(node: resolved(merged(own, over: base.node)), links: base.links + 1)
      }
    } else {
      value = Tree(node: resolved(node), links: 0)
    }
    siblings.done[name] = value
    return value
  }

  /// What a member extends, resolved: a sibling, or the root of a file.
  private mutating func base(_ link: Node, _ siblings: inout Siblings) -> Tree? {
    guard let name = text(of: link) else { return nil }
    if let sibling = siblings.raw[name] {
      if siblings.open.contains(name) {
        note("\(quoted(name)) extends itself, through \(Self.chain(siblings.open.map(quoted)))", link)
        return nil
      }
      guard siblings.open.count <= Limits.links else { return refuse(Self.tooManyLinks, link) }
      let base = resolved(name, sibling, &siblings)
      if case .invalid = base.node.content { return nil }
      guard base.links < Limits.links else { return refuse(Self.tooManyLinks, link) }
      return base
    }
    if name.contains("/") || name.hasSuffix(".json") { return tree(name, link) }
    note(
      "no sibling named \(quoted(name))"
        + hints.hint(for: name, among: siblings.raw.keys.filter { !siblings.open.contains($0) }),
      link)
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
      if case .null = overriding.value.content { continue }
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

  /// Notes that a limit is passed, the first time; nil.
  private mutating func refuse<Result>(_ message: String, _ node: Node) -> Result? {
    if told.insert(message).inserted { note(message, node) }
    return nil
  }

  private mutating func note(_ message: String, _ node: Node, _ fault: SystemFault? = nil) {
    problems.append(Problem(position: node.position, path: node.path, message: message, fault: fault))
  }
}
