import CGSL

/// GSL's own laws, where a reference market needs one of correlated normals.
package enum GSLLaw {
  /// Φ(z).
  package static func normalBelow(_ z: Double) -> Double { gsl_cdf_ugaussian_P(z) }

  /// 1 − Φ(z), to all digits.
  package static func normalAbove(_ z: Double) -> Double { gsl_cdf_ugaussian_Q(z) }

  /// χ²_ν with the same probability below it as z has, by the nearer tail.
  package static func chiSquare(at z: Double, degrees: Double) -> Double {
    z < 0 ? gsl_cdf_chisq_Pinv(normalBelow(z), degrees) : gsl_cdf_chisq_Qinv(normalAbove(z), degrees)
  }

  /// The normal with the same probability below it as Student's t has, by the nearer tail.
  package static func normal(atStudent t: Double, degrees: Double) -> Double {
    let z = gsl_cdf_ugaussian_Pinv(gsl_cdf_tdist_P(-abs(t), degrees))
    return t < 0 ? z : -z
  }
}
