/// The lower triangle L of a correlation matrix R = LLᵀ, row by row: Lε is jointly normal with correlations R.
///
/// Row a uses the assets up to a only, so an asset that sorts last leaves the others' normals bit for bit.
/// Source: Golub & Van Loan, *Matrix Computations*, 4.2.
struct CholeskyFactor: Sendable, Hashable {
  /// L's rows; row a has a + 1 numbers.
  let rows: [[Double]]

  /// Factors a matrix; nil when it isn't positive definite.
  init?(_ matrix: [[Double]]) {
    var rows: [[Double]] = []
    for (i, line) in matrix.enumerated() {
      var row: [Double] = []
      for j in 0...i {
        let other = j < i ? rows[j] : row
        var rest = line[j]
        for k in 0..<j { rest -= row[k] * other[k] }
        if j < i {
          row.append(rest / other[j])
        } else {
          // A pivot of rounding's size is 0.
          guard rest > 1e-12 else { return nil }
          row.append(rest.squareRoot())
        }
      }
      rows.append(row)
    }
    self.rows = rows
  }

  /// Whether the assets are independent.
  var isIdentity: Bool {
    rows.allSatisfy { row in row.last == 1 && row.dropLast().allSatisfy { $0 == 0 } }
  }
}
