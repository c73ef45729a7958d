import ArgumentParser
import Documents
import Foundation
import Glibc
import Lab

/// A file that appears, or replaces its predecessor, all at once: it is written beside its place and renamed when it is
/// whole. What fails or is interrupted leaves the old file as it was.
struct FileReplacement {
  private let path: String
  /// The option that names the file, for messages.
  private let option: String
  /// Where a symbolic link leads: the link stays, and what it names is replaced.
  private let target: String
  /// What is told of it.
  private let name: String

  /// - Parameter name: what messages call the file, where it is a part of another.
  init(_ path: String, option: String = "--out", name: String? = nil) {
    self.path = path
    self.option = option
    self.name = name ?? path
    target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Refuses a place where nothing can or may be put.
  func check(overwrite: Bool) throws(Refusal) {
    guard !path.isEmpty else { throw Refusal("\(option) needs the name of a file") }
    var information = stat()
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    guard stat(folder, &information) == 0 else {
      throw Refusal("\(path) can't be written: \(SystemFault(errno: errno))")
    }
    guard lstat(path, &information) == 0 else { return }
    guard overwrite else { throw Refusal("\(path) exists; --overwrite replaces it") }
    guard stat(target, &information) != 0 || information.st_mode & S_IFMT == S_IFREG else {
      throw Refusal("\(path) is no regular file, and is not replaced")
    }
  }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - isDurable: whether it shall outlast a power cut from here on.
  ///   - give: hands block after block to what it gets, until that says false.
  /// - Throws: why it can't be written, or that the process was interrupted; then nothing has changed.
  func write(isDurable: Bool = true, _ give: (([UInt8]) -> Bool) -> Void) throws {
    let part = "\(target).part-\(getpid())"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw problem(errno) }
    Interrupts.watch()
    var fault: Int32 = 0
    give { block in
      fault = Output.put(block, descriptor)
      return fault == 0 && !Interrupts.isRequested
    }
    if fault == 0, isDurable, fsync(descriptor) != 0 { fault = errno }
    close(descriptor)
    if fault == 0, !Interrupts.isRequested, rename(part, target) != 0 { fault = errno }
    guard fault == 0, !Interrupts.isRequested else {
      unlink(part)
      if fault != 0 { throw problem(fault) }
      Output.error("Stopped; \(name) is as it was.")
      throw ExitCode.interrupted
    }
  }

  private func problem(_ fault: Int32) -> any Error {
    SystemFailure.orRefusal("\(name) can't be written", SystemFault(errno: fault))
  }
}
