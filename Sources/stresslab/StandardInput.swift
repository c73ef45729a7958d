import Documents
import Glibc
import Lab

/// Standard input as a file that a command line names `-`.
enum StandardInput {
  /// The contents of files, of which one may be standard input. It is read here, once; paths in it count from the working
  /// folder.
  static func contents(for files: [String]) throws(Refusal) -> @Sendable (String) -> [UInt8]? {
    guard files.contains(ScenarioFile.standardInput) else { return FileContents.read }
    let bytes = try read()
    return { $0 == ScenarioFile.standardInput ? bytes : FileContents.read($0) }
  }

  /// All that comes until the end.
  static func read() throws(Refusal) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &block, block.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw Refusal("standard input can't be read: \(String(cString: strerror(errno)))")
      }
      bytes += block[..<count]
    }
  }
}
