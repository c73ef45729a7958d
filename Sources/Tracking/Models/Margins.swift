import Documents
import Lab
import Statistics

/// By how much a version may do worse than the champion and still be let through, by measure.
package struct Margins: Sendable, Hashable {
  /// Of the share of paths that are survived; always judged.
  package let survival: Double
  /// Of other measures, in their own units; the mean return is always among them, since who trades no more survives.
  package let others: [String: Double]

  /// How often a check of a version that does as the champion does, by law, may say that anything is worse.
  package static let falseAlarms = 0.05

  /// The same for one of several studies that are judged together, over all its desks and what is judged of each.
  package func alarms(studies: Int = 1) -> FalseAlarms {
    FalseAlarms(chance: Self.falseAlarms / Double(max(1, studies)), figures: 1 + others.count)
  }

  /// What can be judged, and whether more of it is better.
  static let measures: [(name: String, moreIsBetter: Bool)] = [
    (Measures.Survival().name, true), (Measures.FinalReturnMean().name, true),
    (Measures.ExpectedShortfall().name, false), (Measures.ExecutionCost().name, false),
    (Measures.Recovery().name, true), (Measures.TimeImpaired().name, false),
  ]

  /// Margins as options name them: `survival=0.01`, `executionCostBps=2`, or a number alone, which is of survival.
  package init(_ words: [String]) throws(Refusal) {
    var found: [String: Double] = [:]
    let names = Self.measures.map(\.name)
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, text) = parts.count == 2 ? (String(parts[0]), parts[1]) : (names[0], parts[0])
      guard names.contains(name) else {
        throw Refusal("--margin: no measure \(quoted(name)) is compared\(Suggestion.hint(for: name, among: names))")
      }
      guard let value = Double(text), value >= 0, value.isFinite, name != names[0] || value <= 1 else {
        throw Refusal("--margin \(word): a margin is a number of at least 0\(name == names[0] ? ", at most 1" : "")")
      }
      guard found.updateValue(value, forKey: name) == nil else {
        throw Refusal("--margin names \(name) twice")
      }
    }
    survival = found[names[0]] ?? 0
    others = [Measures.FinalReturnMean().name: 0].merging(found.filter { $0.key != names[0] }) { $1 }
  }

  /// What a comparison comes to.
  ///
  /// - Parameter isStrict: whether what is too close to call counts as worse.
  /// - Returns: a line for each desk and measure that is worse, with by how much; none where the version is let through.
  package func faults(in comparison: RunComparison, isStrict: Bool) -> [String] {
    comparison.desks.flatMap { desk -> [String] in
      var faults: [String] = []
      if desk.verdict == .worse || (isStrict && desk.verdict == .tooClose) {
        faults.append(
          "\(desk.name): survival \(desk.verdict == .worse ? "is worse" : "is too close to call"), "
            + "\(Self.text(desk.oneSided)) at a margin of \(JSONWriter.number(survival))")
      }
      for (name, margin) in others.sorted(by: { $0.key < $1.key }) {
        guard let measure = desk.measures.first(where: { $0.name == name }),
          let decisive = desk.worst.first(where: { $0.name == name })?.difference,
          let moreIsBetter = Self.measures.first(where: { $0.name == name })?.moreIsBetter
        else { continue }
        let difference = measure.difference
        // By how much it is worse at least, and at most. That nothing is worse is said of all together and needs each bound as
        // it is; that something is needs bounds that hold together.
        let least = moreIsBetter ? decisive.high.map(-) : decisive.low
        let most = moreIsBetter ? difference.low.map(-) : difference.high
        let isWorse = least.map { $0 > margin } ?? false
        let isClose = !isWorse && (most.map { $0 > margin } ?? (desk.verdict != .same))
        guard isWorse || (isStrict && isClose) else { continue }
        faults.append(
          "\(desk.name): \(measure.title) \(isWorse ? "is worse" : "is too close to call"), "
            + "\(Self.text(isWorse ? decisive : difference)) "
            + "at a margin of \(JSONWriter.number(margin))")
      }
      return faults
    }
  }

  /// `-0.031 [-0.05, -0.012]`.
  private static func text(_ estimate: Estimate) -> String {
    func number(_ value: Double?) -> String {
      value.map { JSONWriter.number(($0 * 1e6).rounded() / 1e6) } ?? "–"
    }
    return "\(number(estimate.value)) [\(number(estimate.low)), \(number(estimate.high))]"
  }
}
