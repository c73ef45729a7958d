import Glibc

/// How a process ended.
enum ProcessEnd: Sendable, Hashable {
  /// By itself, with a code.
  case exited(Int32)
  /// By a signal.
  case signalled(Int32)
  /// Nobody can say: somebody else has asked the system first.
  case unknown

  /// What the system tells who waits for a process.
  init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
  }

  /// Whether it ended because it was asked to, before or after it knew how to stop in order.
  var isInterruption: Bool {
    switch self {
    case .exited(130), .signalled(SIGINT), .signalled(SIGTERM), .signalled(SIGHUP): true
    case .exited, .signalled, .unknown: false
    }
  }

  /// A signal by its name.
  static func name(of signal: Int32) -> String {
    let names: [Int32: String] = [
      SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT",
      SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGPIPE: "SIGPIPE",
      SIGALRM: "SIGALRM",
      SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
    ]
    return names[signal] ?? "signal \(signal)"
  }
}
