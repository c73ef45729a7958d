import Documents
import Foundation
import Glibc

/// Another program that is talked to by lines: its standard input and output are one socket of ours. It sees no more of our
/// environment than it is given, and ends with this object.
final class HelperProcess {
  private let process: pid_t
  private let channel: Int32
  private let complaints: Int32
  private var unread: [UInt8] = []
  private var complaint: [UInt8] = []

  /// What may be read as one line, in bytes.
  private static let longestLine = 64 << 20
  /// What is kept of what it says on standard error, in bytes.
  private static let longestComplaint = 8192

  /// Starts a program, found by the path of `environment` where it is a bare name.
  ///
  /// - Throws: what the system refused.
  init(_ program: String, _ arguments: [String], environment: [String: String]) throws(SystemFault) {
    var sockets: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &sockets) == 0 else { throw SystemFault(errno: errno) }
    var pipes: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, kind, 0, &pipes) == 0 else {
      let number = errno
      for socket in sockets { close(socket) }
      throw SystemFault(errno: number)
    }
    defer {
      close(sockets[1])
      close(pipes[1])
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, sockets[1], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, sockets[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, pipes[1], STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: Ctrl-C comes to us, and what it has started ends with it.
    posix_spawnattr_setpgroup(&attributes, 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGXFSZ] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for word in words { free(word) }
      for variable in variables { free(variable) }
    }
    var process = pid_t()
    let fault = posix_spawnp(&process, program, &actions, &attributes, &words, &variables)
    guard fault == 0 else {
      close(sockets[0])
      close(pipes[0])
      throw SystemFault(errno: fault)
    }
    (self.process, channel, complaints) = (process, sockets[0], pipes[0])
    _ = fcntl(complaints, F_SETFL, O_NONBLOCK)
  }

  deinit {
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    close(channel)
    close(complaints)
  }

  /// What it said last on standard error, its last line that is not empty.
  var lastComplaint: String? {
    String(decoding: complaint, as: UTF8.self).split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
      .map(String.init)
  }

  /// Sends a line.
  ///
  /// - Returns: whether it could be sent.
  func send(_ line: String) -> Bool {
    var bytes = Array((line + "\n").utf8)[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes { Glibc.send(channel, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { return false }
      bytes = bytes.dropFirst(sent)
    }
    return true
  }

  /// What came of waiting for a line.
  enum Line {
    case line([UInt8])
    /// It has ended, or closed its output.
    case ended
    /// No whole line came in time.
    case late
    /// The program was asked to stop.
    case interrupted
  }

  /// The next line.
  func line(within seconds: Double, shouldStop: () -> Bool) -> Line {
    let deadline = ContinuousClock.now + .milliseconds(Int(seconds * 1000))
    var searched = 0
    while true {
      if let end = unread[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread.removeSubrange(...end) }
        return .line(Array(unread[..<end]))
      }
      searched = unread.count
      if shouldStop() { return .interrupted }
      guard ContinuousClock.now < deadline else { return .late }
      guard unread.count <= Self.longestLine else { return .ended }
      var ready = [
        pollfd(fd: channel, events: Int16(POLLIN), revents: 0),
        pollfd(fd: complaints, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&ready, 2, 50) > 0 else { continue }
      if ready[1].revents != 0 { readComplaints() }
      if ready[0].revents != 0 {
        guard let more = Self.read(channel), !more.isEmpty else {
          readComplaints()
          return .ended
        }
        unread += more
      } else {
        // A closed standard error is always ready.
        usleep(1000)
      }
    }
  }

  private func readComplaints() {
    while let more = Self.read(complaints), !more.isEmpty {
      complaint = (complaint + more).suffix(Self.longestComplaint)
    }
  }

  /// What can be read now: nothing at the end, nil where it can't be.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      return count < 0 ? nil : Array(block[..<count])
    }
  }
}
