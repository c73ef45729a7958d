import Digests
import Documents
import Foundation
import Glibc

/// The checksum of the store's whole file beside it, as `sha256sum` writes and checks it.
///
/// The checksums inside of the store are of its contents. A database has bytes beside them (room that is free, its own
/// bookkeeping), which this one sees too.
enum StoreSeal {
  /// The file's name.
  static let name = "results.sha256"

  /// Seals a store that is closed.
  static func write(in folder: ReportFolder) throws(StoreProblem) {
    try WholeFile.replace(folder.path + "/" + name, with: try expected(in: folder))
  }

  /// What the file should hold.
  static func expected(in folder: ReportFolder) throws(StoreProblem) -> Data {
    Data("\(try sha256(folder.store))  results.sqlite\n".utf8)
  }

  /// SHA-256 of a file that need not fit into memory.
  private static func sha256(_ path: String) throws(StoreProblem) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StoreProblem("\(path) cannot be read", SystemFault(errno: errno)) }
    defer { close(descriptor) }
    var digest = Digest()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StoreProblem("\(path) cannot be read", SystemFault(errno: errno)) }
      guard count > 0 else { return digest.finish() }
      buffer.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}
