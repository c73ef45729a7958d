import Foundation
import Glibc

/// Processes that hold the lock of a job: the job's own, and what it has started, whoever started it.
enum LockHolders {
  /// Ends all processes that have a job's lock where a job's process has it.
  static func end(_ lock: String) {
    var wanted = stat()
    guard stat(lock, &wanted) == 0 else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let number = pid_t(name), number > 1, number != getpid() else { continue }
      var found = stat()
      guard stat("/proc/\(number)/fd/\(JobProcess.lockDescriptor)", &found) == 0, found.st_dev == wanted.st_dev,
        found.st_ino == wanted.st_ino
      else { continue }
      kill(number, SIGKILL)
    }
  }
}
