/// A log likelihood of observations as a function of numbers that may be anything.
package protocol Likelihood: Sendable {
  /// The log density of each observation given those before it; of all of them −∞ or NaN where the numbers mean nothing.
  ///
  /// - Parameter give: gets them in order.
  func terms(_ numbers: [Double], _ give: (Double) -> Void)
  /// Their sum.
  func value(_ numbers: [Double]) -> Double
}

extension Likelihood {
  package func value(_ numbers: [Double]) -> Double {
    var sum = 0.0
    terms(numbers) { sum += $0 }
    return sum
  }
}

/// Where a log likelihood is largest, and how well it tells.
///
/// Simplexes from the most likely of several starts, then Newton's steps on differences; where these lead nowhere, simplexes again
/// from where the best one ended. It counts as found where the information is positive definite and another Newton step would raise the log
/// likelihood by less than 10⁻⁶, a thousandth of a standard error.
package struct LikelihoodMaximum: Sendable {
  /// The most likely numbers.
  package let numbers: [Double]
  /// The log likelihood there.
  package let value: Double
  /// Variances and covariances of the numbers: the inverse I⁻¹ of the observed information.
  package let covariance: [[Double]]
  /// Likewise where the law of the observations is not quite the likelihood's: I⁻¹(Σ gᵢgᵢᵀ)I⁻¹, gᵢ the slopes of the terms.
  ///
  /// Sources: H. White (1982), Econometrica 50(1); T. Bollerslev & J. Wooldridge (1992), Econometric Reviews 11(2).
  package let robustCovariance: [[Double]]
  /// From how many starts it was looked for, and from how many of them it was found to a hundredth in log likelihood: the one at
  /// least that Newton's steps went on from.
  package let starts: (tried: Int, agreeing: Int)

  /// Why there is no maximum to tell of.
  package enum Failure: Error, Sendable, Hashable {
    /// No start has a likelihood.
    case nowhere
    /// The search ended where the likelihood still rises, or where it is flat in some direction.
    case noMaximum(last: [Double])
  }

  /// Looks for the maximum.
  ///
  /// - Parameters:
  ///   - likelihood: what is maximised.
  ///   - starts: where the search may begin; from the `tries` most likely of them it does.
  ///   - steps: the first simplex' steps.
  package init(of likelihood: some Likelihood, starts: [[Double]], tries: Int, steps: [Double]) throws(Failure) {
    func loss(_ numbers: [Double]) -> Double {
      let value = likelihood.value(numbers)
      return value.isFinite ? -value : .infinity
    }
    let ranked = starts.map { ($0, loss($0)) }.filter { $0.1.isFinite }.sorted { $0.1 < $1.1 }
    var ends = ranked.prefix(tries).map { SimplexMinimum(from: $0.0, steps: steps, size: 1e-3, of: loss) }
    ends.sort { $0.value < $1.value }
    guard var best = ends.first else { throw .nowhere }
    var found = Self.polished(best.point, loss)
    for _ in 0..<4 where found == nil {
      let again = SimplexMinimum(from: best.point, steps: steps.map { 0.2 * $0 }, size: 1e-4, of: loss)
      let gained = best.value - again.value
      if gained > 0 { best = again }
      found = Self.polished(best.point, loss)
      if !(gained > 1e-5) { break }
    }
    guard let end = found else { throw .noMaximum(last: best.point) }
    numbers = end.point
    value = -loss(end.point)
    covariance = end.inverse
    let outer = Self.outerProducts(likelihood, end.point, end.steps)
    robustCovariance = product(product(end.inverse, outer), end.inverse)
    let value = value
    self.starts = (ends.count, max(1, ends.count { -$0.value > value - 0.01 }))
  }

  /// Newton's steps to where the slope is 0; nil where they lead to no minimum of the loss.
  private static func polished(
    _ start: [Double], _ loss: ([Double]) -> Double
  ) -> (point: [Double], inverse: [[Double]], steps: [Double])? {
    var point = start
    var value = loss(point)
    for _ in 0..<12 {
      let here = Curvature(of: loss, at: point)
      let isConvex = PositiveMatrix(here.hessian) != nil
      guard let inverse = Self.damped(here.hessian) else { return nil }
      let move = inverse.map { row in zip(row, here.gradient).reduce(0) { $0 - $1.0 * $1.1 } }
      let decrement = -zip(move, here.gradient).reduce(0) { $0 + $1.0 * $1.1 } / 2
      guard decrement.isFinite else { return nil }
      if isConvex, decrement < 1e-10 { return (point, inverse, here.steps) }
      var length = 1.0
      var hasMoved = false
      while length > 1e-3, !hasMoved {
        let next = zip(point, move).map { $0 + length * $1 }
        let found = loss(next)
        if found < value { (point, value, hasMoved) = (next, found, true) }
        length /= 2
      }
      // Differences of a sum of thousands of terms have no more digits.
      if !hasMoved { return isConvex && decrement < 1e-6 ? (point, inverse, here.steps) : nil }
    }
    return nil
  }

  /// The inverse of the second derivatives, with as much added to their diagonal as makes them positive definite where they are
  /// not (Levenberg and Marquardt): far from a minimum a function need not be convex.
  private static func damped(_ hessian: [[Double]]) -> [[Double]]? {
    var damping = 0.0
    while damping < 1e6 {
      var matrix = hessian
      for index in matrix.indices { matrix[index][index] += damping * max(abs(hessian[index][index]), 1e-6) }
      if let positive = PositiveMatrix(matrix) { return positive.inverse }
      damping = damping == 0 ? 0.01 : damping * 10
    }
    return nil
  }

  /// Σ gᵢgᵢᵀ.
  private static func outerProducts(
    _ likelihood: some Likelihood, _ numbers: [Double], _ steps: [Double]
  ) -> [[Double]] {
    func terms(_ index: Int, _ move: Double) -> [Double] {
      var moved = numbers
      moved[index] += move
      var terms: [Double] = []
      likelihood.terms(moved) { terms.append($0) }
      return terms
    }
    let slopes = numbers.indices.map { index in
      zip(terms(index, steps[index]), terms(index, -steps[index])).map { ($0 - $1) / (2 * steps[index]) }
    }
    return slopes.map { row in slopes.map { column in zip(row, column).reduce(0) { $0 + $1.0 * $1.1 } } }
  }
}
