import Glibc
import Lanes
import Randomness
import Statistics

/// Heston's parameters from the numbers in which the likelihood is maximised, which may be anything.
package struct HestonTerms: Sendable {
  /// μ, θ, κ and ξ, 1/year.
  package let drift, mean, reversion, volatility: Double
  /// ρ.
  package let correlation: Double

  /// Of μ, log θ, log κ, log ξ and artanh ρ.
  package init(_ numbers: [Double]) {
    drift = numbers[0]
    mean = exp(numbers[1])
    reversion = exp(numbers[2])
    volatility = exp(numbers[3])
    correlation = tanh(numbers[4])
  }

  /// The numbers behind parameters.
  package static func numbers(
    drift: Double, mean: Double, reversion: Double, volatility: Double, correlation: Double
  ) -> [Double] {
    [drift, log(mean), log(reversion), log(volatility), atanh(correlation)]
  }

  /// 2κθ/ξ²: the shape of the variance's stationary law.
  package var shape: Double { 2 * reversion * mean / (volatility * volatility) }
}

/// The likelihood of returns over equal times under Heston's model, whose variance they do not show: that variance's law given
/// the returns so far is carried along on a grid.
///
/// From one close to the next √v moves as in `QuadraticExponential`'s quadratic branch: √v′ = √a·|b + Z|, with the exact mean and,
/// down to a shape of ½, the exact variance of v′. The return is normal given v and v′: with I = ½t(v + v′) it has the mean
/// μt − ½I + (ρ/ξ)(v′ − v − κ(θt − I)) and the variance (1 − ρ²)I. So it is the likelihood of the law that the market here samples
/// on steps as long as a bar, but for the martingale correction, which is far below what a mean is known to.
/// Sources: G. Kitagawa (1987), Journal of the American Statistical Association 82(400), for a filter on a grid; L. Andersen (2008),
/// Journal of Computational Finance 11(3), equations 23 and 33, for the step.
package struct HestonLikelihood: Likelihood {
  private let values: [Double]
  private let years: Double
  private let fineness: Double

  /// Of returns, all of which span as long as the first.
  ///
  /// - Parameter fineness: how much finer the grid is than it needs to be.
  package init(_ returns: RecordedReturns, fineness: Double = 1) {
    values = returns.values
    years = returns.years[0]
    self.fineness = fineness
  }

  package func terms(_ numbers: [Double], _ give: (Double) -> Void) {
    guard let grid = VarianceGrid(HestonTerms(numbers), years: years, fineness: fineness) else {
      return give(-.infinity)
    }
    grid.filter(values, tellsProbabilities: false) { density, _ in give(log(density)) }
  }

  /// P(R ≤ r) of each return, given those before it.
  package func probabilities(_ numbers: [Double]) -> [Double] {
    guard let grid = VarianceGrid(HestonTerms(numbers), years: years, fineness: fineness) else { return [] }
    var probabilities: [Double] = []
    grid.filter(values, tellsProbabilities: true) { _, probability in probabilities.append(min(max(probability, 0), 1))
    }
    return probabilities
  }
}

/// Heston's variance on a grid of its root, and how it and the price move from one close to the next.
///
/// The grid's places are equally far from each other and lie around 0 as mirror images, since √a|b + Z| is a normal law folded there: a
/// sum over them is then as exact as the trapezoid rule is of normal densities.
struct VarianceGrid {
  /// Places, in groups of eight.
  private let groups: Int
  /// The furthest that one step reaches, in places.
  private let reach: Int
  /// Whether the lowest place is the first above 0.
  private let isFolded: Bool
  /// The stationary law at the places.
  private let start: [Double]
  /// For each group, ways to −reach…reach places from it.
  private let ways: ContiguousArray<Way>
  private let outcomes: ContiguousArray<Outcome>

  /// From eight places to those so far from them: exp(square·r² + slope·r + constant) is the density of a return r and of coming
  /// there.
  private struct Way {
    var square, slope, constant: Lanes
  }

  /// The same, for probabilities: that of coming there, and the mean and 1/deviation of a return that does.
  private struct Outcome {
    var share, mean, precision: Lanes
  }

  /// Places beyond which the stationary law has this much, on each side.
  private static let neglected = 1e-12
  /// Groups whose places have less than this are passed over.
  private static let vanishing = 1e-16
  /// A distance between places, in deviations of what √v moves by once the return is known.
  private static let spacing = 1.1
  /// How many deviations of √v's move are reached.
  private static let deviations = 6.5
  private static let mostPlaces = 1200

