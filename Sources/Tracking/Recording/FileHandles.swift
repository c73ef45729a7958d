import Glibc

/// How many files the system lets the program open.
enum FileHandles {
  /// Files that a run and its record need together, with some to spare.
  private static let plenty = 64

  /// Whether there are enough for a record beside a run that goes on. Where there are not, it is written when the run is over:
  /// the few that there are belong to the run, which may end at once for want of one.
  static var arePlenty: Bool {
    var limit = rlimit()
    return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) != 0 || limit.rlim_cur >= plenty
  }
}
