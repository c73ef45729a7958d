import ArgumentParser
import Documents
import Glibc
import Lab

/// What the program says: results on standard output, everything else on standard error.
enum Output {
  /// Puts something under the numbers 0, 1 and 2 where whoever started the program has closed them, so that no file of
  /// ours gets one of these; what stands there can be neither read nor written.
  static func holdStandardFiles() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes a line on standard output; a reader that has seen enough, such as `head`, is no error.
  ///
  /// - Throws: `SystemFailure` when it can't be written.
  static func write(_ text: String) throws(SystemFailure) {
    let fault = write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8))
    guard fault == 0 || fault == EPIPE else { throw .standardOutput(SystemFault(errno: fault)) }
  }

  /// Writes a line on standard error.
  ///
  /// Names that stand in the text steer no terminal: what would is written as an escape.
  static func error(_ text: String) {
    error(inked: PrintableText.escaped(text, keepingLines: true))
  }

  /// Likewise text that `Ink` has made, and has seen to what stands in it.
  static func error(inked text: String) { put(raw: text.hasSuffix("\n") ? text : text + "\n", STDERR_FILENO) }

  /// Writes bytes on standard output.
  ///
  /// - Returns: 0, or the number of the error: `EPIPE` when the reader has gone.
  static func write(_ bytes: [UInt8]) -> Int32 { put(bytes, STDOUT_FILENO) }

  /// Writes text as it is.
  static func put(raw text: String, _ descriptor: Int32) { _ = put(Array(text.utf8), descriptor) }

  /// Writes bytes.
  ///
  /// - Returns: 0, or the number of the error.
  static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Int32 {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return errno
      }
      bytes = bytes.dropFirst(written)
    }
    return 0
  }
}

extension ExitCode {
  /// A document, an option or a folder is not as it should be.
  static let wrongInput = ExitCode(2)
  /// A fault of the program.
  static let ourFault = ExitCode(70)
  /// The system failed: the disk, permissions, file handles, an output that is full or closed.
  static let systemFailed = ExitCode(74)
  /// Whose a problem with a report folder is.
  init(_ kind: StoreProblem.Kind) {
    self =
      switch kind {
      case .unfit, .damaged: .wrongInput
      case .system: .systemFailed
      case .fault: .ourFault
      }
  }

  /// Stopped on request; the run can be resumed.
  static let interrupted = ExitCode(130)
}
