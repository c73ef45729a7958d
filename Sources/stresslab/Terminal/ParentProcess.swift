import Foundation
import Glibc
import Synchronization

/// The process that this one must not outlive: where `STRESSLAB_PARENT` says its number, its end is to this process as Ctrl-C
/// is, and what is finished is kept.
///
/// The kernel tells of it by a signal (`PR_SET_PDEATHSIG`). It does so too when no more than the thread ends that made this
/// process, which is no reason to stop: so the signal is one of our own, and its handler looks whose child we are.
enum ParentProcess {
  /// The name in the environment.
  static let variable = "STRESSLAB_PARENT"

  /// `PR_SET_PDEATHSIG` of linux/prctl.h: the signal that comes when the parent ends.
  private static let setParentDeathSignal: Int32 = 1
  /// What the kernel sends.
  private static let signalNumber = SIGUSR1
  /// The number of the process. For the handler, hence an atomic.
  private static let parent = Atomic<Int32>(0)

  /// Sees to it that the process ends with its parent, where the environment asks for it; at once, with 130, where the parent is
  /// gone already. Processes that this one starts are not asked.
  static func follow() {
    guard let text = ProcessInfo.processInfo.environment[variable], let number = pid_t(text), number > 0 else { return }
    unsetenv(variable)
    parent.store(number, ordering: .relaxed)
    signal(signalNumber) { _ in
      if getppid() != ParentProcess.parent.load(ordering: .relaxed) { kill(getpid(), SIGINT) }
    }
    // Whoever started the process may have blocked it.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, signalNumber)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    askKernel()
    // The parent may have ended before the kernel was asked.
    guard getppid() == number else { exit(130) }
  }

  /// Swift knows no functions of C with a variable number of arguments, of which `prctl` is one: it is called by its address, with
  /// as many as the kernel takes.
  private static func askKernel() {
    typealias Control = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
    guard let address = dlsym(nil, "prctl") else { return }
    _ = unsafeBitCast(address, to: Control.self)(setParentDeathSignal, UInt(signalNumber), 0, 0, 0)
  }
}
