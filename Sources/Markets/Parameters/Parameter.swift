import Documents
import Randomness

/// One parameter of a model, as its document states it.
package struct Parameter: Sendable {
  /// Its name below the model: `drop`, `fall/duration`, `contagion/MSFT/beta`. The end of its JSON pointer and of its
  /// stream's name.
  package let name: String
  /// What it is drawn from, or its fixed number.
  package let draw: Draw
  /// What it counts, in words; empty for a pure number and for a duration.
  package let unit: String
  /// Whether it is a duration, in seconds of trading time.
  package let isDuration: Bool

  /// A parameter of a kind of field.
  init(name: String, draw: Draw, kind: FieldType) {
    self.init(
      name: name, draw: draw, unit: kind.unit, isDuration: kind.name == FieldKind<Draw>.drawnDuration().type.name)
  }

  /// A parameter that no field holds.
  init(name: String, draw: Draw, unit: String, isDuration: Bool = false) {
    self.name = name
    self.draw = draw
    self.unit = unit
    self.isDuration = isDuration
  }

  /// The same parameter of a part of a model, seen from the model.
  func under(_ part: String) -> Parameter {
    Parameter(name: "\(part)/\(name)", draw: draw, unit: unit, isDuration: isDuration)
  }
}
