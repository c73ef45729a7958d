/// The workload of `workloads.py`, in whose words the peers' side has it.
enum Workload {
  static let paths = 10_000
  static let steps = 1_000
  static let dt = 1.0 / 252
  static let start = 100.0
  static let logDrift = 0.03
  static let volatility = 0.2
  static let jumpsPerYear = 10.0
  static let meanJump = -0.02
  static let jumpVolatility = 0.05
  static let variance = 0.04
  static let reversion = 2.0
  static let volatilityOfVariance = 0.5
  static let correlation = -0.7
  static let garch = (constant: 2e-6, news: 0.08, memory: 0.9, variance: 1e-4, degrees: 5.0)
  /// Groups of eight paths of four assets.
  static let correlatedGroups = 313
  /// The factor of correlations of 0.6, 0.5, 0.3, 0.4, 0.2 and 0.1, row by row.
  static let factor = cholesky([[1, 0.6, 0.5, 0.3], [0.6, 1, 0.4, 0.2], [0.5, 0.4, 1, 0.1], [0.3, 0.2, 0.1, 1]])

  private static func cholesky(_ matrix: [[Double]]) -> [Double] {
    var rows: [[Double]] = []
    for i in matrix.indices {
      var row: [Double] = []
      for j in 0...i {
        let other = j == i ? row : rows[j]
        let rest = matrix[i][j] - zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
        row.append(j == i ? rest.squareRoot() : rest / rows[j][j])
      }
      rows.append(row)
    }
    return rows.flatMap(\.self)
  }
}
