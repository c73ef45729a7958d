import Documents
import Statistics

/// How narrow an interval has to be for a run to stop before its budget of paths ends; named beforehand.
///
/// It is judged at fixed numbers of paths alone, the first, twice as many, and so on, and says nothing of what the figure is.
/// Stopping still costs coverage, as the width of an interval hangs on the figure: most where the next look is far, a half more
/// misses at worst. ``confidence(covering:)`` makes up for it. Source: Chow & Robbins (1965), Annals of Mathematical
/// Statistics 36(2).
package struct Precision: Sendable, Hashable, Codable {
  /// A measure of one number by its name, or `ruin`: one less survival.
  package let measure: String
  /// The desk that it is about; nil: all of them.
  package let desk: DeskName?
  /// Half of the interval's width, at most, in the measure's unit; nil for `ruin`.
  package let halfWidth: Double?
  /// Half of the interval's width over the figure, at most; for `ruin`.
  package let relative: Double?
  /// Ruined paths that have to be seen, at least; for `ruin`.
  package let fewest: Int

  /// The measure of rare ends, whose precision is relative.
  package static let ruin = "ruin"

  /// That an interval is half as wide at most.
  package init(
    _ measure: String, desk: DeskName? = nil, halfWidth: Double? = nil, relative: Double? = nil, fewest: Int = 50
  ) {
    self.measure = measure
    self.desk = desk
    self.halfWidth = halfWidth
    self.relative = relative
    self.fewest = fewest
  }

  /// Whether a figure is precise enough; never without bounds.
  package func isMet(by estimate: Estimate) -> Bool {
    guard let low = estimate.low, let high = estimate.high, let value = estimate.value else { return false }
    let half = (high - low) / 2
    if let halfWidth { return half <= halfWidth }
    guard let relative else { return false }
    // Few ruins tell little of how often they come, however narrow the interval looks.
    return value * Double(estimate.n) >= Double(fewest) - 0.5 && half <= relative * value
  }

  /// Whether it is met at a desk; also where the measure does not apply to it.
  func isMet(at summary: DeskSummary) -> Bool {
    if let desk, desk != DeskName(agent: summary.agent, risk: summary.risk) { return true }
    if measure == Self.ruin { return isMet(by: summary.survival.complement) }
    guard let known = Measures.catalogue.first(where: { $0.name == measure }),
      let estimate = summary.measures.value(of: known) as? Estimate
    else { return true }
    return isMet(by: estimate)
  }
}

extension Precision {
  /// As documents write it.
  struct Written: Sendable {
    let measure: String
    let desk: String?
    let halfWidth: Double?
    let relative: Double?
    let fewest: Int

    static let form = Form(
      Field<String>("measure", .string, "a measure of one number from `stresslab list measures`, or `ruin`"),
      Field<String?>("desk", .optional(.string), "the desk, as agent/profile; left out: every desk"),
      Field<Double?>(
        "halfWidth", .optional(.number(in: .above(0))), "half of the interval's width, at most, in the measure's unit"),
      Field<Double?>(
        "relative", .optional(.number(in: .above(0, atMost: 1))),
        "half of the interval's width over the share of ruined paths, at most; for `ruin`"),
      Field<Int>(
        "fewest", .integer(in: 1...1_000_000), default: 50, "ruined paths that have to be seen, at least; for `ruin`"),
      make: Written.init)
  }

  /// - Throws: unknown measures and desks, and widths that do not go with the measure, below `monteCarlo/until`.
  static func found(_ written: [Written], desks: [DeskName]) throws(FormViolation) -> [Precision] {
    let known = Measures.catalogue.filter(\.isOneNumber).map(\.name) + [ruin]
    var violations: [FormViolation] = []
    var result: [Precision] = []
    for (index, one) in written.enumerated() {
      let place = "monteCarlo/until/\(index)"
      if !known.contains(one.measure) {
        let hint = Suggestion.hint(for: one.measure, among: known)
        violations.append(
          FormViolation("\(place)/measure", "no measure of one number is called \(quoted(one.measure))\(hint)"))
      }
      let wants = one.measure == ruin ? "relative" : "halfWidth"
      if (one.halfWidth != nil) == (one.measure == ruin) || (one.relative != nil) != (one.measure == ruin) {
        violations.append(FormViolation(place, "\(quoted(one.measure)) has \(quoted(wants)), and no other width"))
      }
      let desk = one.desk.flatMap { text in desks.first { $0.text == text } }
      if let text = one.desk, desk == nil {
        let hint = Suggestion.hint(for: text, among: desks.map(\.text))
        violations.append(FormViolation("\(place)/desk", "no desk is called \(quoted(text))\(hint)"))
      }
      result.append(
        Precision(one.measure, desk: desk, halfWidth: one.halfWidth, relative: one.relative, fewest: one.fewest))
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
    return result
  }

  /// The confidence of an interval for a fixed number of paths that covers as often as this where a run stops by its width.
  ///
  /// Six tenths of the misses are allowed: those that Wilson's interval has at single shares beyond its nominal ones, and those
  /// that stopping adds, are fewer than the rest (at 0.95, 0.955 is the least coverage over all shares, widths and first looks
  /// that were computed exactly; without it, 0.925). One-sided bounds of Clopper and Pearson likewise (0.952; 0.928).
  package static func confidence(covering confidence: Double) -> Double { (2 + 3 * confidence) / 5 }

  /// The numbers of paths at which a run looks: the first, twice as many and so on, and the budget.
  package static func looks(from first: Int, to budget: Int) -> [Int] {
    var looks: [Int] = []
    var next = first
    while next < budget {
      looks.append(next)
      next *= 2
    }
    return looks + [budget]
  }
}

/// Why a run has as many paths as it has.
package struct StoppingSummary: Codable, Sendable, Equatable {
  /// What the study asked for.
  package let until: [Precision]
  /// Whether every interval is narrow enough; else the budget of paths ended before.
  package let isMet: Bool
  /// How often intervals hold where a run stops so: what the study asks for. ``RunIdentity/confidence`` is higher.
  package let confidence: Double
}

extension Summary {
  /// Whether every interval that the study names is narrow enough; true where it names none.
  package var isPreciseEnough: Bool { stopping?.isMet ?? true }
}
