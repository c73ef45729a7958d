/// Reads documents from files and merges what they extend.
package struct DocumentLoader: Sendable {
  /// What gives the bytes of files.
  package let contents: FileContents.Reader
  /// Key sets of objects that are values of one notation, such as distributions: when an object of one notation
  /// extends one of another, it replaces it.
  package let notations: [Set<String>]

  /// A loader; without `contents` it reads the file system.
  package init(
    notations: [Set<String>] = [], contents: @escaping FileContents.Reader = FileContents.read
  ) {
    self.contents = contents
    self.notations = notations
  }

  /// The document in a file, with what it extends.
  ///
  /// - Throws: mistakes in the syntax of any file, missing files, cycles.
  package func load(_ path: String) throws(Problems) -> Document {
    try load(FileContents.needed(path, contents), file: path)
  }

  /// A document from memory; `file` names it and is what relative paths start from.
  package func load(_ bytes: [UInt8], file: String) throws(Problems) -> Document {
    var inheritance = Inheritance(loader: self)
    return try inheritance.document(bytes, file: file)
  }
}
