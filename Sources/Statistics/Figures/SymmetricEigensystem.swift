import CGSL
import Randomness

/// The eigenvalues of a symmetric matrix, and vectors of them of length 1.
///
/// Source: the symmetric bidiagonalisation and QR reduction of Golub & Van Loan, 8.3, by GSL.
package struct SymmetricEigensystem: Sendable {
  /// In no order.
  package let values: [Double]
  /// By the place of its value.
  package let vectors: [[Double]]

  /// Of a symmetric matrix with at least one row.
  package init(_ matrix: [[Double]]) {
    GSL.silenceErrors()
    let size = matrix.count
    guard let copy = gsl_matrix_alloc(size, size), let values = gsl_vector_alloc(size),
      let vectors = gsl_matrix_alloc(size, size), let workspace = gsl_eigen_symmv_alloc(size)
    else { preconditionFailure("Invariant: there is memory for a matrix") }
    defer {
      gsl_matrix_free(copy)
      gsl_vector_free(values)
      gsl_matrix_free(vectors)
      gsl_eigen_symmv_free(workspace)
    }
    for row in 0..<size {
      for column in 0..<size { gsl_matrix_set(copy, row, column, matrix[row][column]) }
    }
    gsl_eigen_symmv(copy, values, vectors, workspace)
    self.values = (0..<size).map { gsl_vector_get(values, $0) }
    self.vectors = (0..<size).map { place in (0..<size).map { gsl_matrix_get(vectors, $0, place) } }
  }

  /// The smallest eigenvalue, with its vector.
  package var smallest: (value: Double, vector: [Double]) {
    let place = values.indices.min { values[$0] < values[$1] } ?? 0
    return (values[place], vectors[place])
  }

  /// A with A·Aᵀ the matrix, row by row, where no eigenvalue is under 0 but by rounding.
  package var root: [[Double]] {
    let lengths = values.map { max(0, $0).squareRoot() }
    return values.indices.map { row in zip(vectors, lengths).map { $0[row] * $1 } }
  }
}
