import Documents

/// A number that a document may leave to chance: fixed, or drawn once per path from a distribution that is cut to the
/// field's legal range by inversion, so that a valid file cannot draw nonsense.
package struct Draw: Sendable, Hashable {
  /// The law before it is cut; nil when the number is fixed.
  package let distribution: (any Distribution)?
  /// The number when it is fixed.
  package let fixedValue: Double?
  /// The smallest value that can be drawn.
  package let lowerBound: Double
  /// The largest value that can be drawn.
  package let upperBound: Double
  /// P(X ≤ lower bound) and P(X ≤ upper bound) before the cut.
  private let mass: ClosedRange<Double>

  /// Always the same number.
  package static func fixed(_ value: Double) -> Draw { Draw(value) }

  private init(_ value: Double) {
    distribution = nil
    fixedValue = value
    lowerBound = value
    upperBound = value
    mass = 0...1
  }

  /// A law cut to a range; nil when less than a millionth of it lies there.
  ///
  /// - Parameter least: what counts as it where less is drawn.
  package init?(_ distribution: any Distribution, in range: QuantityRange = .any, least: Double = -.infinity) {
    // An end that doesn't belong to the range is left by one step of the floating-point grid.
    let lowest = range.lower.map { range.includesLower ? $0 : $0.nextUp } ?? -Double.infinity
    let highest = range.upper.map { range.includesUpper ? $0 : $0.nextDown } ?? Double.infinity
    let low = max(distribution.support.lowerBound, lowest)
    let high = min(distribution.support.upperBound, highest)
    guard low <= high else { return nil }
    // Where nothing is cut off, a point mass at the end stays in.
    let below = low <= distribution.support.lowerBound ? 0 : distribution.cumulative(low)
    let upTo = high >= distribution.support.upperBound ? 1 : distribution.cumulative(high)
    guard upTo - below >= 1e-6 else { return nil }
    self.distribution = distribution
    fixedValue = nil
    lowerBound = min(max(low, least, -Self.largest), high)
    upperBound = min(high, Self.largest)
    mass = below...upTo
  }

  /// A law with a wide spread would draw infinities: beyond this a number counts as this, so that what is told of it is one.
  private static let largest = 1e300

  /// The value at a uniform number in (0, 1).
  package func value(uniform u: Double) -> Double {
    // What is cut has to be drawn by the quantile.
    guard let distribution, mass == 0...1 else { return quantile(u) }
    return min(max(distribution.value(uniform: Self.within(u)), lowerBound), upperBound)
  }

  /// The x with P(X ≤ x) = p, for p in (0, 1).
  package func quantile(_ p: Double) -> Double {
    guard let distribution else { return fixedValue ?? .nan }
    let quantile = distribution.quantile(Self.within(mass.lowerBound + p * (mass.upperBound - mass.lowerBound)))
    return min(max(quantile, lowerBound), upperBound)
  }

  /// P(X ≤ x) of what is drawn.
  package func cumulative(_ x: Double) -> Double {
    if x < lowerBound { return 0 }
    guard let distribution, x < upperBound else { return 1 }
    let part = (distribution.cumulative(x) - mass.lowerBound) / (mass.upperBound - mass.lowerBound)
    return min(max(part, 0), 1)
  }

  /// A probability that may have been rounded to an end of its interval.
  private static func within(_ p: Double) -> Double { min(max(p, 0x1p-60), 1 - 0x1p-53) }

  /// What has to be reckoned with: beyond either end lies one draw in 10¹².
  package var plausible: ClosedRange<Double> {
    let (low, high) = (quantile(1e-12), quantile(1 - 1e-12))
    return min(low, high)...max(low, high)
  }

  /// Uniform between two numbers; fixed when they are one.
  package static func between(_ low: Double, _ high: Double) -> Draw {
    Draw(Uniform(low: low, high: high)) ?? .fixed(low)
  }

  /// The number or the law as people write it.
  package func text(_ number: (Double) -> String) -> String {
    distribution?.text(number) ?? number(lowerBound)
  }

  /// Equal where the fixed number is, or the law and the range that it is cut to.
  package static func == (a: Draw, b: Draw) -> Bool {
    a.fixedValue == b.fixedValue && a.lowerBound == b.lowerBound && a.upperBound == b.upperBound
      && a.distribution.map { AnyHashable($0) } == b.distribution.map { AnyHashable($0) }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(fixedValue)
    hasher.combine(lowerBound)
    hasher.combine(upperBound)
    hasher.combine(distribution.map { AnyHashable($0) })
  }
}

extension FieldKind where Value == Draw {
  /// A number, or a distribution that is drawn once per path.
  package static func draw(_ scalar: Scalar) -> FieldKind {
    let notations = Distributions.catalogue
    let unit = FieldType(scalar).unit
    // A law may come as near to 0 as numbers do; of what lasts no time there are infinitely many in a step.
    let isLasting = scalar.type == "duration" && scalar.range.lower == 0 && !scalar.range.includesLower
    let shortest = isLasting ? 1e-6 : -Double.infinity
    return FieldKind(
      FieldType(scalar, mayBeDrawn: true),
      schema: { definitions in
        .anyOf(
          [scalar.schema]
            + notations.map { entry in
              // The same law of the same kind of number is defined once.
              definitions.defineWithPart("\(entry.name).\(scalar.definitionName)") {
                entry.form(scalar).schema($0).with("description", .string("\(entry.summary): \(entry.notation)"))
              }
            })
      },
      json: { draw in draw.fixedValue.map(scalar.json) },
      values: { node in
        Distributions.text(of: node, scalar).map { [DocumentValue(text: $0, unit: unit)] } ?? node.values(unit: unit)
      }
    ) { node, reading in
      if scalar.takesType(of: node) { return scalar.read(node, reading).map(Draw.fixed) }
      let expected = "\(scalar.expected) or a distribution (\(Distributions.inWords))"
      guard let members = node.members else {
        reading.report(expected: expected, at: node)
        return nil
      }
      let keys = members.map(\.name)
      guard let entry = Distributions.entry(of: node) else {
        let near = keys.lazy.compactMap { Suggestion.nearest(to: $0, among: notations.flatMap(\.keys)) }.first
        let hint = near.map { "; did you mean \(quoted($0))?" } ?? ""
        reading.report("expected \(expected), found \(node.inWords)\(hint)", at: node)
        return nil
      }
      if Set(keys) == ["low", "high"] {
        reading.report(
          #""typical" is missing between "low" and "high"; two ends alone are written {"between": [a, b]}"#, at: node)
        return nil
      }
      guard let distribution = entry.form(scalar).value(of: node, reading) else { return nil }
      guard let draw = Draw(distribution, in: scalar.range, least: shortest) else {
        reading.report(
          "less than a millionth of this distribution lies in the legal range \(scalar.range.text(scalar.format))",
          at: node)
        return nil
      }
      return draw
    }
  }

  /// A number in a unit and range, or a distribution of such numbers.
  package static func draw(_ unit: QuantityUnit = .none, in range: QuantityRange = .any) -> FieldKind {
    .draw(.number(unit, in: range))
  }

  /// A duration, or a distribution of durations.
  package static func drawnDuration(in range: QuantityRange = .atLeast(0)) -> FieldKind {
    .draw(.duration(in: range))
  }
}
