import Drawing
import Lab
import Statistics

/// A small panel of an agent's row, or one for each of its risk profiles. A new one is a constant in a file like
/// `AgentPanel+Leverage.swift` and a line here.
struct AgentPanel: Sendable {
  /// From left to right.
  static let catalogue: [AgentPanel] = [.equity, .survival, .loss, .leverage]

  /// What it shows, for a reader who cannot see it.
  let description: String
  /// What is said where it would say nothing and is left out.
  let silence: String
  /// Whether the lines of all profiles stand in one panel, told apart by their dashes.
  let holdsAllLines: Bool
  /// How many panels it comes to; 0 where it would say nothing.
  let count: @Sendable (AgentScene) -> Int
  /// So many pictures of one size.
  let draw: @Sendable (AgentScene, Layout) -> [Picture]
}

extension AgentScene {
  /// A line's style: the agent's colour, and the profile's dash.
  func style(_ line: String, _ index: Int) -> String {
    let dash = Plot.dash(index)
    return dash.isEmpty ? "\(line) \(series)" : "\(line) \(series) \(dash)"
  }

  /// The windows of the events in clock time, without words.
  func shade(_ plot: inout Plot) {
    guard severity > 0 else { return }
    for event in scenario.events where event.startingShare != 0 && event.jumps != true {
      plot.window(
        event.startSeconds.p50, min(event.windowEndSeconds.p50, scenario.clock.horizonSeconds),
        note: "\(event.name): from its start to the end of its window, median path")
    }
  }
}
