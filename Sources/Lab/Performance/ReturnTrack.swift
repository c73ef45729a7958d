import Lanes

/// What the closes of one desk add up to on eight paths, close by close.
///
/// Means and squared deviations are updated so that nothing is lost where they are small beside each other: Welford (1962),
/// Technometrics 4(3); products with the benchmark's likewise.
struct ReturnTrack {
  /// Equity over starting equity at the last close.
  private var equity = Lanes.one
  private var mean = Lanes.zero
  private var squares = Lanes.zero
  private var downside = Lanes.zero
  private var gains = Lanes.zero
  private var losses = Lanes.zero
  private var gaining = Lanes.zero
  private var losing = Lanes.zero
  private var held = Lanes.zero
  private var leverage = Lanes.zero
  private var invested = Lanes.zero
  private var products = Lanes.zero

  /// What is no move, but the last digits of two closes at the same price.
  private static let rounding = 1e-12

  /// The return of a step whose close has come, r = E/E' − 1; 0 from an equity at or under 0.
  @inline(__always)
  func simpleReturn(to close: Lanes) -> Lanes {
    let change = close / equity - 1
    return select((equity .> 0) & (abs(change) .> Self.rounding), change, .zero)
  }

  /// The return's deviation from the mean of those before it.
  @inline(__always)
  func deviation(_ simpleReturn: Lanes) -> Lanes { simpleReturn - mean }

  /// Takes the return of a step.
  ///
  /// - Parameters:
  ///   - perCount: one over the number of returns, this one among them.
  ///   - benchmark: the deviation of the benchmark's return from the mean of those before it.
  @inline(__always)
  mutating func add(_ simpleReturn: Lanes, close: Lanes, perCount: Double, benchmark: Lanes) {
    let before = simpleReturn - mean
    mean += before * perCount
    let after = simpleReturn - mean
    squares += before * after
    products += benchmark * after
    let isGain = simpleReturn .> 0
    let isLoss = simpleReturn .< 0
    downside += select(isLoss, simpleReturn * simpleReturn, .zero)
    gains += select(isGain, simpleReturn, .zero)
    losses -= select(isLoss, simpleReturn, .zero)
    gaining += select(isGain, .one, .zero)
    losing += select(isLoss, .one, .zero)
    equity = close
  }

  /// Takes what goes through the next step.
  @inline(__always)
  mutating func hold(leverage gross: Lanes) {
    held += equity
    leverage += gross
    invested += select(gross .> 0, .one, .zero)
  }

  /// A column of a path after so many returns.
  func value(_ column: PerformanceColumn, lane: Int, count: Int, startEquity: Double, benchmark: ReturnTrack?) -> Double
  {
    let n = Double(max(count, 1))
    return switch column {
    case .steps: Double(count)
    case .meanReturn: mean[lane]
    case .squaredDeviations: squares[lane]
    case .downsideSquares: downside[lane]
    case .gains: gains[lane]
    case .losses: losses[lane]
    case .gainingSteps: gaining[lane]
    case .losingSteps: losing[lane]
    case .meanEquity: held[lane] / n * startEquity
    case .meanLeverage: leverage[lane] / n
    case .investedSteps: invested[lane]
    case .benchmarkSquares: benchmark?.squares[lane] ?? 0
    case .benchmarkProducts: benchmark == nil ? 0 : products[lane]
    }
  }
}
