import Foundation
import Glibc

/// The terminal that the program may be talking to.
enum Terminal {
  /// Columns of the terminal that standard output is; nil where it is none.
  static var outputWidth: Int? { isatty(STDOUT_FILENO) == 1 ? width(STDOUT_FILENO) : nil }

  /// Whether an open file is a terminal that moves and colours as it is told.
  static func understandsEscapes(_ descriptor: Int32) -> Bool {
    let kind = ProcessInfo.processInfo.environment["TERM"] ?? ""
    return isatty(descriptor) == 1 && kind != "" && kind != "dumb"
  }

  /// Columns of the terminal behind an open file, as it is now; 80 where that is not known.
  static func width(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
