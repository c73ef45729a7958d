import Documents

/// The distributions that a document can write in place of a number; a new one is one file and one line here.
package enum Distributions {
  /// Every notation, by name.
  package static let catalogue: [Entry] = [
    Entry("between", keys: ["between"], "every value from the first to the second is as likely", Uniform.form),
    Entry("typical", keys: ["low", "typical", "high"], "PERT: from low to high, likeliest at typical", Pert.form),
    Entry("normal", keys: ["normal"], "normal, cut to the field's range", Normal.form),
    Entry("lognormal", keys: ["lognormal"], "lognormal, cut to the field's range", LogNormal.form),
  ]

  /// A notation: its keys, and the form that reads it for a given kind of number.
  package struct Entry: Sendable {
    /// What it is called in listings.
    package let name: String
    /// The keys that stand in the object.
    package let keys: [String]
    /// What it is, in one line.
    package let summary: String
    /// Its form for one kind of number.
    package let form: @Sendable (Scalar) -> Form<any Distribution>

    init(
      _ name: String, keys: [String], _ summary: String, _ form: @escaping @Sendable (Scalar) -> Form<any Distribution>
    ) {
      self.name = name
      self.keys = keys
      self.summary = summary
      self.form = form
    }
  }

  /// The key sets of all notations, by which an object that extends another is told from it.
  package static var notations: [[String]] { catalogue.map(\.keys) }

  /// What `stresslab list distributions` prints.
  package static var description: CatalogueDescription {
    CatalogueDescription(
      title: "distributions",
      entries: catalogue.map { entry in
        .init(name: entry.name, summary: entry.summary, fields: entry.form(.number()).fields)
      })
  }
}
