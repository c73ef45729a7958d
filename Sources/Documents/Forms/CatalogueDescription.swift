/// A catalogue in words: what `stresslab list` prints.
package struct CatalogueDescription: Sendable, Hashable {
  /// What the models are.
  package let title: String
  /// The models.
  package let entries: [Entry]

  /// A model in words.
  package struct Entry: Sendable, Hashable {
    /// The tag.
    package let name: String
    /// What it is.
    package let summary: String
    /// Its fields.
    package let fields: [FieldDescription]

    /// A model in words.
    package init(name: String, summary: String, fields: [FieldDescription]) {
      self.name = name
      self.summary = summary
      self.fields = fields
    }
  }

  /// A listing.
  package init(title: String, entries: [Entry]) {
    self.title = title
    self.entries = entries
  }

  /// The listing as text: a heading for each model, a line for each field in aligned columns.
  package var text: String {
    entries.map { entry in
      (["\(entry.name): \(entry.summary)"] + FieldDescription.table(entry.fields).map { "  " + $0 })
        .joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n"
  }
}

extension FieldDescription {
  /// Fields as lines in aligned columns: name, type, unit, range, default, meaning.
  package static func table(_ fields: [FieldDescription]) -> [String] {
    let rows = fields.flatMap { $0.flattened() }.map { path, field in
      let standard = field.defaultValue.map { "default \($0.text)" } ?? (field.isRequired ? "required" : "optional")
      return [
        path, field.type.name + (field.type.mayBeDrawn ? ", may be drawn" : ""), field.type.unit, field.type.range,
        standard, field.summary,
      ]
    }
    guard let columns = rows.first?.count else { return [] }
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).compactMap { cell, width in
        width == 0 ? nil : cell + String(repeating: " ", count: width - cell.count)
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
