/// Why an exchange did not give what it was asked for. The words are the rest of a sentence that begins with its name, such
/// as `does not answer`.
package enum ExchangeFault: Error, Sendable, Hashable {
  /// It may go well in a while.
  case passing(String, wait: Wait = .unsaid)
  /// It will not go well, however often it is asked.
  case lasting(String)
  /// It was asked often enough, or wants to be left alone for longer than anyone waits.
  case unavailable(String)
  /// What it gave cannot be right, and is not used.
  case untrue(String)
  /// There is no such market.
  case unknownSymbol(String, nearest: String)
  /// The program was asked to stop.
  case interrupted

  /// How long to wait before asking again.
  package enum Wait: Sendable, Hashable {
    /// As one sees fit.
    case unsaid
    /// As one sees fit, but a while: too much was asked.
    case longer
    /// Seconds that the exchange has named.
    case said(Double)
  }
}
