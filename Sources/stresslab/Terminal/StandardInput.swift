import Documents
import Glibc
import Lab

/// Standard input as a file that a command line names `-`.
enum StandardInput {
  /// The contents of files, of which one may be standard input. It is read here, once; paths in it count from the working
  /// folder, or from where a file of its name lies or would lie.
  ///
  /// - Parameter name: the path under which it is asked for; `-` unless it has one.
  /// - Throws: why it can't be read: a `SystemFailure` or a `Refusal`.
  static func contents(
    for files: [String], called name: String = ScenarioFile.standardInput
  ) throws -> FileContents.Reader {
    guard files.contains(ScenarioFile.standardInput) else { return FileContents.read }
    let bytes: [UInt8]
    do throws(SystemFault) {
      bytes = try FileContents.readAll(STDIN_FILENO)
    } catch {
      throw SystemFailure.orRefusal("standard input can't be read", error)
    }
    return { (path) throws(SystemFault) in
      path == name ? bytes : try FileContents.read(path)
    }
  }
}
