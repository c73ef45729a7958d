import Documents

/// `{"oneOf": [{"weight": 0.5, "value": -0.1}, {"weight": 0.5, "value": {"between": [0.1, 0.2]}}]}`: one of several numbers
/// or laws, each as likely as its weight says. A number or a law without a weight has the weight 1: `{"oneOf": [-0.1, 0.1]}`.
///
/// One uniform serves: it chooses the part, and what is left of it inside the part's share, rescaled, draws from the part.
/// That is exact in law, also where parts overlap, but rises with the uniform within a part only. Each part is cut to the
/// field's legal range by itself, so that it keeps its weight.
package struct Mixture: Distribution {
  /// One of the numbers or laws.
  package struct Part: Sendable, Hashable {
    /// How likely it is, relative to the others; above 0.
    package let weight: Double
    /// What is drawn where it is chosen.
    package let draw: Draw

    /// States a part.
    package init(weight: Double = 1, _ draw: Draw) {
      self.weight = weight
      self.draw = draw
    }
  }

  /// The parts, at least one.
  package let parts: [Part]
  /// `[part]`: the share of the parts up to and including it; the last is 1.
  private let ends: [Double]

  /// A mixture of at least one part.
  package init(_ parts: [Part]) {
    precondition(!parts.isEmpty, "Invariant: a mixture has a part")
    self.parts = parts
    let total = parts.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    var ends: [Double] = []
    for part in parts {
      sum += part.weight
      ends.append(sum / total)
    }
    ends[ends.count - 1] = 1
    self.ends = ends
  }

  private func share(_ part: Int) -> Double { ends[part] - (part == 0 ? 0 : ends[part - 1]) }

  package func value(uniform u: Double) -> Double {
    let part = ends.firstIndex { u < $0 } ?? ends.count - 1
    let begin = part == 0 ? 0 : ends[part - 1]
    return parts[part].draw.value(uniform: (u - begin) / (ends[part] - begin))
  }

  package func cumulative(_ x: Double) -> Double {
    if x >= support.upperBound { return 1 }
    return min(1, parts.indices.reduce(0) { $0 + share($1) * parts[$1].draw.cumulative(x) })
  }

  /// The smallest x with P(X ≤ x) ≥ p, between the quantiles of the parts, by halves: where there is a point mass, several p
  /// have the same.
  package func quantile(_ p: Double) -> Double {
    let quantiles = parts.map { $0.draw.quantile(p) }
    var (low, high) = (quantiles.min() ?? .nan, quantiles.max() ?? .nan)
    if cumulative(low) >= p { return low }
    while true {
      let middle = low + 0.5 * (high - low)
      guard middle > low && middle < high else { return high }
      if cumulative(middle) >= p { high = middle } else { low = middle }
    }
  }

  package var support: ClosedRange<Double> {
    (parts.map(\.draw.lowerBound).min() ?? 0)...(parts.map(\.draw.upperBound).max() ?? 0)
  }

  package func text(_ number: (Double) -> String) -> String {
    let words = parts.indices.map { part in
      "\(parts[part].draw.text(number)) (\(JSONWriter.number((share(part) * 1000).rounded() / 10)) %)"
    }
    return "one of: " + words.joined(separator: ", ")
  }

  static func form(_ scalar: Scalar) -> Form<any Distribution> {
    Form(
      Field(
        "oneOf", .list(.part(scalar), count: 1...64),
        #"numbers or distributions, or {"weight": w, "value": …} with a weight other than 1"#),
      make: { Mixture($0) })
  }
}

extension FieldKind where Value == Mixture.Part {
  /// A number or a law, with a weight or without.
  fileprivate static func part(_ scalar: Scalar) -> FieldKind {
    let draws = FieldKind<Draw>.draw(scalar)
    let weighted = Form(
      Field("weight", .weight, default: 1, "how likely it is, relative to the others"),
      Field("value", draws, "a number or a distribution"),
      make: { Mixture.Part(weight: $0, $1) })
    return FieldKind(
      draws.type, schema: { .anyOf([draws.schema($0), weighted.schema($0)]) }
    ) { node, reading in
      node["value"] != nil || node["weight"] != nil
        ? weighted.value(of: node, reading) : draws.read(node, reading).map { Mixture.Part($0) }
    }
  }
}

extension FieldKind where Value == Double {
  /// How likely one of several is, relative to the others.
  package static var weight: FieldKind { .number(in: .above(0, atMost: 1_000_000)) }
}
