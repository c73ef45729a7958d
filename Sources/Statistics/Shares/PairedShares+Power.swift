extension PairedShares {
  /// The difference of both shares that so many paths could tell apart: d = (z₁₋α⸝₂ + z_power)·√(discordant share/n).
  ///
  /// Unknown where fewer than ten paths differ: how many do is then hardly known, and a few paths cannot be told from none
  /// whatever their sum.
  /// - Parameters:
  ///   - confidence: of the interval that has to leave out 0, 1 − α; of one among a family, with its adjustment.
  ///   - power: how often it does so, at least a half.
  /// Source: Connor (1987), Biometrics 43(1), in its simplest form.
  package func detectableDifference(confidence: Double, power: Double = 0.8) -> Double? {
    guard onlyFirst + onlySecond >= 10 else { return nil }
    let share = Double(onlyFirst + onlySecond) / Double(pairs)
    return (CriticalValue.normal(confidence) + NormalLaw.quantile(power)) * (share / Double(pairs)).squareRoot()
  }
}
