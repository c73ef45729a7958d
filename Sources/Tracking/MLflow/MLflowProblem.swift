/// Why a server did not take what was sent.
package enum MLflowProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// It was not reached, did not answer, or is not well: later is another time.
  case away(String)
  /// It takes nothing from us: no name, no password, not this place.
  case forbidden(String)
  /// What was asked for is not there.
  case unknown(String)
  /// It says that something is there already.
  case exists(String)
  /// It refuses what was sent.
  case refused(String)
  /// What answers there is no MLflow.
  case strange(String)

  /// A part of a sentence.
  package var description: String {
    switch self {
    case .away(let words), .forbidden(let words), .unknown(let words), .exists(let words), .refused(let words),
      .strange(let words):
      words
    }
  }
}
