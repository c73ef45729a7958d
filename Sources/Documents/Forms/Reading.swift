/// What goes along while a document is read: the problems found so far, and what one part of a document tells others.
package final class Reading {
  /// The problems found so far, in the order of reading.
  package private(set) var problems: [Problem]
  private var values: [ObjectIdentifier: Any] = [:]
  private var names: [String: Declared] = [:]
  private var hints = Suggestion.Budget()

  /// Names of one kind, for looking up and for messages.
  private struct Declared {
    let all: [String]
    let known: Set<String>
    /// Names that stand for something else, with what that is.
    let reserved: [String: String]
  }

  /// A reading with the problems that parsing has left.
  package init(problems: [Problem] = []) { self.problems = problems }

  /// Notes a problem at a node.
  ///
  /// - Parameter fault: what the system failed at, where it is that.
  package func report(_ message: String, at node: Node, _ fault: SystemFault? = nil) {
    problems.append(Problem(position: node.position, path: node.path, message: message, fault: fault))
  }

  /// Notes a problem at a member's key.
  package func report(_ message: String, at member: Node.Member, of node: Node) {
    problems.append(Problem(position: member.position, path: node.path(to: member.name), message: message))
  }

  /// Notes the problems of another file, such as recorded data that a document names; they keep their own places.
  package func report(_ problems: Problems) { self.problems += problems.all }

  /// Notes the problems of another file that a node names: what is said of the file as a whole stands at the node, all else at
  /// its own place.
  package func report(_ problems: Problems, ofFileAt node: Node) {
    for problem in problems.all where problem.position.line == 0 {
      // The folder of the document itself has no name that is left of it.
      let file = problem.position.file.isEmpty ? node.string ?? "" : problem.position.file
      report("\(file): \(problem.message)", at: node, problem.fault)
    }
    self.problems += problems.all.filter { $0.position.line > 0 }
  }

  /// Notes that a node is of the wrong type; says nothing where a problem was reported already.
  ///
  /// - Parameter expected: what should stand there, such as `a number`.
  package func report(expected: String, at node: Node) {
    switch node.content {
    case .invalid: return
    case .null: report("expected \(expected), found null; leave the key out instead", at: node)
    default: report("expected \(expected), found \(node.inWords)", at: node)
    }
  }

  /// A value that one part of a document tells the others.
  package subscript<Key: ReadingKey>(key: Key.Type) -> Key.Value {
    get { values[ObjectIdentifier(key)] as? Key.Value ?? Key.initial }
    set { values[ObjectIdentifier(key)] = newValue }
  }

  /// Says which names of a kind (`asset`, `event`) references may use from here on.
  ///
  /// - Parameter reserved: names that stand for something else in some places, with what that is.
  package func declare(_ kind: String, _ names: [String], reserved: [String: String] = [:]) {
    self.names[kind] = Declared(all: names, known: Set(names), reserved: reserved)
  }

  /// The nearest of some names, in words; nothing once many hints were given.
  package func hint(for name: String, among candidates: [String]) -> String { hints.hint(for: name, among: candidates) }

  /// The names of a kind, or nil when nobody has declared any: then every name is taken.
  package func names(of kind: String) -> [String]? { names[kind]?.all }

  /// Checks a reference to a declared name and reports it, with the nearest one, when it is unknown.
  ///
  /// - Parameter word: a name that is known as well.
  /// - Returns: whether the name is known (or nobody has declared names of this kind).
  @discardableResult
  package func resolve(_ name: String, _ kind: String, or word: String? = nil, report: (String) -> Void) -> Bool {
    guard let declared = names[kind], !declared.known.contains(name), name != word else { return true }
    if let meaning = declared.reserved[name] {
      report("\(quoted(name)) stands for \(meaning), and here a name of one \(kind) is asked for")
      return false
    }
    let candidates = declared.all + (word.map { [$0] } ?? [])
    report("no \(kind) named \(quoted(name))\(hint(for: name, among: candidates))")
    return false
  }
}

/// The type of a value that one part of a document tells the others, such as the length of a trading day.
package protocol ReadingKey {
  /// The value's type.
  associatedtype Value
  /// What holds until something else was said.
  static var initial: Value { get }
}
