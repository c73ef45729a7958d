import CGSL

/// GSL's global state.
package enum GSL {
  private static let errorsAreSilent: Void = { _ = gsl_set_error_handler_off() }()

  /// Makes GSL return status codes and NaN in place of ending the process. Once is enough; calling again costs nothing.
  package static func silenceErrors() { errorsAreSilent }

  /// The version of the library at hand, such as "2.7.1".
  package static var version: String { String(cString: gsl_library_version()) }
}
