/// What the closes of one desk on one path add up to: a column of the table `performance`, from which the measures of a
/// backtest are made.
///
/// r is the simple return of equity from close to close; 0 after ruin, and from an equity at or under 0. The closes before a
/// step are those from t = 0 to the last but one, at which what is held goes through the step.
package enum PerformanceColumn: String, Sendable, Hashable, CaseIterable {
  /// How many returns there are.
  case steps
  /// Their mean.
  case meanReturn
  /// Σ(r − r̄)².
  case squaredDeviations
  /// Σ min(r, 0)².
  case downsideSquares
  /// Σ r over r > 0.
  case gains
  /// Σ −r over r < 0.
  case losses
  /// How many returns are above 0.
  case gainingSteps
  /// How many are below.
  case losingSteps
  /// Mean equity over the closes before a step.
  case meanEquity
  /// Mean gross leverage over them.
  case meanLeverage
  /// At how many of them anything is held.
  case investedSteps
  /// Σ(b − b̄)² of the benchmark's returns b.
  case benchmarkSquares
  /// Σ(r − r̄)(b − b̄).
  case benchmarkProducts

  /// The column's name in the store.
  package var name: String { rawValue }

  /// How the store keeps it.
  package var type: StoredType {
    switch self {
    case .steps, .gainingSteps, .losingSteps, .investedSteps: .integer
    default: .real
    }
  }

  /// Unit, for the documentation of the store.
  package var unit: String {
    switch self {
    case .steps, .gainingSteps, .losingSteps, .investedSteps: "steps"
    case .meanReturn, .gains, .losses: "fraction of equity"
    case .squaredDeviations, .downsideSquares, .benchmarkSquares, .benchmarkProducts: "fraction of equity, squared"
    case .meanEquity: "quote currency"
    case .meanLeverage: "number"
    }
  }

  /// What it is, for the documentation of the store.
  package var summary: String {
    switch self {
    case .steps: "returns r of equity from close to close: one a step, to the horizon"
    case .meanReturn: "their mean r̄"
    case .squaredDeviations: "Σ(r − r̄)²"
    case .downsideSquares: "Σ min(r, 0)²"
    case .gains: "Σ r over r > 0"
    case .losses: "Σ −r over r < 0"
    case .gainingSteps: "steps with r > 0"
    case .losingSteps: "steps with r < 0"
    case .meanEquity: "mean equity over the closes before a step, from t = 0 to the last but one"
    case .meanLeverage: "mean gross leverage over the same closes"
    case .investedSteps: "the same closes at which anything is held"
    case .benchmarkSquares: "Σ(b − b̄)² of the returns b of the benchmark; 0 without one"
    case .benchmarkProducts: "Σ(r − r̄)(b − b̄); 0 without a benchmark"
    }
  }
}

extension StoredColumn {
  /// The columns of `performance`: the key, then those of `PerformanceColumn`.
  package static let performance: [StoredColumn] =
    [
      StoredColumn("path", .integer, "number of the path"),
      StoredColumn("desk", .integer, "number of the desk, as in the table desks"),
    ] + PerformanceColumn.allCases.map { StoredColumn($0.name, $0.type, unit: $0.unit, $0.summary) }
}
