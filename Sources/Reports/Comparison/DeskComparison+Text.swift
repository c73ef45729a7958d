import Documents
import Lab
import Statistics

extension DeskComparison.Verdict {
  /// In words, as terminal and page say it.
  package var text: String {
    switch self {
    case .same: "no difference"
    case .notWorse: "not worse"
    case .tooClose: "too close to call"
    case .worse: "worse"
    }
  }
}

extension DeskComparison.Verdict {
  /// A mark for a table, as criteria have it.
  var mark: String {
    switch self {
    case .same: "="
    case .notWorse: "✓"
    case .tooClose: "?"
    case .worse: "✗"
    }
  }
}

extension DeskComparison {
  /// What came out, and how many paths would settle what did not.
  package var verdictText: String {
    let paths = pathsToSettle.map { "; about \(Unit.decimal(Double($0), decimals: 0)) paths would settle it" }
    return verdict.text + (paths ?? "")
  }

  /// How the desks of the scenario were compared, in a sentence.
  package var pairingText: String { "\(scenario): \(pairing.text)." }

  /// The figure of one run alone; the interval belongs to the difference.
  package func valueText(_ estimate: Estimate, of measure: MeasureComparison) -> String {
    if estimate.value == nil, estimate.n == 0, measure.isOfImpaired { return "none impaired" }
    return estimate.value.map { unit(of: measure).text($0) } ?? "not known"
  }

  /// "difference +2.5 % [0.4, 4.9]", or that nothing differs.
  package func differenceText(of measure: MeasureComparison) -> String {
    let difference = measure.difference
    guard let value = difference.value else { return "difference not known" }
    if value == 0, case .notSeen = difference.evidence {
      return pairing.isPaired ? "no difference on any path" : "no difference seen"
    }
    let text = difference.text(unit(of: measure))
    // What rounding leaves of nothing has no sign.
    let isNothing = text.prefix { $0 != " " && $0 != "\u{A0}" } == "0"
    return "difference \(value > 0 && !isNothing ? "+" : "")\(text)"
  }

  /// How the numbers of a measure are written.
  package func unit(of measure: MeasureComparison) -> Unit { Unit(measure.unit, clock) }
}

extension DeskComparison.Pairing {
  /// How the paths were compared, or why not path by path.
  package var text: String {
    switch self {
    case .paired(let paths):
      "path by path, on the \(paths.count) paths \(paths.lowerBound)…\(paths.upperBound - 1) of both runs"
    case .unpaired(let reason): "as two samples, not path by path, as \(reason)"
    }
  }
}

extension MeasureComparison {
  /// Whether it is of impaired paths alone, of which a desk may have none.
  fileprivate var isOfImpaired: Bool {
    name == Measures.TimeImpaired().name || name == Measures.Recovery().name
  }
}

extension RunComparison {
  /// "1 no difference, 2 worse": how many desks came out how.
  package var counts: String {
    DeskComparison.Verdict.allCases.compactMap { verdict -> String? in
      let count = desks.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.text)"
    }.joined(separator: ", ")
  }

  /// The margin with all digits that were written: nobody rounds a limit.
  package var marginText: String { "\(JSONWriter.number((margin * 1e11).rounded() / 1e9))\u{A0}%" }

  /// The confidence of the intervals that are shown.
  package var confidenceText: String { Unit.percent.tick(confidence, step: confidence) }

  /// How the desks of each scenario were compared, each sentence once.
  package var pairings: [String] {
    var seen: Set<String> = []
    return desks.map(\.pairingText).filter { seen.insert($0).inserted }
  }
}
