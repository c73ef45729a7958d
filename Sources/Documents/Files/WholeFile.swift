import Foundation
import Glibc

/// A file that appears, or replaces its predecessor, all at once: it is written beside its place and renamed when it is
/// whole. What fails leaves the old file as it was; a process that is killed leaves a part, which the next one in the
/// folder removes.
package enum WholeFile {
  /// Behind the name of a file that is not whole yet. One process at a time writes to a folder, so that one name does.
  package static let partSuffix = ".stresslab-part"

  /// That a file could not be written.
  package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    package let path: String
    /// What the system refused.
    package let fault: SystemFault

    /// In a sentence.
    package var description: String { "\(path) cannot be written: \(fault)" }

    /// A file, and what the system refused.
    package init(path: String, fault: SystemFault) { (self.path, self.fault) = (path, fault) }
  }

  /// Writes a file.
  ///
  /// - Parameter isDurable: whether it shall outlast a power cut from here on.
  /// - Throws: what the system refused.
  package static func write(
    _ data: some ContiguousBytes, to path: String, isDurable: Bool = true
  ) throws(Failure) {
    let part = path + partSuffix
    unlink(part)
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Failure(path: path, fault: SystemFault(errno: errno)) }
    var fault = put(data, descriptor)
    if fault == 0, isDurable, fsync(descriptor) != 0 { fault = errno }
    if close(descriptor) != 0, fault == 0 { fault = errno }
    if fault == 0, rename(part, path) != 0 { fault = errno }
    guard fault == 0 else {
      unlink(part)
      throw Failure(path: path, fault: SystemFault(errno: fault))
    }
  }

  /// Removes what a process has left that was killed while it wrote a file; where there is nothing, nothing is done.
  package static func removePart(of path: String) { unlink(path + partSuffix) }

  /// Writes all bytes.
  ///
  /// - Returns: 0, or the number of the error.
  package static func put(_ data: some ContiguousBytes, _ descriptor: Int32) -> Int32 {
    data.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let more = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if more < 0, errno == EINTR { continue }
        // A disk that takes nothing and says nothing is full.
        guard more > 0 else { return more < 0 ? errno : ENOSPC }
        written += more
      }
      return 0
    }
  }
}
