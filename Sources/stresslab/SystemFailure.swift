import Glibc

/// The system did not do what the program asked of it; the text says what. The program exits with 74.
struct SystemFailure: Error, CustomStringConvertible {
  let description: String

  /// Something that cannot be done, with the number of the error.
  init(_ what: String, _ fault: Int32) { description = "\(what): \(String(cString: strerror(fault)))" }

  /// Standard output is full or closed.
  static func standardOutput(_ fault: Int32) -> SystemFailure {
    SystemFailure("standard output can't be written", fault)
  }
}
