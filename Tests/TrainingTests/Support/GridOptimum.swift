import Glibc
import Lanes

/// The best that can be done with a signal that is seen where each trade costs a share of its value: log wealth, leverage
/// within ±L, by backward induction over the steps of an episode on a grid of the signal x and the weight held w.
///
/// At a close a desk of equity E trades from w to v, which costs c|v − w|E and leaves a weight u = v/(1 − c|v − w|) of what is
/// left; over the step that grows by 1 + uR, R the return of the price, and the weight drifts to u(1 + R)/(1 + uR). So
///
///     V_t(x, w) = max over v of ln(1 − c|v − w|) + G_t(x, v/(1 − c|v − w|)),
///     G_t(x, u) = E[ln(1 + uR) + V_{t+1}(x′, u(1 + R)/(1 + uR))],
///     V_T(x, w) = ln(1 − c|w|),
///
/// as the desk is closed out in the end: nothing of the desk's own accounting is left out. What is approximate is the grid: x
/// moves on Rouwenhorst's chain, which keeps the conditional mean and variance of an AR(1) exactly but is binomial where the
/// signal is normal; the log return, normal given x and x′, is summed at the points of Gauss and Hermite; V is linear between
/// weights, and constant beyond ±2L; trades go to points of the grid. It is optimal not to trade between two weights, and else
/// to trade to the nearer of them.
///
/// Sources: M. H. A. Davis & A. R. Norman (1990), Mathematics of Operations Research 15(4), for the region without trades;
/// N. Gârleanu & L. H. Pedersen (2013), Journal of Finance 68(6), for costs with a signal that fades; K. G. Rouwenhorst (1995)
/// in T. F. Cooley, Frontiers of Business Cycle Research, chapter 10, for the chain.
struct GridOptimum {
  /// How fine the grid is.
  struct Grid {
    /// Points of the signal, odd.
    var signals = 41
    /// Points of the weight in 0…L.
    var perLeverage = 30
  }

  /// Whether what has drifted past ±L may be kept, as by a desk with a dead band; else it is taken back at the next close.
  enum Drift { case kept, takenBack }

  /// Mean of log wealth at the end, flat at the start, over the stationary law of the signal.
  let growth: Double
  /// Points of the signal, evenly spaced.
  let signals: [Double]
  /// The weights between which nothing is traded, [step][signal].
  let low, high: [[Double]]

  /// Solves the problem.
  ///
  /// - Parameters:
  ///   - leverage: L.
  ///   - cost: c, of the value traded.
  ///   - steps: T.
  init(_ step: SignalStep, leverage: Double, cost: Double, steps: Int, drift: Drift = .kept, grid: Grid = Grid()) {
    var solution = Induction(step, leverage: leverage, cost: cost, drift: drift, grid)
    var (low, high): ([[Double]], [[Double]]) = ([], [])
    for _ in 0..<steps {
      let region = solution.stepBack()
      low.append(region.low)
      high.append(region.high)
    }
    self.low = low.reversed()
    self.high = high.reversed()
    signals = solution.chain.points
    let flat = solution.weights.count / 2
    growth = zip(solution.chain.law, solution.values).reduce(0) { $0 + $1.0 * $1.1[flat] }
  }

  /// The weight to hold over a step, where one is held.
  func weight(step: Int, signal: Double, held: Double) -> Double {
    let spacing = signals[1] - signals[0]
    let place = min(max((signal - signals[0]) / spacing, 0), Double(signals.count - 1))
    let index = min(Int(place), signals.count - 2)
    let share = place - Double(index)
    func between(_ edge: [Double]) -> Double { edge[index] + share * (edge[index + 1] - edge[index]) }
    return min(max(held, between(low[step])), between(high[step]))
  }
}

extension GateMarket {
  /// The optimum where trades cost.
  var best: GridOptimum { GridOptimum(step, leverage: leverage, cost: cost, steps: Self.days) }
}

extension RuleAgent {
  /// The agent that does what is best with costs.
  init(_ best: GridOptimum) {
    self.init { sight in
      Lanes { best.weight(step: sight.step + 1, signal: sight.signal[$0], held: sight.held[$0]) }
    }
  }
}

/// Rouwenhorst's chain: an AR(1) x′ = φx + ε on evenly spaced points.
struct RouwenhorstChain {
  let points: [Double]
  /// [from][to].
  let transition: [[Double]]
  /// The stationary law: binomial.
  let law: [Double]

  init(points count: Int, deviation: Double, kept: Double) {
    let p = (1 + kept) / 2
    var matrix = [[p, 1 - p], [1 - p, p]]
    for size in 3...count {
      var next = Array(repeating: Array(repeating: 0.0, count: size), count: size)
      for i in 0..<size - 1 {
        for j in 0..<size - 1 {
          // Rows in the middle get two shares.
          next[i][j] += p * matrix[i][j] * (i == 0 ? 1 : 0.5)
          next[i][j + 1] += (1 - p) * matrix[i][j] * (i == 0 ? 1 : 0.5)
          next[i + 1][j] += (1 - p) * matrix[i][j] * (i == size - 2 ? 1 : 0.5)
          next[i + 1][j + 1] += p * matrix[i][j] * (i == size - 2 ? 1 : 0.5)
        }
      }
      matrix = next
    }
    transition = matrix
    let edge = deviation * Double(count - 1).squareRoot()
    points = (0..<count).map { edge * (2 * Double($0) / Double(count - 1) - 1) }
    var law = [pow(0.5, Double(count - 1))]
    for k in 1..<count { law.append(law[k - 1] * Double(count - k) / Double(k)) }
    self.law = law
  }
}

