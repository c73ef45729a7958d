import Documents
import Foundation
import Glibc
import Threads

/// A locked file: nobody else can lock it before this object is gone, or the process that it was handed to. The kernel lets go
/// of it whatever they die of.
final class FileLock: Sendable {
  private let descriptor: Int32
  private let isHanded = Locked(false)

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit {
    // Closing alone would not do while a process that was forked in the meantime, for whatever, still has the descriptor.
    if !isHanded.withLock(\.self) { flock(descriptor, LOCK_UN) }
    close(descriptor)
  }

  /// Hands the lock to a process, which has it from here on.
  ///
  /// - Parameter body: starts the process, with the descriptor.
  func hand<Process>(to body: (Int32) throws(SystemFault) -> Process) throws(SystemFault) -> Process {
    let process = try body(descriptor)
    isHanded.withLock { $0 = true }
    return process
  }

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

  /// Waits on a thread of its own until nobody has a file locked, or it cannot be waited for.
  ///
  /// - Parameter free: called then, on that thread; it is not locked by us either.
  static func wait(_ path: String, free: @escaping @Sendable () -> Void) {
    let thread = Thread {
      if let lock = try? opened(path) {
        while flock(lock.descriptor, LOCK_EX) != 0, errno == EINTR {}
      }
      free()
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
