import Documents

/// One trial of a search: a training document that says the trial's values.
package struct TuningTrial: Sendable {
  /// From 1.
  package let number: Int
  /// Its values, in the order of the axes, by their pointers.
  package let values: [(pointer: String, value: JSONValue)]
  /// The training with these values.
  package let training: TrainingFile

  /// The name of its folder: `trial-007`.
  package var name: String { Self.name(number) }

  private static func name(_ number: Int) -> String {
    let digits = "\(number)"
    return "trial-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  /// Whether a folder is one of a trial.
  static func isTrial(_ name: String) -> Bool {
    let number = name.dropFirst("trial-".count)
    return name.hasPrefix("trial-") && number.count >= 3 && number.allSatisfy(\.isNumber)
  }

  /// A value as tables have it.
  package static func text(_ value: JSONValue) -> String { value.plainText ?? value.text }
}
