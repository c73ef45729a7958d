import CGSL
import Randomness

/// A symmetric matrix all of whose eigenvalues are above 0.
struct PositiveMatrix: Sendable {
  /// Its inverse, row by row.
  let inverse: [[Double]]

  /// By Cholesky's factor, of the matrix scaled to a diagonal of ones; nil where the matrix is none.
  init?(_ matrix: [[Double]]) {
    GSL.silenceErrors()
    let size = matrix.count
    let scales = matrix.indices.map { 1 / matrix[$0][$0].squareRoot() }
    guard size > 0, scales.allSatisfy({ $0.isFinite && $0 > 0 }), let copy = gsl_matrix_alloc(size, size) else {
      return nil
    }
    defer { gsl_matrix_free(copy) }
    for row in 0..<size {
      for column in 0..<size { gsl_matrix_set(copy, row, column, matrix[row][column] * scales[row] * scales[column]) }
    }
    guard gsl_linalg_cholesky_decomp1(copy) == Int32(GSL_SUCCESS),
      gsl_linalg_cholesky_invert(copy) == Int32(GSL_SUCCESS)
    else { return nil }
    inverse = (0..<size).map { row in
      (0..<size).map { column in
        // The upper half is what the factor has left there.
        gsl_matrix_get(copy, max(row, column), min(row, column)) * scales[row] * scales[column]
      }
    }
    guard inverse.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
  }
}

/// A·B of two square matrices.
func product(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
  left.map { row in right.indices.map { column in row.indices.reduce(0) { $0 + row[$1] * right[$1][column] } } }
}
