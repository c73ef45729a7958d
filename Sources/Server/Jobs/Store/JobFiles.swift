import Documents
import Foundation
import Glibc
import Lab

/// The files of one job.
package struct JobFiles: Sendable, Hashable {
  /// The folder that they are in.
  package let folder: String

  /// What its process tells of itself, a JSON object a line.
  package var events: String { "\(folder)/events.jsonl" }
  /// What its processes said on standard error.
  package var log: String { "\(folder)/log" }
  /// What its processes said on standard output.
  package var output: String { "\(folder)/out" }
  /// Locked for as long as a process of it lives.
  var lock: String { "\(folder)/lock" }

  /// A name for a job that is new: 16 hexadecimal digits.
  static func newName() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a folder's name is one that a job has.
  static func isName(_ name: String) -> Bool {
    name.utf8.count == 16 && name.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// Makes the folder, with a file of events to follow from the beginning.
  func make() throws(StoreProblem) {
    let (folder, events) = (folder, events)
    try StoreProblem.wrapping("\(folder) cannot be made a folder") {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    let descriptor = open(events, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw StoreProblem("\(events) cannot be written", SystemFault(errno: errno)) }
    close(descriptor)
  }

  /// Removes the folder and all in it.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Cuts off a line of events that a process did not finish before it was killed, so that the next one does not go on in
  /// the middle of it. Nobody has been told of it: followers hear of whole lines.
  ///
  /// - Returns: whether any line is there.
  func cutUnfinishedEvent() throws(SystemFault) -> Bool {
    let descriptor = open(events, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemFault(errno: errno) }
    defer { close(descriptor) }
    var end = lseek(descriptor, 0, SEEK_END)
    let size = end
    var block = [UInt8](repeating: 0, count: 1 << 14)
    while end > 0 {
      let start = max(0, end - block.count)
      let count = pread(descriptor, &block, end - start, start)
      guard count == end - start else { throw count < 0 ? SystemFault(errno: errno) : .readOrWriteFailed }
      if let last = block[..<count].lastIndex(of: UInt8(ascii: "\n")) {
        end = start + last + 1
        break
      }
      end = start
    }
    if end < size, ftruncate(descriptor, end) != 0 { throw SystemFault(errno: errno) }
    return end > 0
  }
}
