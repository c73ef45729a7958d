import Glibc
import Reports

/// Shows how far a run or a training is, on standard error.
struct ProgressPrinter {
  private static let clock = ContinuousClock()
  private let start = Self.clock.now
  private var display: ProgressDisplay
  /// Whether each part is a line of its own.
  let showsEveryPart: Bool

  init(isQuiet: Bool, isVerbose: Bool) {
    let isDrawn = Terminal.understandsEscapes(STDERR_FILENO)
    showsEveryPart = isVerbose && !isQuiet
    display = ProgressDisplay(
      isQuiet ? .nothing : isVerbose ? .everyPart : isDrawn ? .drawnOver : .lines, from: 0)
  }

  mutating func show(_ progress: some ShownProgress) {
    Output.put(raw: display.text(progress, at: seconds, width: Terminal.width(STDERR_FILENO)), STDERR_FILENO)
  }

  /// Seconds since it began.
  var seconds: Double { (Self.clock.now - start) / .seconds(1) }

  /// Leaves the line that is drawn over.
  mutating func end() { Output.put(raw: display.end(), STDERR_FILENO) }
}
