import Documents

/// How many jumps a path may have: each is drawn, which takes some seconds for the paths on which events are looked at.
enum JumpCount {
  /// The mean number on a path, warm-up included.
  static let most = 60_000.0

  /// What is wrong with so many; a field of the asset.
  static func violation(_ expected: Double) -> FormViolation? {
    guard expected > most else { return nil }
    return FormViolation(
      "process/jumpsPerYear",
      "some \(JSONWriter.number(expected.rounded())) jumps on a path are more than the \(JSONWriter.number(most)) that are "
        + "drawn one by one: so many small ones are a diffusion, or a shorter length is needed")
  }
}