  /// Lays the grid; nil where the parameters are none that can be reckoned with.
  init?(_ terms: HestonTerms, years: Double, fineness: Double = 1) {
    let (theta, kappa, xi, rho) = (terms.mean, terms.reversion, terms.volatility, terms.correlation)
    guard (0.1...1e4).contains(terms.shape), kappa * years < 5, abs(rho) < 0.99, theta > 1e-30, theta < 1e6 else {
      return nil
    }
    let kept = exp(-kappa * years)
    let lost = -expm1(-kappa * years)
    let rest = (1 - rho * rho).squareRoot()
    // √a of a large v.
    let widest = 0.5 * xi * (lost / kappa).squareRoot()
    let width = Self.spacing * widest * rest / fineness
    let law = GammaLaw(shape: terms.shape)
    let scale = xi * xi / (2 * kappa)
    let lowest = Int((scale * law.quantile(Self.neglected)).squareRoot() / width)
    let highest = Int((scale * law.quantile(1 - Self.neglected)).squareRoot() / width) + 1
    let reach = Int((Self.deviations * widest / width).rounded(.up))
    guard highest - lowest < Self.mostPlaces else { return nil }
    // A lowest place within reach of 0 may as well be the first.
    isFolded = lowest <= reach
    let first = isFolded ? 0 : lowest
    groups = (highest - first) / Lanes.count + 1
    self.reach = reach

    let mode = max(terms.shape - 0.5, 0.5) * scale
    var start: [Double] = []
    var ways: ContiguousArray<Way> = []
    var outcomes: ContiguousArray<Outcome> = []
    for group in 0..<groups {
      let root = Lanes { width * (Double(first + group * Lanes.count + $0) + 0.5) }
      let v = root * root
      // Of √v: 2y times the gamma density at y², over that at its mode where it has one.
      let density = exp((terms.shape - 0.5) * log(v / mode) - (v - mode) / scale)
      for lane in 0..<Lanes.count { start.append(density[lane]) }
      let mean = fma(v - theta, Lanes(kept), Lanes(theta))
      let variance = v * (xi * xi * kept * lost / kappa) + theta * xi * xi * lost * lost / (2 * kappa)
      let inverse = 2 / min(variance / (mean * mean), Lanes(2))
      let b2 = inverse - 1 + sqrt(inverse) * sqrt(inverse - 1)
      let unit = 1 / sqrt(mean / (1 + b2))
      let shares = (-reach...reach).map { place in
        let normal = (root + width * Double(place)) * unit - sqrt(b2)
        return exp(-0.5 * normal * normal)
      }
      let sum = shares.reduce(Lanes.zero, +)
      for (place, share) in zip(-reach...reach, shares) {
        let end = root + width * Double(place)
        let integral = 0.5 * years * (v + end * end)
        let pulled = end * end - v - kappa * (theta * years - integral)
        let mean = terms.drift * years - 0.5 * integral + (rho / xi) * pulled
        let precision = 1 / (rest * sqrt(integral))
        let weight = 0.5 * precision * precision
        let height = log(max(share / sum, Lanes(.leastNormalMagnitude))) + log(precision) - 0.5 * log(2 * .pi)
        ways.append(
          Way(
            square: .zero - weight, slope: 2 * weight * mean, constant: height - weight * mean * mean))
        outcomes.append(Outcome(share: share / sum, mean: mean, precision: precision))
      }
    }
    let sum = start.reduce(0, +)
    guard sum > 0, sum.isFinite else { return nil }
    self.start = start.map { $0 / sum }
    self.ways = ways
    self.outcomes = outcomes
  }

  /// Gives the density of each return given those before it, and its probability or a lesser one; 0 and nothing more where there is
  /// none.
  func filter(
    _ returns: [Double], tellsProbabilities: Bool, _ give: (_ density: Double, _ probability: Double) -> Void
  ) {
    // As many places again on both sides as a step reaches.
    let places = groups * Lanes.count
    var now = Array(repeating: 0.0, count: reach) + start + Array(repeating: 0, count: reach)
    var next = now
    for value in returns {
      let probability = tellsProbabilities ? self.probability(of: value, now) : 0
      for place in next.indices { next[place] = 0 }
      advance(value, from: now, to: &next)
      let density = next.reduce(0, +)
      guard density > 0, density.isFinite else { return give(0, probability) }
      give(density, probability)
      if isFolded { for place in 0..<reach { next[reach + place] += next[reach - 1 - place] } }
      var sum = 0.0
      for place in reach..<reach + places { sum += next[place] }
      let unit = 1 / sum
      for place in reach..<reach + places { now[place] = next[place] * unit }
    }
  }

  /// Adds to the places after a return what comes from each of those before it.
  @inline(never)
  private func advance(_ value: Double, from now: [Double], to next: inout [Double]) {
    let ways = ways.span
    let bytes = MemoryLayout<Double>.stride
    now.withUnsafeBytes { now in
      next.withUnsafeMutableBytes { next in
        for group in 0..<groups {
          let place = reach + group * Lanes.count
          let weight = Lanes(now.loadUnaligned(fromByteOffset: place * bytes, as: SIMD8<Double>.self))
          guard (weight .> Lanes(Self.vanishing)).isAny else { continue }
          let first = group * (2 * reach + 1)
          for move in 0...2 * reach {
            let way = ways[first + move]
            let density = exp(fma(fma(way.square, value, way.slope), value, way.constant))
            let offset = (place - reach + move) * bytes
            let before = Lanes(next.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self))
            next.storeBytes(of: fma(weight, density, before).vector, toByteOffset: offset, as: SIMD8<Double>.self)
          }
        }
      }
    }
  }

  /// P(R ≤ r).
  private func probability(of value: Double, _ now: [Double]) -> Double {
    var sum = 0.0
    for group in 0..<groups {
      for lane in 0..<Lanes.count {
        let weight = now[reach + group * Lanes.count + lane]
        guard weight > Self.vanishing else { continue }
        for move in 0...2 * reach {
          let outcome = outcomes[group * (2 * reach + 1) + move]
          sum +=
            weight * outcome.share[lane]
            * NormalLaw.cumulative((value - outcome.mean[lane]) * outcome.precision[lane])
        }
      }
    }
    return sum
  }
}
