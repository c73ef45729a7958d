import Documents
import Foundation
import Glibc

extension WholeFile {
  /// Writes a file of a run, as `write` does.
  ///
  /// - Throws: what the system refused, with the file's name.
  static func replace(_ path: String, with data: Data, isDurable: Bool = true) throws(StoreProblem) {
    do throws(Failure) {
      try write(data, to: path, isDurable: isDurable)
    } catch {
      throw StoreProblem("\(path) cannot be written", error.fault)
    }
  }

  /// What a file holds; nil where there is none.
  ///
  /// - Throws: what the system refused.
  static func read(_ path: String) throws(StoreProblem) -> Data? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno != ENOENT else { return nil }
      throw StoreProblem("\(path) cannot be read", SystemFault(errno: errno))
    }
    defer { close(descriptor) }
    do throws(SystemFault) {
      return Data(try FileContents.readAll(descriptor))
    } catch {
      throw StoreProblem("\(path) cannot be read", error)
    }
  }
}
