import Documents
import Glibc
import Threads

/// The file of `--events`: what happens, a line of JSON each, appended while it happens.
///
/// Every line is one `write`, so that lines of several processes never mix, and one may go on with the file of another; who reads
/// it meanwhile may still see the beginning of the last line alone. Of what goes on and on there are five lines a second of each kind at most; of those that come faster the last
/// waits, and is written in the end. Nothing of it changes what the command does or how it ends: where the file cannot be
/// written, that is said once, and no more is told.
package final class EventFile: Sendable {
  /// Seconds between two lines of a kind that goes on.
  package static let pause = 0.2

  private let path: String
  private let clock: @Sendable () -> Double
  private let complain: @Sendable (String) -> Void
  private let state: Locked<State>

  private struct State {
    /// Nil once it could not be written.
    var descriptor: Int32?
    var told: [ToldEvent.Kind: Double] = [:]
    var waiting: [ToldEvent.Kind: @Sendable () -> ToldEvent] = [:]
  }

  /// Opens a file, which is made where there is none; a link or anything else than a regular file is left alone.
  ///
  /// - Parameters:
  ///   - clock: seconds since any moment.
  ///   - complain: gets a line when the file can't be written, once.
  package init(
    _ path: String, clock: @escaping @Sendable () -> Double = EventFile.seconds,
    complain: @escaping @Sendable (String) -> Void
  ) {
    self.path = path
    self.clock = clock
    self.complain = complain
    state = Locked(State())
    do throws(SystemFault) {
      let (descriptor, isWhole) = try Self.open(path)
      state.withLock { state in
        state.descriptor = descriptor
        if !isWhole { write([0x0A], &state) }
      }
    } catch {
      fail(error)
    }
  }

  /// Opens a file to append to it.
  ///
  /// - Returns: also whether what it holds ends with a line's end: a process that was killed, or a full disk, may have left half
  ///   a line.
  private static func open(_ path: String) throws(SystemFault) -> (descriptor: Int32, isWhole: Bool) {
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let descriptor = Glibc.open(path, flags, 0o666)
    guard descriptor >= 0 else {
      throw errno == ELOOP ? .other("a link, which is not followed") : SystemFault(errno: errno)
    }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .other("no regular file")
    }
    var last: UInt8 = 0x0A
    if information.st_size > 0 { pread(descriptor, &last, 1, information.st_size - 1) }
    return (descriptor, last == 0x0A)
  }

  deinit {
    if let descriptor = state.withLock({ $0.descriptor }) { close(descriptor) }
  }

  /// Seconds of a clock that is never set.
  package static let seconds: @Sendable () -> Double = {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The time by the file's clock.
  package var now: Double { clock() }

  /// Tells what happens once.
  package func tell(_ event: ToldEvent) { state.withLock { write(event.line, &$0) } }

  /// Tells how far something is that goes on, where the last line of its kind is long enough ago; else it waits, in the place
  /// of what waits already.
  ///
  /// - Parameter event: is made when it is written.
  package func tell(_ kind: ToldEvent.Kind, _ event: @escaping @Sendable () -> ToldEvent) {
    let now = clock()
    state.withLock { state in
      guard state.descriptor != nil else { return }
      if let last = state.told[kind], now - last < Self.pause {
        state.waiting[kind] = event
        return
      }
      state.told[kind] = now
      state.waiting[kind] = nil
      write(event().line, &state)
    }
  }

  /// Writes what waits.
  package func tellWaiting() {
    let now = clock()
    state.withLock { state in
      for kind in ToldEvent.Kind.allCases {
        guard let event = state.waiting.removeValue(forKey: kind) else { continue }
        state.told[kind] = now
        write(event().line, &state)
      }
    }
  }

  /// Tells that the command is over, after what waits; a signal adds no line any more.
  package func end(exit: Int32, words: String) {
    tellWaiting()
    Interrupts.leaveNothing()
    tell(.ended(exit: exit, words: words))
  }

  /// Has that line written where a signal ends the process at once.
  package func endAtInterrupts(words: String) {
    guard let descriptor = state.withLock({ $0.descriptor }) else { return }
    Interrupts.leave(ToldEvent.ended(exit: 130, words: words).line, in: descriptor)
  }

  private func write(_ line: [UInt8], _ state: inout State) {
    guard let descriptor = state.descriptor else { return }
    while true {
      let written = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written == line.count { return }
      if written < 0, errno == EINTR { continue }
      let fault = SystemFault(errno: written < 0 ? errno : ENOSPC)
      Interrupts.leaveNothing()
      close(descriptor)
      state.descriptor = nil
      return fail(fault)
    }
  }

  private func fail(_ fault: SystemFault) { complain("Not told in \(path): \(fault).") }
}
