import Foundation
import Glibc

/// A process that is not taken for another one which has its number later.
struct ProcessIdentity: Sendable, Hashable {
  /// Its number.
  let number: pid_t
  /// When it was started, in ticks of the system's clock since it came up.
  let start: UInt64

  init(number: pid_t, start: UInt64) {
    self.number = number
    self.start = start
  }

  /// The process that has a number now; nil where there is none.
  init?(of number: pid_t) {
    guard let line = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
      // The name may hold anything, parentheses and blanks too.
      let name = line.lastIndex(of: ")")
    else { return nil }
    let fields = line[line.index(after: name)...].split(separator: " ")
    // Field 22, counted from 1, where the two before are the number and the name.
    guard fields.count > 19, let start = UInt64(fields[19]) else { return nil }
    self.init(number: number, start: start)
  }

  /// Sends a signal, where the process is still the same.
  func signal(_ signal: Int32) {
    guard number > 1, ProcessIdentity(of: number) == self else { return }
    kill(number, signal)
  }
}
