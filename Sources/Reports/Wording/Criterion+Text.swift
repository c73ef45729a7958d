import Documents
import Lab
import Statistics

extension Criterion {
  /// What is asked, for headings: "survival at least 99 %", "loss on the way over 20 % in at most 5 % of paths".
  package func text(_ clock: ClockSummary) -> String {
    let limit = Self.exact(self.limit, Unit(unit, clock))
    let bound = isAtLeast ? "at least" : "at most"
    // A loss over a limit is the largest that counts.
    if let loss { return "loss on the way over \(Self.exact(loss, .percent)) in \(bound) \(limit) of paths" }
    if let level {
      return "mean loss, worst \(Self.exact(1 - level, .percent)), \(bound) \(limit)"
    }
    return "\(title) \(bound) \(limit)"
  }

  /// A number with all digits that were written; nobody rounds a limit.
  private static func exact(_ value: Double, _ unit: Unit) -> String {
    switch unit {
    case .duration, .days: unit.text(value)
    case .percent: JSONWriter.number((value * 1e11).rounded() / 1e9) + "\u{A0}%"
    case .basisPoints: JSONWriter.number(value) + "\u{A0}bps"
    case .number: JSONWriter.number(value)
    }
  }
}

extension CriterionLine.Verdict {
  /// In a word or a few.
  package var text: String {
    switch self {
    case .pass: "passes"
    case .fail: "fails"
    case .tooClose: "too close to call"
    case .nothingToJudge: "nothing to judge"
    }
  }
}

extension CriterionLine {
  /// The figure with the bound that decides: "81.8 %, at most 82.4 %".
  package func figureText(_ clock: ClockSummary) -> String {
    guard let estimate, estimate.value != nil else { return "" }
    let unit = Unit(criterion.unit, clock)
    let value = estimate.valueText(unit)
    let takesLow = isDecidedByLow
    let resolution = (estimate.high ?? estimate.value ?? 0) - (estimate.low ?? estimate.value ?? 0)
    guard let bound = takesLow ? estimate.low : estimate.high else { return "\(value), too few paths for a bound" }
    return "\(value), \(takesLow ? "at least" : "at most") \(unit.text(bound, resolution: resolution / 2))"
  }

  /// Whether the lower bound decides: passing is decided by the bound towards the limit, failing by the one on the way to it.
  var isDecidedByLow: Bool {
    criterion.isAtLeast == (verdict == .pass || (verdict == .tooClose && isOnTheGoodSide))
  }

  private var isOnTheGoodSide: Bool {
    guard let value = estimate?.value else { return false }
    return criterion.isAtLeast ? value >= criterion.limit : value <= criterion.limit
  }

  /// "about 12,000 paths would settle it"; nil where nothing is to be settled.
  package var remedyText: String? {
    guard verdict == .tooClose, let estimate, estimate.low != nil || estimate.high != nil else { return nil }
    guard let pathsToSettle else { return "no number of paths would settle it" }
    return "some \(Unit.decimal(Double(pathsToSettle), decimals: 0)) paths would settle it"
  }
}
