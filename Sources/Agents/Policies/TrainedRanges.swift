import Documents

/// Between which ends each input of an agent lay in its training, as far as its files say.
package struct TrainedRanges: Sendable, Hashable {
  /// Where the ends come from.
  package enum Source: String, Sendable, Codable {
    /// The record in `agent.json`: the lowest and the highest that the agent saw on paths of its training.
    case record
    /// The frozen statistics that its observations are scaled by: four standard deviations on either side of the mean.
    case normaliser
  }

  /// The lowest and the highest number of one input.
  package struct Ends: Sendable, Hashable, Codable {
    package let low: Double
    package let high: Double

    /// States both.
    package init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }

    /// What belongs to it: with a thousandth of the larger end on either side, or of 1, which is the order of inputs: an
    /// input that never moved in training is not news for the last traces of a shock that is over.
    package var widened: ClosedRange<Double> {
      let slack = 1e-3 * max(1, abs(low), abs(high))
      return low - slack...high + slack
    }
  }

  /// Where they come from.
  package let source: Source
  /// In the order of the inputs.
  package let inputs: [Ends]

  /// Standard deviations from a mean up to which a number belongs to what the mean is of, where only these are known.
  static let deviations = 4.0

  /// Nil where the agent's files say nothing of it.
  package init?(_ agent: SavedAgent) {
    let names = agent.observations.names(agent.assets)
    if let ranges = agent.training?["inputs"]?["ranges"], case .array(let rows) = ranges {
      let ends = rows.compactMap { row -> (String, Ends)? in
        guard case .string(let name)? = row["name"], let low = row["low"]?.double, let high = row["high"]?.double,
          low <= high
        else { return nil }
        return (name, Ends(low: low, high: high))
      }
      if ends.map(\.0) == names {
        (source, inputs) = (.record, ends.map(\.1))
        return
      }
    }
    guard let normaliser = agent.policy.normaliser else { return nil }
    source = .normaliser
    inputs = zip(normaliser.mean, normaliser.variance).map { mean, variance in
      let reach = Self.deviations * (variance + normaliser.epsilon).squareRoot()
      return Ends(low: mean - reach, high: mean + reach)
    }
  }

  /// The record of ends that were seen, as `inputs` of `training` in `agent.json`.
  ///
  /// - Parameter paths: of each market on which they were seen.
  package static func record(_ names: [String], _ ends: [Ends], paths: Int) -> JSONValue {
    [
      "paths": .integer(paths),
      "ranges": .array(
        zip(names, ends).map { name, ends in
          ["name": .string(name), "low": .number(ends.low), "high": .number(ends.high)]
        }),
    ]
  }
}

extension JSONValue {
  /// A number, whole or not; nil of anything else.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value.isFinite ? value : nil
    case .null, .bool, .string, .array, .object: nil
    }
  }
}
