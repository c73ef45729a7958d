import Documents

/// How often a comparison of two runs that are equal by law may call anything worse.
///
/// Each figure of each desk is judged by a one-sided bound, and the chances of error that these have add up to no more than
/// the whole, however figures hang together (Bonferroni). Holm's procedure would call more of them worse once one is, but
/// nothing where this calls nothing, and it is on the first one that a check fails.
package struct FalseAlarms: Sendable, Hashable {
  /// The chance that anything at all is called worse, in (0, 1).
  package let chance: Double
  /// How many figures of each desk are judged.
  package let figures: Int

  /// A chance over so many figures of each desk.
  package init(chance: Double, figures: Int) {
    precondition(chance > 0 && chance < 1 && figures > 0, "Invariant: something is judged, with some chance of error")
    (self.chance, self.figures) = (chance, figures)
  }

  /// How often the bound of each figure has to hold.
  package func confidence(desks: Int) -> Double { 1 - chance / Double(desks * figures) }

  /// In a sentence.
  ///
  /// - Parameter confidence: of the bounds, where they are not those for a fixed number of paths.
  func text(desks: Int, _ confidence: Double?) -> String {
    let judged = desks * figures
    return "What is called worse is so by a bound of "
      + "\(Self.percent(confidence ?? self.confidence(desks: desks))) for each of \(judged) "
      + "figure\(judged == 1 ? "" : "s"): where nothing differs, the chance that anything is called worse is "
      + "\(Self.percent(chance)) at most."
  }

  private static func percent(_ share: Double) -> String {
    "\(JSONWriter.number((share * 1e6).rounded() / 1e4))\u{A0}%"
  }
}
