import Lab
import Statistics

/// What a risk profile costs an agent when nothing happens: its mean return at severity 0 behind it and without it, on the same
/// paths, in a sentence.
struct CalmPrice: Sendable {
  /// The desk without the profile, and the one behind it.
  let plain, guarded: DeskScene

  /// The sentence; nil where severity 0 was not run, or is all there is.
  var sentence: String? {
    guard let with = guarded.calm?.finalReturnMean, let without = plain.calm?.finalReturnMean, with.value != nil,
      without.value != nil
    else { return nil }
    let place = guarded.scenario.events.isEmpty ? "At severity 0" : "Without \(guarded.scenario.eventWord)"
    return "\(place), on the same paths, \(guarded.desk.agent)’s mean return is \(with.figureText(.percent)) behind "
      + "“\(guarded.desk.risk)” and \(without.figureText(.percent)) behind “\(plain.desk.risk)”\(difference)."
  }

  /// The difference path by path, where the study compares both.
  private var difference: String {
    guard let with = guarded.calm?.desk, let without = plain.calm?.desk else { return "" }
    for line in guarded.summary.comparisons ?? [] {
      if line.desk == with, line.against == without { return " (difference \(line.finalReturn.figureText(.percent)))" }
      if line.desk == without, line.against == with {
        return " (difference \(line.finalReturn.opposite.figureText(.percent)))"
      }
    }
    return ""
  }
}
