import Lab

/// How many verdicts are the same where each half of the paths is judged alone, two runs with other draws, in a sentence.
struct VerdictsAgain: Sendable {
  private let lines: [CriterionLine]

  /// - Parameter lines: all verdicts of a run.
  init(_ lines: [CriterionLine]) {
    self.lines = lines.filter { $0.verdict != .nothingToJudge && $0.halves?.count == 2 }
  }

  /// The sentence; nil where nothing was judged by halves.
  var sentence: String? {
    guard !lines.isEmpty else { return nil }
    let differing = lines.filter { line in line.halves.map { $0.contains { $0 != line.verdict } } ?? false }
    let start = "Judged by each half of the paths alone, two runs with other draws, "
    let all =
      lines.count == 1 ? "the one verdict is" : "\(lines.count - differing.count) of \(lines.count) verdicts are"
    guard !differing.isEmpty else {
      return "\(start)\(lines.count == 1 ? "the one verdict is" : "all \(lines.count) verdicts are") the same twice."
    }
    let turned = differing.filter { line in
      line.halves.map { halves in
        [line.verdict] + halves
      }.map { $0.contains(.pass) && $0.contains(.fail) } ?? false
    }.count
    let turns =
      turned == 0 ? "none turns from pass to fail" : "\(turned) \(turned == 1 ? "turns" : "turn") between pass and fail"
    return "\(start)\(all) the same twice; \(turns)."
  }
}
