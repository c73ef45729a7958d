/// The lower triangle L of a correlation matrix R = LLᵀ, row by row: Lε is jointly normal with correlations R.
///
/// Row a uses the assets up to a only, so an asset that sorts last leaves the others' normals bit for bit; so assets are
/// never exchanged for a larger pivot. Of a matrix that is only semi-definite, such as that of perfectly correlated
/// assets, an asset that follows from those before it has the pivot 0, and nothing below it.
/// Source: Golub & Van Loan, *Matrix Computations*, 4.2; Higham (1990), "Analysis of the Cholesky decomposition of a
/// semi-definite matrix", whose factor is the same without exchanges.
struct CholeskyFactor: Sendable, Hashable {
  /// L's rows; row a has a + 1 numbers.
  let rows: [[Double]]

  /// A pivot up to here is rounding.
  private static let nothing = 1e-15
  /// By how much LLᵀ may miss a correlation: what a pivot of rounding's size may have below it, √`nothing`, and some more.
  private static let tolerance = 1e-7

  /// Factors a matrix with ones on its diagonal; nil when it isn't positive semi-definite.
  init?(_ matrix: [[Double]]) {
    var rows: [[Double]] = []
    for (i, line) in matrix.enumerated() {
      var row: [Double] = []
      for j in 0...i {
        let other = j < i ? rows[j] : row
        var rest = line[j]
        for k in 0..<j { rest -= row[k] * other[k] }
        if j < i {
          row.append(other[j] > 0 ? rest / other[j] : 0)
        } else {
          row.append(rest > Self.nothing ? rest.squareRoot() : 0)
        }
      }
      rows.append(row)
    }
    self.rows = rows
    // What has been taken for rounding and isn't shows here.
    for i in rows.indices {
      for j in 0...i {
        let product = zip(rows[i], rows[j]).reduce(0) { $0 + $1.0 * $1.1 }
        guard abs(product - matrix[i][j]) <= Self.tolerance else { return nil }
      }
    }
  }

  /// Whether the assets are independent.
  var isIdentity: Bool {
    rows.allSatisfy { row in row.last == 1 && row.dropLast().allSatisfy { $0 == 0 } }
  }

  /// The coefficients of an asset's regression on those before it: b with Rb = r, R their correlations and r the asset's
  /// with them. An asset that follows from those before it has the coefficient 0.
  func regression(of asset: Int) -> [Double] {
    var rest = Array(rows[asset].dropLast())
    for j in rest.indices.reversed() {
      rest[j] = rows[j][j] > 0 ? rest[j] / rows[j][j] : 0
      for k in 0..<j { rest[k] -= rows[j][k] * rest[j] }
    }
    return rest
  }
}
