import Statistics

/// A trained agent of the run, as its page shows it.
package struct PolicySummary: Codable, Sendable, Equatable {
  /// What its files say.
  package let record: PolicyRecord
  /// What it did, one for each scenario in which it takes part, in the study's order.
  package let behaviours: [PolicyBehaviour]
}

/// What a trained agent did in one market: on the first paths of the run at the scenario's largest severity, behind the
/// risk profile with the fewest rules (of several the first), which lets most of what it wants be seen.
package struct PolicyBehaviour: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// θ.
  package let severity: Double
  /// Its risk profile.
  package let risk: String
  /// The first of the paths that were looked at.
  package let firstPath: Int64
  /// How many.
  package let paths: Int
  /// By asset and input, how much the target weight depends on the input.
  package let effects: [InputEffect]
  /// Its target weight against its two main inputs, asset by asset.
  package let maps: [BehaviourMap]
  /// What it saw that it was not trained on, and how often it wanted all that it may.
  package let health: PolicyHealth
}

/// When something was, seen from the events.
package enum PolicyPhase: String, Codable, Sendable, CaseIterable {
  /// At any time, where no event is.
  case throughout
  /// At closes up to the start of the first event; on a path without any, always.
  case before
  /// At closes after the start of an event, up to its window's end.
  case inside
  /// At closes after the first event that are inside none.
  case after

  /// As it is told where a market has events, in order.
  static let ofEvents: [PolicyPhase] = [.before, .inside, .after]
}

/// How much a target weight depends on an input.
package struct InputEffect: Codable, Sendable, Equatable {
  /// By the agent's own name.
  package let asset: String
  /// The input's name.
  package let input: String
  /// Mean absolute change of the target weight, a multiple of equity, as the input goes from half a standard deviation
  /// under what it is to half of one over it, all others as they are.
  package let effect: Double
  /// That standard deviation.
  package let standardDeviation: Double
}

/// What a policy would want over a range of its two main inputs, all others at their medians.
package struct BehaviourMap: Codable, Sendable, Equatable {
  /// By the agent's own name.
  package let asset: String
  /// The input to the right: the one with the largest effect.
  package let x: String
  /// The input upwards: the one with the second largest.
  package let y: String
  /// Middles of the cells, ascending.
  package let xs: [Double]
  /// Likewise.
  package let ys: [Double]
  /// Before the events and inside them; or throughout.
  package let phases: [Phase]

  /// The map at one time.
  package struct Phase: Codable, Sendable, Equatable {
    /// When.
    package let phase: PolicyPhase
    /// Target weight, a multiple of equity, `[y][x]`.
    package let weights: [[Double]]
    /// At which of all inputs: the medians of the states that were visited then.
    package let medians: [Double]
    /// Some of these states: x and y.
    package let visited: [[Double]]
    /// How many there are.
    package let states: Int
  }
}

/// What a policy saw that it was not trained on, and how often it wanted all that it may.
package struct PolicyHealth: Codable, Sendable, Equatable {
  /// Whether times count from the event's start on each path.
  package let isInEventTime: Bool
  /// Share of paths on which an input at least is outside what it was in training; nil where that is not known.
  package let outside: Curve?
  /// Share of paths on which the target weights take up the mandate's whole leverage.
  package let saturated: Curve
  /// The same as shares of closes.
  package let phases: [Phase]
  /// By input, in their order; nil where it is not known what they were in training.
  package let inputs: [Input]?

  /// Shares of the closes of one time at which the agent decides, by paths.
  package struct Phase: Codable, Sendable, Equatable {
    /// When.
    package let phase: PolicyPhase
    /// How many closes.
    package let closes: Int
    /// At which an input at least is outside; nil where that is not known.
    package let outside: Estimate?
    /// At which the target weights take up the whole leverage.
    package let saturated: Estimate
  }

  /// An input, and on which share of closes it is outside what it was in training.
  package struct Input: Codable, Sendable, Equatable {
    /// Its name.
    package let input: String
    /// The ends of training.
    package let low: Double
    /// Likewise.
    package let high: Double
    /// The lowest and the highest that it was in this run.
    package let lowest: Double
    /// Likewise.
    package let highest: Double
    /// In the order of `phases`.
    package let outside: [Estimate]
  }
}
