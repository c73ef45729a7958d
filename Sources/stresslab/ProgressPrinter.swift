import Glibc
import Lab
import Reports

/// Shows how far a run is, on standard error.
struct ProgressPrinter {
  private static let clock = ContinuousClock()
  private let start = Self.clock.now
  private var display: ProgressDisplay

  init(isQuiet: Bool, isVerbose: Bool) {
    let isDrawn = Terminal.understandsEscapes(STDERR_FILENO)
    display = ProgressDisplay(
      isQuiet ? .nothing : isVerbose ? .everyTile : isDrawn ? .drawnOver : .lines, from: 0)
  }

  mutating func show(_ progress: RunProgress) {
    let seconds = (Self.clock.now - start) / .seconds(1)
    Output.put(raw: display.text(progress, at: seconds, width: Terminal.width(STDERR_FILENO)), STDERR_FILENO)
  }

  /// Leaves the line that is drawn over.
  mutating func end() { Output.put(raw: display.end(), STDERR_FILENO) }
}
