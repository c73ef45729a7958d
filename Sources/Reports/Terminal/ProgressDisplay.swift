/// A moment of something long that is told while it goes on.
package protocol ShownProgress {
  /// Whether nothing is missing any more.
  var isFinished: Bool { get }
  /// The part that has just been finished, such as `tile 3/80`.
  var part: String { get }
  /// For a log.
  var text: String { get }
  /// For a terminal: a line of at most so many columns.
  func text(width: Int) -> String
}

/// What is written about a run's progress, and when. The time is told to it: it has no clock.
package struct ProgressDisplay: Sendable {
  /// How progress is shown.
  package enum Style: Sendable, Hashable {
    /// Not at all.
    case nothing
    /// In a line of a terminal that is drawn over, ten times a second at most.
    case drawnOver
    /// In a line every ten seconds at most.
    case lines
    /// In a line for each part.
    case everyPart
  }

  private let style: Style
  /// When something was written last; at first, when the run began.
  private var last: Double
  private var isLineOpen = false

  /// Shows the progress of a run that begins at so many seconds.
  package init(_ style: Style, from seconds: Double) {
    self.style = style
    last = style == .drawnOver ? -.infinity : seconds
  }

  /// What to write for a finished part; empty most of the time.
  ///
  /// - Parameters:
  ///   - seconds: when it is, on the clock of the beginning.
  ///   - width: columns of the terminal.
  package mutating func text(_ progress: some ShownProgress, at seconds: Double, width: Int) -> String {
    switch style {
    case .nothing: return ""
    case .everyPart: return "\(progress.part), \(progress.text)\n"
    case .lines:
      guard seconds - last >= 10 else { return "" }
      last = seconds
      return progress.text + "\n"
    case .drawnOver:
      guard seconds - last >= 0.1 || progress.isFinished else { return "" }
      last = seconds
      isLineOpen = true
      // In the last column a terminal may begin a new line.
      return "\r\(progress.text(width: width - 1))\u{1B}[K"
    }
  }

  /// What to write after the last part, so that the next line begins at its start.
  package mutating func end() -> String {
    defer { isLineOpen = false }
    return isLineOpen ? "\n" : ""
  }
}
