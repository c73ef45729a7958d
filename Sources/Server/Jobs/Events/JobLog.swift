import Documents
import Foundation
import Glibc

/// What a job's processes said, in a file that may be long: the end of it is read.
enum JobLog {
  /// The end of a file, in whole lines; nothing of a file that is not there.
  ///
  /// - Parameters:
  ///   - bytes: how much at most.
  ///   - start: only from this byte on.
  static func tail(of path: String, last bytes: Int, from start: Int = 0) throws(SystemFault) -> String {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw SystemFault(errno: errno) }
      return ""
    }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    let first = max(start, size - max(0, bytes), 0)
    // One more, to see whether a line begins there.
    let from = max(0, first - 1)
    var block = [UInt8](repeating: 0, count: max(0, size - from))
    let count = pread(descriptor, &block, block.count, from)
    guard count >= 0 else { throw SystemFault(errno: errno) }
    var shown = block[..<count]
    if from < first {
      guard let end = shown.firstIndex(of: UInt8(ascii: "\n")) else { return "" }
      shown = shown[(end + 1)...]
    }
    return String(decoding: shown, as: UTF8.self)
  }

  /// The size of a file, in bytes.
  static func size(of path: String) -> Int {
    var information = stat()
    return stat(path, &information) == 0 ? Int(information.st_size) : 0
  }

  /// What was said last, for a sentence: the last line that is not empty, without what cannot be printed.
  static func lastLine(of path: String, from start: Int) -> String? {
    guard let text = try? tail(of: path, last: 1 << 12, from: start),
      let line = text.split(whereSeparator: \.isNewline).last(where: { !$0.allSatisfy(\.isWhitespace) })
    else { return nil }
    let printable = PrintableText.escaped(line.prefix(500).trimmingCharacters(in: .whitespaces))
    let name = "stresslab: "
    return printable.hasPrefix(name) ? String(printable.dropFirst(name.count)) : printable
  }
}
