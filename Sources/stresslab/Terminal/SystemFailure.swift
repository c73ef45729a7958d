import Documents
import Lab

/// The system did not do what the program asked of it; the text says what. The program exits with 74.
struct SystemFailure: Error, CustomStringConvertible {
  let description: String

  /// Something that cannot be done, with the reason.
  init(_ what: String, _ fault: SystemFault) { description = "\(what): \(fault)" }

  /// What was refused of a place that nobody has named: the program chose it.
  init(ofOwnPlace refusal: Refusal) { description = refusal.description }

  /// Standard output is full or closed.
  static func standardOutput(_ fault: SystemFault) -> SystemFailure {
    SystemFailure("standard output can't be written", fault)
  }

  /// A failure where the machine is to blame, a refusal where it may be the name that was given.
  static func orRefusal(_ what: String, _ fault: SystemFault) -> any Error {
    fault.isOfTheMachine ? SystemFailure(what, fault) : Refusal("\(what): \(fault)")
  }
}
