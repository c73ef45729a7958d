import Documents

extension FieldKind where Value == WorkspaceName {
  /// The name of a document of the workspace.
  static var documentName: FieldKind {
    .made(from: .string, json: { .string("\($0)") }) { text throws(FormViolation) in
      guard let name = WorkspaceName(text), DocumentLibrary.isDocument(name) else {
        throw FormViolation("expected the name of a document, such as scenarios/mine.json, found \(quoted(text))")
      }
      return name
    }
  }

  /// The name of a folder of results: one word.
  static var folderName: FieldKind {
    .made(from: .string, json: { .string("\($0)") }) { text throws(FormViolation) in
      guard let name = WorkspaceName(text), name.words.count == 1 else {
        throw FormViolation("expected a folder's name without slashes, found \(quoted(text))")
      }
      return name
    }
  }
}