/// Backward induction, step by step.
private struct Induction {
  let chain: RouwenhorstChain
  let weights: [Double]
  /// V, [signal][weight].
  var values: [[Double]]
  private let cost: Double
  /// The points of the grid that may be traded to.
  private let allowed: ClosedRange<Int>
  private let drift: GridOptimum.Drift
  private let spacing: Double
  /// Where a step from a signal leads, [signal]: the next signal, and returns R with their probabilities.
  private var outcomes: [[(signal: Int, probability: Double, simpleReturn: Double)]] = []

  /// Gauss–Hermite for a standard normal with five points: exact for polynomials up to the ninth degree.
  private static let nodes: [(z: Double, probability: Double)] = {
    let (a, b) = ((5 - 10.0.squareRoot()).squareRoot(), (5 + 10.0.squareRoot()).squareRoot())
    let (p, q) = ((7 + 2 * 10.0.squareRoot()) / 60, (7 - 2 * 10.0.squareRoot()) / 60)
    return [(0, 8.0 / 15), (a, p), (-a, p), (b, q), (-b, q)]
  }()

  init(_ step: SignalStep, leverage: Double, cost: Double, drift: GridOptimum.Drift, _ grid: GridOptimum.Grid) {
    self.cost = cost
    self.drift = drift
    let (count, middle) = (grid.perLeverage, 2 * grid.perLeverage)
    let spacing = leverage / Double(count)
    self.spacing = spacing
    weights = (0...2 * middle).map { Double($0 - middle) * spacing }
    allowed = middle - count...middle + count
    chain = RouwenhorstChain(points: grid.signals, deviation: step.deviation, kept: step.kept)
    let closedOut = weights.map { log(1 - cost * abs($0)) }
    values = Array(repeating: closedOut, count: grid.signals)
    // Given x and x′ the log return is normal about d + x·h + (c/q)(x′ − φx).
    let slope = step.covariance / step.signalVariance
    let rest = (step.noise - slope * step.covariance).squareRoot()
    for (from, x) in chain.points.enumerated() {
      var list: [(signal: Int, probability: Double, simpleReturn: Double)] = []
      for (to, next) in chain.points.enumerated() where chain.transition[from][to] > 1e-12 {
        let mean = step.drift + x * step.exposure + slope * (next - step.kept * x)
        for node in Self.nodes {
          list.append((to, chain.transition[from][to] * node.probability, expm1(mean + rest * node.z)))
        }
      }
      outcomes.append(list)
    }
  }

  /// Goes back one step, and says between which weights nothing is traded in it.
  mutating func stepBack() -> (low: [Double], high: [Double]) {
    var next = values
    var (low, high): ([Double], [Double]) = ([], [])
    for signal in outcomes.indices {
      let held = held(signal)
      var isKept: [Bool] = []
      for (from, w) in weights.enumerated() {
        var (best, choice) = (-Double.infinity, from)
        for to in allowed {
          let left = 1 - cost * abs(weights[to] - w)
          guard left > 0 else { continue }
          let value = log(left) + Self.between(held, at: weights[to] / left / spacing)
          if value > best { (best, choice) = (value, to) }
        }
        if drift == .kept, held[from] > best { (best, choice) = (held[from], from) }
        next[signal][from] = best
        isKept.append(choice == from)
      }
      low.append(isKept.firstIndex(of: true).map { weights[$0] } ?? 0)
      high.append(isKept.lastIndex(of: true).map { weights[$0] } ?? 0)
    }
    values = next
    return (low, high)
  }

  /// G of a signal, [weight after the trade].
  private func held(_ signal: Int) -> [Double] {
    weights.map { u in
      outcomes[signal].reduce(0) { sum, outcome in
        let growth = 1 + u * outcome.simpleReturn
        // Under the floor of the reward nothing more is lost.
        guard growth > 1e-3 else { return sum + outcome.probability * log(1e-3) }
        let weight = u * (1 + outcome.simpleReturn) / growth
        return sum + outcome.probability * (log(growth) + Self.between(values[outcome.signal], at: weight / spacing))
      }
    }
  }

  /// A function of the weight between the points of the grid, at a place in units of its spacing from 0.
  private static func between(_ values: [Double], at place: Double) -> Double {
    let position = min(max(place + Double(values.count / 2), 0), Double(values.count - 1))
    let index = min(Int(position), values.count - 2)
    return values[index] + (position - Double(index)) * (values[index + 1] - values[index])
  }
}
