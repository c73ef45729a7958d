import Documents

/// The distributions that a document can write in place of a number; a new one is one file and one line here.
package enum Distributions {
  /// Every notation, by name.
  package static let catalogue: [Entry] = [
    Entry(
      "between", keys: ["between"], #"{"between": [a, b]}"#, "every value from the first to the second is as likely",
      Uniform.form),
    Entry(
      "typical", keys: ["low", "typical", "high"], #"{"low": a, "typical": b, "high": c}"#,
      "PERT: from low to high, likeliest at typical", Pert.form),
    Entry(
      "normal", keys: ["normal"], #"{"normal": {"mean": a, "sd": b}}"#, "normal, cut to the field's range", Normal.form),
    Entry(
      "lognormal", keys: ["lognormal"], #"{"lognormal": {"median": a, "sigma": b}}"#,
      "lognormal, cut to the field's range", LogNormal.form),
    Entry(
      "exponential", keys: ["exponential"], #"{"exponential": {"mean": a}}"#,
      "exponential: the time to something that comes at a constant rate", Exponential.form),
    Entry(
      "gamma", keys: ["gamma"], #"{"gamma": {"shape": a, "mean": b}}"#, "gamma: positive, skewed to the right",
      Gamma.form),
    Entry(
      "beta", keys: ["beta"], #"{"beta": {"a": a, "b": b, "from": c, "to": d}}"#, "beta, stretched over a range",
      Beta.form),
    Entry(
      "studentT", keys: ["studentT"], #"{"studentT": {"median": a, "scale": b, "degrees": c}}"#,
      "Student t: symmetric, with heavy tails, cut to the field's range", StudentT.form),
    Entry(
      "pareto", keys: ["pareto"], #"{"pareto": {"least": a, "tail": b}}"#,
      "Pareto: a power law from its least value on", Pareto.form),
    Entry(
      "generalisedPareto", keys: ["generalisedPareto"],
      #"{"generalisedPareto": {"threshold": a, "scale": b, "shape": c}}"#, "what lies over a high threshold",
      GeneralisedPareto.form),
    Entry(
      "oneOf", keys: ["oneOf"], #"{"oneOf": [a, b]}"#,
      "one of several numbers or distributions, each as likely as its weight says", Mixture.form),
  ]

  /// A notation: its keys, and the form that reads it for a given kind of number.
  package struct Entry: Sendable {
    /// What it is called in listings.
    package let name: String
    /// The keys that stand in the object.
    package let keys: [String]
    /// How it is written.
    package let notation: String
    /// What it is, in one line.
    package let summary: String
    /// Its form for one kind of number.
    package let form: @Sendable (Scalar) -> Form<any Distribution>

    init(
      _ name: String, keys: [String], _ notation: String, _ summary: String,
      _ form: @escaping @Sendable (Scalar) -> Form<any Distribution>
    ) {
      self.name = name
      self.keys = keys
      self.notation = notation
      self.summary = summary
      self.form = form
    }
  }

  /// The notation of an object, told by its keys; nil when it has none of theirs.
  static func entry(of node: Node) -> Entry? {
    let keys = (node.members ?? []).map(\.name)
    return catalogue.first { entry in keys.contains { entry.keys.contains($0) } }
  }

  /// The law at a node in words, with its numbers as they were written; nil where there is no law.
  static func text(of node: Node, _ scalar: Scalar) -> String? {
    let reading = Reading()
    guard let law = entry(of: node)?.form(scalar).value(of: node, reading) else { return nil }
    let written = node.leaves.map { (value: scalar.parse($0, reading), text: $0.string ?? $0.inDigits) }
    return law.text { number in written.first { $0.value == number }?.text ?? scalar.format(number) }
  }

  /// All notations as they are written, for messages.
  static var inWords: String {
    let written = catalogue.map(\.notation)
    return written.dropLast().joined(separator: ", ") + " or " + (written.last ?? "")
  }

  /// The key sets of all notations, by which an object that extends another is told from it.
  package static var notations: [[String]] { catalogue.map(\.keys) }

  /// What `stresslab list distributions` prints.
  package static var description: CatalogueDescription {
    CatalogueDescription(
      title: "distributions",
      entries: catalogue.map { entry in
        .init(name: entry.name, summary: "\(entry.summary): \(entry.notation)", fields: entry.form(.number()).fields)
      })
  }
}

extension Node {
  /// The nodes at and below this one that are neither objects nor arrays.
  fileprivate var leaves: [Node] {
    if let members { return members.flatMap(\.value.leaves) }
    return elements?.flatMap(\.leaves) ?? [self]
  }

  /// A number as it was written; empty for anything else.
  fileprivate var inDigits: String { if case .number(_, let text) = content { text } else { "" } }
}
