import CSpawn
import Dispatch
import Documents
import Foundation
import Glibc
import Threads

/// A process of a job, in a process group of its own.
///
/// A thread of its own starts it and waits for it, the same one: the kernel tells a process that its parent is gone when the
/// thread that started it ends. It waits for this process and no other, so that nobody else's are taken from them.
final class JobProcess: Sendable {
  /// Which it is.
  let identity: ProcessIdentity
  private let isOver: Locked<Bool>

  /// Where the process finds the lock that it holds as long as it lives.
  static let lockDescriptor: Int32 = 3

  private init(_ identity: ProcessIdentity, isOver: Locked<Bool>) {
    self.identity = identity
    self.isOver = isOver
  }

  /// Starts a process.
  ///
  /// - Parameters:
  ///   - lock: what the process holds as long as it lives.
  ///   - ended: called once when it has ended, on a thread of its own.
  /// - Throws: what the system refused; then `ended` is not called.
  static func start(
    _ launch: JobLaunch, holding lock: FileLock, ended: @escaping @Sendable (ProcessEnd) -> Void
  ) throws(SystemFault) -> JobProcess {
    let answer = Locked<Result<pid_t, SystemFault>?>(nil)
    // It is the process that shall have it, and not we for as long as the thread lives.
    let ours = Locked<FileLock?>(lock)
    let isOver = Locked(false)
    let (hasStarted, mayReap) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let thread = Thread {
      // Of this thread alone, and what it starts inherits it from its first instruction on.
      _ = nice(launch.niceness)
      let result = Result { () throws(SystemFault) in
        guard let lock = ours.withLock(\.self) else { throw SystemFault.inUse }
        return try lock.hand { descriptor throws(SystemFault) in try spawn(launch, holding: descriptor) }
      }
      ours.withLock { $0 = nil }
      answer.withLock { $0 = result }
      hasStarted.signal()
      guard case .success(let number) = result else { return }
      mayReap.wait()
      ended(wait(for: number, isOver))
    }
    thread.stackSize = 1 << 19
    thread.start()
    // A process is started in a millisecond or so.
    hasStarted.wait()
    guard let result = answer.withLock(\.self) else { preconditionFailure("Invariant: a start has a result") }
    // Until it is reaped its number is its own.
    defer { mayReap.signal() }
    let number = try result.get()
    let identity = ProcessIdentity(of: number) ?? ProcessIdentity(number: number, start: 0)
    return JobProcess(identity, isOver: isOver)
  }

  /// Waits until a process has ended.
  private static func wait(for number: pid_t, _ isOver: Locked<Bool>) -> ProcessEnd {
    var information = siginfo_t()
    while waitid(P_PID, id_t(number), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return isOver.withLock { isOver in
      isOver = true
      // What it has left in its group has nobody to work for.
      kill(-number, SIGKILL)
      var status: Int32 = 0
      while waitpid(number, &status, 0) < 0 {
        guard errno == EINTR else { return .unknown }
      }
      return ProcessEnd(status: status)
    }
  }

  /// Asks it to stop in order.
  func stop() {
    isOver.withLock { isOver in if !isOver { _ = kill(identity.number, SIGINT) } }
  }

  /// Ends it and all in its group.
  func end() {
    isOver.withLock { isOver in if !isOver { _ = kill(-identity.number, SIGKILL) } }
  }

  private static func spawn(_ launch: JobLaunch, holding lock: Int32) throws(SystemFault) -> pid_t {
    let output = try appending(launch.output)
    defer { close(output) }
    let log = try appending(launch.log)
    defer { close(log) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, log, STDERR_FILENO)
    // Ours may have the number of one of the two: the lock comes last.
    posix_spawn_file_actions_adddup2(&actions, lock, lockDescriptor)
    spawn_actions_add_close_from(&actions, lockDescriptor + 1)
    spawn_actions_add_folder(&actions, launch.workspace)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setpgroup(&attributes, 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    // A server ignores what it hears of in another way.
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var words = ([launch.program] + launch.arguments).map { strdup($0) } + [nil]
    var variables = launch.environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for word in words { free(word) }
      for variable in variables { free(variable) }
    }
    var number = pid_t()
    let fault = posix_spawn(&number, launch.program, &actions, &attributes, &words, &variables)
    guard fault == 0 else { throw SystemFault(errno: fault) }
    if let memory = launch.memory { limit_address_space(number, memory) }
    return number
  }

  /// Opens a file at whose end is written.
  private static func appending(_ path: String) throws(SystemFault) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemFault(errno: errno) }
    return descriptor
  }
}
