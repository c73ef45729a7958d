import Documents
import Markets

/// The values that a document says, each with the note that stands behind it.
struct SourcedValues: Sendable {
  private let document: Document
  private let sources: [SourceNote]

  /// Of a document and its notes.
  init(_ document: Document, _ sources: [SourceNote]) {
    self.document = document
    self.sources = sources
  }

  /// A line for each value, in their order.
  func lines(_ values: [DocumentValue]) -> [ParameterLine] {
    values.map { value in
      let source = source(of: value.pointer)
      return ParameterLine(
        path: value.pointer, keys: keys(of: value.pointer), text: value.text,
        unit: value.unit.isEmpty ? nil : value.unit, basis: source?.basis, source: source?.text)
    }
  }

  /// The keys of a pointer; entries of lists stand without their numbers.
  private func keys(of pointer: String) -> [String] {
    var node: Node? = document.root
    return JSONPointer.components(pointer).filter { component in
      let isEntry = node?.elements != nil
      node = node?.node(at: "/\(JSONPointer.escape(component))")
      return !isEntry
    }
  }

  /// The note that stands behind a value: its own, or that of the nearest object around it. What a document extends says
  /// nothing of a value that the document has put in its place.
  private func source(of pointer: String) -> SourceNote? {
    let value = generation(document.root.node(at: pointer))
    return sources.filter { note in
      (pointer == note.pointer || pointer.hasPrefix(note.pointer + "/"))
        && value >= generation(document.root["sources"]?[note.pointer])
    }
    .max { $0.pointer.utf8.count < $1.pointer.utf8.count }
  }

  /// How many documents extend, one through the other, the one that a node stands in; 0 of the document itself, and of a node
  /// that nobody wrote.
  private func generation(_ node: Node?) -> Int {
    node.flatMap { node in document.files.firstIndex { $0.path == node.position.file } } ?? 0
  }
}
