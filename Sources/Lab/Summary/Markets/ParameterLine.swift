import Markets

/// A number of a scenario's file, with where it comes from.
package struct ParameterLine: Codable, Sendable, Equatable {
  /// JSON pointer in the scenario's file.
  package let path: String
  /// The keys of the pointer as they are, entries of lists without their numbers; nil in a file that does not say it.
  package let keys: [String]?
  /// As written in the file; of a distribution, its text.
  package let text: String
  /// What it counts; nil of a pure number, and where the text says its unit itself, as a duration does.
  package let unit: String?
  /// On what it rests; nil where the file gives no source.
  package let basis: SourceNote.Basis?
  /// Where it comes from, in the file's words: its own source or that of the nearest object around it; nil without one.
  package let source: String?

  /// A run makes it from the scenario's file.
  package init(
    path: String, keys: [String]? = nil, text: String, unit: String? = nil, basis: SourceNote.Basis? = nil,
    source: String? = nil
  ) {
    self.path = path
    self.keys = keys
    self.text = text
    self.unit = unit
    self.basis = basis
    self.source = source
  }
}
