/// The correlation matrix that lies nearest to a symmetric matrix, by the sum of squared differences of its entries.
///
/// Alternating projections on the positive semi-definite matrices and on those with ones on the diagonal, with Dykstra's
/// correction.
/// Source: N. Higham (2002), "Computing the nearest correlation matrix", IMA Journal of Numerical Analysis 22(3), algorithm 3.3.
package struct NearestCorrelation: Sendable {
  /// The nearest matrix, with ones on its diagonal, pulled a ten-billionth towards the identity, so that it can be factored.
  package let matrix: [[Double]]
  /// The root of the sum of squared differences of all entries.
  package let distance: Double

  /// Steps at most; each halves what is left, or so.
  private static let mostSteps = 10_000
  /// When a step moves the matrix by less than this share of it, it is the last.
  private static let tolerance = 1e-12
  private static let pull = 1e-10

  /// Of a symmetric matrix with at least one row and ones on the diagonal.
  package init(_ given: [[Double]]) {
    let size = given.count
    var nearest = given
    var correction = given.map { $0.map { _ in 0.0 } }
    for _ in 0..<Self.mostSteps {
      var shifted = nearest
      for i in 0..<size { for j in 0..<size { shifted[i][j] -= correction[i][j] } }
      let projected = Self.semidefinite(shifted)
      var (moved, whole) = (0.0, 0.0)
      for i in 0..<size {
        for j in 0..<size {
          correction[i][j] = projected[i][j] - shifted[i][j]
          let value = i == j ? 1 : projected[i][j]
          moved += (value - nearest[i][j]) * (value - nearest[i][j])
          whole += value * value
          nearest[i][j] = value
        }
      }
      if moved <= Self.tolerance * Self.tolerance * whole { break }
    }
    var sum = 0.0
    for i in 0..<size { for j in 0..<size { sum += (nearest[i][j] - given[i][j]) * (nearest[i][j] - given[i][j]) } }
    distance = sum.squareRoot()
    matrix = nearest.indices.map { i in nearest.indices.map { i == $0 ? 1 : nearest[i][$0] * (1 - Self.pull) } }
  }

  /// The nearest matrix without a negative eigenvalue.
  private static func semidefinite(_ matrix: [[Double]]) -> [[Double]] {
    let root = SymmetricEigensystem(matrix).root
    return root.map { row in root.map { other in zip(row, other).reduce(0) { $0 + $1.0 * $1.1 } } }
  }
}
