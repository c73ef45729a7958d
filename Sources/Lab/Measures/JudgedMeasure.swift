import Statistics
import Trading

/// A number that a criterion judges, with its one-sided bounds.
enum JudgedMeasure: Sendable {
  /// A measure of the catalogue that is one number.
  case single(any Measure)
  /// P(the largest loss on the way is over so much of starting equity).
  case lossExceedance(Double)
  /// Mean loss beyond a share of the paths.
  case expectedShortfall(level: Double)

  /// The measure that a criterion names; nil where there is none.
  init?(_ criterion: Criterion) {
    if criterion.measure == Criterion.lossExceedance {
      guard let loss = criterion.loss else { return nil }
      self = .lossExceedance(loss)
    } else if let level = criterion.level {
      self = .expectedShortfall(level: level)
    } else if let measure = Self.singles.first(where: { $0.name == criterion.measure }) {
      self = .single(measure)
    } else {
      return nil
    }
  }

  private static let singles = Measures.catalogue.filter(\.isOneNumber)

  /// All names that a criterion may use.
  static let names = singles.map(\.name) + [Criterion.lossExceedance]

  /// Those among them that only carrying out orders has.
  static let namesOfExecution = Set(singles.filter(\.isOfExecution).map(\.name))

  /// Its unit.
  var unit: MeasureUnit {
    switch self {
    case .single(let measure): measure.unit
    case .lossExceedance, .expectedShortfall: .fraction
    }
  }

  /// As a table's heading names it.
  var title: String {
    switch self {
    case .single(let measure): measure.title
    case .lossExceedance: "largest loss on the way"
    case .expectedShortfall: "mean loss in the tail"
    }
  }

  /// The figure, with bounds of which each alone holds with a confidence; nil where it does not apply.
  ///
  /// Shares of paths have Clopper and Pearson's bounds, which hold at least so often.
  func estimate(_ outcomes: OutcomeTable, _ context: MeasureContext, oneSided confidence: Double) -> Estimate? {
    let both = context.with(confidence: 2 * confidence - 1)
    let desk = DeskOutcomes(outcomes, both)
    switch self {
    case .single(let measure):
      guard let estimate = measure.oneNumber(desk, both) else { return nil }
      guard let value = estimate.value, estimate.method.isOfShares else { return estimate }
      return Proportion(Int((value * Double(estimate.n)).rounded()), of: estimate.n)
        .clopperPearson(confidence: both.confidence)
    case .lossExceedance(let loss):
      // What a forced sale takes comes after the lowest equity that was watched.
      let over = zip(desk[.minimumEquity], desk[.finalEquity]).count { min($0, $1) < (1 - loss) * context.startEquity }
      return Proportion(over, of: outcomes.count).clopperPearson(confidence: both.confidence)
    case .expectedShortfall(let level):
      return LossSample(returns: desk.sortedReturns).expectedShortfall(level, confidence: both.confidence)
    }
  }
}

extension Measure {
  /// Whether it is one number, not several.
  var isOneNumber: Bool { Value.self == Estimate.self }

  /// Its estimate, if it is one number.
  fileprivate func oneNumber(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> Estimate? {
    estimate(outcomes, context) as? Estimate
  }
}

extension Estimate.Method {
  /// Whether it is of a share of independent paths.
  fileprivate var isOfShares: Bool { self == .wilson || self == .clopperPearson || self == .proportion }
}

extension Criterion {
  /// The measures that one may be about, by their names in documents, as headings name them, and in which unit limits are.
  package static let measures: [(name: String, title: String, unit: MeasureUnit)] = JudgedMeasure.names.map { name in
    let one = Criterion(name, loss: name == lossExceedance ? 0.5 : nil, atLeast: 0)
    return (name, one.title, one.unit)
  }

  /// The unit of its measure and limit.
  package var unit: MeasureUnit { JudgedMeasure(self)?.unit ?? .number }
  /// Its measure as a heading names it.
  package var title: String { JudgedMeasure(self)?.title ?? measure }
}
