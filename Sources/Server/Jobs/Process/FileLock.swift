import Documents
import Foundation
import Glibc

/// A locked file: nobody else can lock it before this object, and every process that was given its descriptor, is gone. The
/// kernel lets go of it whatever they die of.
final class FileLock: Sendable {
  /// What has the lock.
  let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Locks a file, which is made where there is none; nil where somebody else has it.
  static func take(_ path: String) throws(SystemFault) -> FileLock? {
    let lock = try opened(path)
    while flock(lock.descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else { throw SystemFault(errno: errno) }
      return nil
    }
    return lock
  }

  /// Waits on a thread of its own until nobody else has a lock.
  ///
  /// - Parameter free: called on that thread, with the lock or with what the system refused.
  static func wait(_ path: String, free: @escaping @Sendable (Result<FileLock, SystemFault>) -> Void) {
    let thread = Thread {
      free(
        Result { () throws(SystemFault) in
          let lock = try opened(path)
          while flock(lock.descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw SystemFault(errno: errno) }
          }
          return lock
        })
    }
    thread.stackSize = 1 << 18
    thread.start()
  }

  private static func opened(_ path: String) throws(SystemFault) -> FileLock {
    let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemFault(errno: errno) }
    return FileLock(descriptor: descriptor)
  }
}
