import Documents

/// Where a number of a scenario comes from.
package struct SourceNote: Sendable, Hashable {
  /// On what it rests.
  package enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
    /// Fitted to data that are named.
    case fitted
    /// Taken from the literature that is named.
    case literature
    /// Somebody's judgement, with reasons.
    case judgement
  }

  /// JSON pointer of what it stands behind.
  package let pointer: String
  /// On what it rests.
  package let basis: Basis
  /// The source in words.
  package let text: String

  /// States a source.
  package init(pointer: String, basis: Basis, text: String) {
    self.pointer = pointer
    self.basis = basis
    self.text = text
  }
}

extension SourceNote {
  /// The fields of a note in documents; its key is the pointer.
  static let form = Form(
    Field("basis", .word(Basis.self), "fitted to data, literature, or judgement"),
    Field("text", .string, "the source in words"), make: { Draft(basis: $0, text: $1) })

  /// A note before it is known what it stands behind.
  struct Draft: Sendable {
    let basis: Basis
    let text: String
  }
}

extension FieldKind where Value == [SourceNote] {
  /// Notes by the JSON pointer of what they stand behind, which must be in the document. A note of a document that is
  /// extended goes with what the document at hand has taken away.
  package static var sources: FieldKind {
    let notes = FieldKind<Named<SourceNote.Draft>>.named(form: SourceNote.form, names: .anything)
    return FieldKind(
      FieldType("object by JSON pointer", fields: SourceNote.form.fields), schema: notes.schema,
      json: { $0.isEmpty ? .object([]) : nil }
    ) { node, reading in
      guard let read = notes.read(node, reading) else { return nil }
      var gone: Set<String> = []
      if let root = reading[DocumentRoot.self] {
        let unknown = (node.members ?? []).filter { !root.has($0.name) }
        let inherited = unknown.filter { $0.position.file != root.position.file }
        gone = Set(inherited.map(\.name))
        // A source says nothing of sources.
        let known = unknown.count == inherited.count ? [] : root.pointers.filter { !$0.hasPrefix("/sources") }
        for member in unknown where !gone.contains(member.name) {
          let hint = reading.hint(for: member.name, among: known)
          reading.report("there is nothing at \(quoted(member.name))\(hint)", at: member, of: node)
        }
      }
      return read.filter { !gone.contains($0.name) }.map {
        SourceNote(pointer: $0.name, basis: $0.value.basis, text: $0.value.text)
      }
    }
  }
}

extension Node {
  /// Whether a pointer from the document's root leads somewhere.
  fileprivate func has(_ pointer: String) -> Bool { pointer.hasPrefix("/") && node(at: pointer) != nil }

  /// The pointers of everything in a document, for hints.
  package var pointers: [String] {
    func below(_ node: Node, _ pointer: String) -> [String] {
      (node.members ?? []).flatMap { member in
        let next = pointer + "/" + JSONPointer.escape(member.name)
        return [next] + below(member.value, next)
      }
    }
    return below(self, "")
  }
}
