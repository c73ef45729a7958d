import Statistics

/// A line of a terminal that says how much of something is done: percent, a bar, and words as far as there is room for them.
package enum ProgressBar {
  /// The line, of at most so many columns.
  ///
  /// - Parameters:
  ///   - share: what is done, in 0…1; 100 % is said of 1 alone.
  ///   - candidates: words beside a bar of so many columns at least, the best first.
  ///   - short: words without a bar, the best first, where there is no room for one.
  package static func line(
    _ share: Double, _ candidates: [(bar: Int, rest: String)], short: [String], width: Int
  ) -> String {
    let percent = percent(share)
    for (bar, rest) in candidates {
      // Percent, bar between brackets, and two blanks.
      let room = width - TerminalText.width(percent) - TerminalText.width(rest) - 4
      if room >= bar { return "\(percent) [\(drawn(share, min(room, 30)))] \(rest)" }
    }
    let plain = short.map { "\(percent), \($0)" } + [percent]
    return plain.first { TerminalText.width($0) <= width } ?? ""
  }

  /// A length of time in words, rounded up to a second.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    if seconds < 60 { return "\(Int(seconds.rounded(.up))) s" }
    let whole = Int(seconds.rounded())
    return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// How fast something goes, per second.
  package static func rate(_ rate: Double) -> String { "\(Unit.decimal(rate.rounded(), decimals: 0))/s" }

  /// Rounded down, so that 100 % is said of what is finished, and of nothing else.
  private static func percent(_ share: Double) -> String { "\(Int(share * 100)) %" }

  private static func drawn(_ share: Double, _ width: Int) -> String {
    let filled = Int(share * Double(width))
    return String(repeating: "=", count: filled) + String(repeating: " ", count: width - filled)
  }
}
