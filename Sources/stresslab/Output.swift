import ArgumentParser
import Documents
import Glibc

/// What the program says: results on standard output, everything else on standard error.
enum Output {
  /// Writes a line on standard output; a reader that has gone is no error.
  static func write(_ text: String) { put(text, STDOUT_FILENO) }

  /// Writes a line on standard error.
  static func error(_ text: String) { put(text, STDERR_FILENO) }

  /// Names that stand in the text steer no terminal: what would is written as an escape.
  private static func put(_ text: String, _ descriptor: Int32) {
    let text = PrintableText.escaped(text, keepingLines: true)
    put(raw: text.hasSuffix("\n") ? text : text + "\n", descriptor)
  }

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

  /// Whether standard error is a terminal, where a line can be drawn over.
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

extension ExitCode {
  /// A document, an option or a folder is not as it should be.
  static let wrongInput = ExitCode(2)
  /// A fault of the program, or of the machine.
  static let ourFault = ExitCode(70)
  /// Stopped on request; the run can be resumed.
  static let interrupted = ExitCode(130)
}
