import Documents

/// The correlations towards which an event blends those of some assets.
package enum CorrelationGoal: Sendable, Hashable {
  /// All to one: everything moves together, some assets against the others where the event says so.
  case one
  /// All to zero: each goes its own way.
  case zero
  /// Numbers by pairs; the pairs that are not there keep the market's own.
  case pairs([AssetPair: Double])
}

extension FieldKind where Value == CorrelationGoal {
  /// `"one"`, `"zero"`, or numbers by pair of assets as in `dependence.correlations`.
  static var correlationGoal: FieldKind {
    let words = FieldKind.made(from: FieldKind<String>.choice(["one", "zero"])) { word in
      word == "one" ? .one : .zero
    }
    let pairs = FieldKind.made(from: FieldKind<[AssetPair: Double]>.correlations) { .pairs($0) }
    return .either("\"one\", \"zero\" or numbers by pair of assets", [(.string, words), (.object, pairs)])
  }
}
