import Randomness

/// One parameter of a model, as its document states it.
package struct Parameter: Sendable {
  /// Its name below the model: `drop`, `fall/duration`, `contagion/MSFT/beta`. The end of its JSON pointer and of its
  /// stream's name.
  package let name: String
  /// What it is drawn from, or its fixed number.
  package let draw: Draw
  /// What it counts, in words; empty for a pure number. Durations are drawn in seconds of trading time.
  package let unit: String

  /// The same parameter of a part of a model, seen from the model.
  func under(_ part: String) -> Parameter { Parameter(name: "\(part)/\(name)", draw: draw, unit: unit) }
}
