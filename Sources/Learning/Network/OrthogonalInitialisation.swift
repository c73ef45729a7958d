import CGSL
import Randomness

/// A random matrix with orthonormal rows or columns (whichever are fewer), times a gain.
///
/// Q of the QR decomposition of a matrix of independent normals, each column with the sign of R's diagonal, so that
/// it is uniform over such matrices. Source: A. M. Saxe, J. L. McClelland & S. Ganguli (2014), "Exact solutions to the
/// nonlinear dynamics of learning in deep linear neural networks", ICLR.
package struct OrthogonalInitialisation {
  /// The matrix, [output][input], row by row.
  package let weights: [Double]

  /// Draws a matrix.
  ///
  /// Q's columns come from its reflections one by one, so that memory goes with inputs × outputs even where one is large.
  package init(inputs: Int, outputs: Int, gain: Double, stream: inout SparseStream) {
    GSL.silenceErrors()
    let (tall, wide) = (max(inputs, outputs), min(inputs, outputs))
    guard let matrix = gsl_matrix_alloc(tall, wide), let tau = gsl_vector_alloc(wide),
      let column = gsl_vector_alloc(tall)
    else { preconditionFailure("Invariant: there is memory for a layer") }
    defer {
      gsl_matrix_free(matrix)
      gsl_vector_free(tau)
      gsl_vector_free(column)
    }
    for row in 0..<tall {
      for index in 0..<wide { gsl_matrix_set(matrix, row, index, gsl_cdf_ugaussian_Pinv(stream.uniform())) }
    }
    gsl_linalg_QR_decomp(matrix, tau)
    var weights = [Double](repeating: 0, count: inputs * outputs)
    for index in 0..<wide {
      gsl_vector_set_basis(column, index)
      gsl_linalg_QR_Qvec(matrix, tau, column)
      let sign: Double = gsl_matrix_get(matrix, index, index) < 0 ? -gain : gain
      for row in 0..<tall {
        let place = outputs >= inputs ? row * inputs + index : index * inputs + row
        weights[place] = sign * gsl_vector_get(column, row)
      }
    }
    self.weights = weights
  }
}
