import Trading

/// One path of one desk of a finished run, lived through again and taken down step by step: what the market did, what the
/// desk decided, what narrowed that, what was traded, what it cost, and how it ended.
package struct PathInspection: Sendable {
  /// The desk's number in the run.
  package let desk: Int
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// θ.
  package let severity: Double
  /// The agent's name in the panel.
  package let agent: String
  /// The risk profile's name.
  package let risk: String
  /// The number of the path.
  package let path: Int64
  /// The paths of the run.
  package let paths: Range<Int64>
  /// Whether no path of the run ended worse for the desk: the report's page tells of it.
  package let isWorst: Bool
  /// Names of the assets, by which prices, quantities and weights are ordered.
  package let assets: [String]
  /// Names of the rules of the risk profile, in their order.
  package let rules: [String]
  /// A step in seconds of trading time, and a day, by which people count.
  package let stepSeconds, daySeconds: Double
  /// In quote currency.
  package let startEquity: Double
  /// From t = 0, where nothing is traded yet, to the horizon; the first is step −1.
  package let steps: [Step]
  /// The path in the store's columns, as it was lived through again; the store's row says the same.
  package let outcome: OutcomeRow
  /// As the report keeps it of the worst path: the story in words, events, what moved the equity.
  package let trace: Trace

  /// A step at its close.
  package struct Step: Sendable {
    /// The step that has closed; −1 is t = 0.
    package let step: Int
    /// Trading time since t = 0.
    package let seconds: Double
    /// ISO 8601: of recorded bars what the file says.
    package let time: String
    /// The unaffected mid in the step, by asset; where nothing was before t = 0, the starting price in step −1.
    package let bars: [Bar]
    /// Quote currency; frozen after ruin, at the horizon net of closing out.
    package let equity: Double
    /// The same over starting equity.
    package let equityRatio: Double
    /// The lowest equity so far, within steps too where ruin is watched there.
    package let minimumEquity: Double
    /// Not in positions; negative where it is borrowed.
    package let cash: Double
    /// Gross leverage Σ|q|·X/E; 0 where the desk may not trade.
    package let leverage: Double
    /// Signed units, by asset.
    package let quantities: [Double]
    /// The events that act in the step, in the order of their names.
    package var events: [String]
    /// What was decided at the close; nil where the desk was not asked.
    package let decision: PathDecision?
    /// In the order of time.
    package let fills: [PathFill]
    /// What the step has cost by terms, in quote currency, positive where it costs; what is 0 is left out.
    package let costs: [(term: CostTerm, amount: Double)]
  }

  /// An asset in a step.
  package struct Bar: Sendable {
    /// Quote currency.
    package let open, high, low, close: Double
    /// Whether trading stands still at the close.
    package let isHalted: Bool
  }
}

extension PathInspection {
  /// The moment at which the desk had least: the first step by whose close it was there.
  package var worstStep: Step? {
    guard let least = steps.last?.minimumEquity else { return nil }
    return steps.first { $0.minimumEquity == least }
  }

  /// What the path has cost by terms, in quote currency: the store's columns, calm and event windows together.
  package var costs: [(term: CostTerm, amount: Double)] {
    CostTerm.allCases.map { ($0, outcome[$0, .calm] + outcome[$0, .event]) }
  }

  /// Decisions that follow one another and that one rule has narrowed.
  package struct Stretch: Sendable {
    /// The closes of the first and the last of them, trading time since t = 0 in seconds.
    package let from, to: Double
    /// How many there are.
    package let decisions: Int
  }

  /// When something has narrowed the desk's decisions, in the order of time.
  ///
  /// - Parameter narrows: whether it has narrowed a decision.
  package func stretches(_ narrows: (PathDecision) -> Bool) -> [Stretch] {
    var stretches: [Stretch] = []
    var isOn = false
    for step in steps {
      guard let decision = step.decision, narrows(decision) else {
        isOn = false
        continue
      }
      if isOn, let last = stretches.popLast() {
        stretches.append(Stretch(from: last.from, to: step.seconds, decisions: last.decisions + 1))
      } else {
        stretches.append(Stretch(from: step.seconds, to: step.seconds, decisions: 1))
      }
      isOn = true
    }
    return stretches
  }
}
