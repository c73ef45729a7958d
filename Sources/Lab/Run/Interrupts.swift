import Glibc
import Synchronization

/// What Ctrl-C does to a run: the first stops it between the steps of a tile, the second ends the process at once.
package enum Interrupts {
  /// How often the signal came. Written by the handler, hence a lock-free atomic and nothing else.
  private static let count = Atomic<Int>(0)

  /// Takes over SIGINT and SIGTERM from here on.
  package static func watch() {
    // The handler must not be the first to touch the counter: its storage is made on first use.
    count.store(0, ordering: .relaxed)
    // Whoever started the process may have blocked them.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      signal(number) { _ in
        if Interrupts.count.add(1, ordering: .relaxed).oldValue > 0 { _exit(130) }
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Whether the run shall stop, and give up the tiles that are being worked on.
  package static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
