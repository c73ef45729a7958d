import Glibc
import Lab

/// Shows how far a run is, on standard error: a line that is drawn over on a terminal, else at most 100 lines.
struct ProgressPrinter {
  private let isQuiet: Bool
  private let isTerminal: Bool
  private var isLineOpen = false

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    isTerminal = Output.errorIsTerminal
  }

  mutating func show(_ progress: RunProgress) {
    guard !isQuiet else { return }
    if isTerminal {
      Output.put(raw: "\r\u{1B}[K" + progress.line, STDERR_FILENO)
      isLineOpen = true
    } else if Self.isShown(progress.finishedTiles, of: progress.tiles) {
      Output.error(progress.line)
    }
  }

  /// Leaves the line that is drawn over.
  mutating func end() {
    if isLineOpen { Output.put(raw: "\n", STDERR_FILENO) }
    isLineOpen = false
  }

  /// Every tile of up to 100; of more, evenly spread ones, the last among them.
  static func isShown(_ tile: Int, of tiles: Int) -> Bool {
    tiles <= 100 || tile * 100 / tiles != (tile - 1) * 100 / tiles
  }
}
