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

  /// Whether an error says something of the machine (a disk that is full or breaks, too many open files, no memory), and
  /// not of the name that was asked for.
  static func isOfTheSystem(_ fault: Int32) -> Bool {
    [ENOSPC, EDQUOT, EFBIG, EIO, EMFILE, ENFILE, ENOMEM].contains(fault)
  }
}
