import CGSL
import Randomness

/// The smallest eigenvalue of a symmetric matrix, with a vector of it of length 1.
///
/// Source: the symmetric bidiagonalisation and QR reduction of Golub & Van Loan, 8.3, by GSL.
struct SmallestEigenvalue {
  /// The eigenvalue.
  let value: Double
  /// Its vector.
  let vector: [Double]

  /// Of a symmetric matrix with at least one row.
  init(_ matrix: [[Double]]) {
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
    let index = Int(gsl_vector_min_index(values))
    value = gsl_vector_get(values, index)
    vector = (0..<size).map { gsl_matrix_get(vectors, $0, index) }
  }
}
