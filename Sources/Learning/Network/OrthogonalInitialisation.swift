import CGSL
import Randomness

/// A random matrix with orthonormal rows or columns (whichever are fewer), times a gain.
///
/// Q of the QR decomposition of a matrix of independent normals, each column with the sign of R's diagonal, so that
/// it is uniform over such matrices. Source: A. M. Saxe, J. L. McClelland & S. Ganguli (2014), "Exact solutions to the
/// nonlinear dynamics of learning in deep linear neural networks", ICLR.
package struct OrthogonalInitialisation {
  /// [output][input], row by row.
  package let weights: [Double]

  package init(inputs: Int, outputs: Int, gain: Double, stream: inout SparseStream) {
    GSL.silenceErrors()
    let (tall, wide) = (max(inputs, outputs), min(inputs, outputs))
    guard let matrix = gsl_matrix_alloc(tall, wide), let tau = gsl_vector_alloc(wide),
      let q = gsl_matrix_alloc(tall, tall), let r = gsl_matrix_alloc(tall, wide)
    else { preconditionFailure("Invariant: there is memory for a layer") }
    defer {
      gsl_matrix_free(matrix)
      gsl_vector_free(tau)
      gsl_matrix_free(q)
      gsl_matrix_free(r)
    }
    for row in 0..<tall {
      for column in 0..<wide { gsl_matrix_set(matrix, row, column, gsl_cdf_ugaussian_Pinv(stream.uniform())) }
    }
    gsl_linalg_QR_decomp(matrix, tau)
    gsl_linalg_QR_unpack(matrix, tau, q, r)
    var weights = [Double](repeating: 0, count: inputs * outputs)
    for output in 0..<outputs {
      for input in 0..<inputs {
        let (row, column) = outputs >= inputs ? (output, input) : (input, output)
        let sign: Double = gsl_matrix_get(r, column, column) < 0 ? -1 : 1
        weights[output * inputs + input] = gain * sign * gsl_matrix_get(q, row, column)
      }
    }
    self.weights = weights
  }
}
