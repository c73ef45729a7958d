import Glibc
import Synchronization

/// What Ctrl-C, a hang-up or a request to end does to the program: it stops in order if it can within three quarters of a
/// second, and else at once; a second signal ends it at once.
///
/// A run may be ended at any moment: what is committed to its store stays.
package enum Interrupts {
  /// How often a signal came. Written by the handler, hence a lock-free atomic and nothing else.
  private static let count = Atomic<Int>(0)
  /// Where a C string lies that is said when the program could not stop in order; 0: it is waited for. For the handlers,
  /// hence an atomic; the string lives as long as the process.
  private static let farewell = Atomic<UInt>(0)
  /// Where bytes lie that are written when the program is ended at once, how many, and into which open file; 0 and −1: none.
  /// They live as long as the process.
  private static let lastLine = Atomic<UInt>(0)
  private static let lastCount = Atomic<Int>(0)
  private static let lastFile = Atomic<Int32>(-1)

  /// How long the program has to stop in order.
  private static let patience = timeval(tv_sec: 0, tv_usec: 750_000)

  /// Takes over SIGINT, SIGTERM and SIGHUP from here on; a hang-up that was to be ignored (nohup) still is.
  ///
  /// - Parameter farewell: a line for standard error where the program has to be ended at once, after a first signal too;
  ///   nil where it must be left to stop by itself.
  package static func watch(farewell line: String? = nil) {
    // The handlers must not be the first to touch these: their storage is made on first use.
    count.store(0, ordering: .relaxed)
    farewell.store(line.map { UInt(bitPattern: strdup($0 + "\n")) } ?? 0, ordering: .relaxed)
    _ = lastFile.load(ordering: .relaxed)
    signal(SIGALRM) { _ in Interrupts.end() }
    // Whoever started the process may have blocked them.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGALRM)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      if number == SIGHUP, unsafeBitCast(signal(SIGHUP, SIG_IGN), to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      {
        continue
      }
      sigaddset(&signals, number)
      signal(number) { _ in
        if Interrupts.count.add(1, ordering: .relaxed).oldValue > 0 { Interrupts.exit() }
        guard Interrupts.farewell.load(ordering: .relaxed) != 0 else { return }
        var limit = itimerval(it_interval: timeval(), it_value: Interrupts.patience)
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &limit, nil)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Ends the process from a handler.
  private static func end() {
    if let line = UnsafePointer<CChar>(bitPattern: farewell.load(ordering: .relaxed)) {
      _ = write(STDERR_FILENO, line, strlen(line))
    }
    exit()
  }

  /// Leaves the last line and ends the process, from a handler.
  private static func exit() {
    let file = lastFile.load(ordering: .acquiring)
    if file >= 0, let line = UnsafeRawPointer(bitPattern: lastLine.load(ordering: .relaxed)) {
      _ = write(file, line, lastCount.load(ordering: .relaxed))
    }
    _exit(130)
  }

  /// Has bytes written into an open file where a signal ends the process at once.
  package static func leave(_ bytes: [UInt8], in descriptor: Int32) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    lastLine.store(UInt(bitPattern: copy.baseAddress), ordering: .relaxed)
    lastCount.store(bytes.count, ordering: .relaxed)
    lastFile.store(descriptor, ordering: .releasing)
  }

  /// Takes that back.
  package static func leaveNothing() { lastFile.store(-1, ordering: .releasing) }

  /// Whether the run shall stop, and give up the tiles that are being worked on.
  package static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
