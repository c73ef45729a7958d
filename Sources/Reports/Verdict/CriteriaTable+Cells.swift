import Drawing
import Foundation
import Lab
import Statistics

/// What stands in a cell of the decision table.
extension CriteriaTable {
  private static func mark(_ verdict: CriterionLine.Verdict) -> String {
    switch verdict {
    case .pass: "✓ "
    case .fail: "✗ "
    case .tooClose: "? "
    case .nothingToJudge: ""
    }
  }

  /// What a pointer over a cell of the short table is told: the verdict in words, with the bound that decides.
  static func attributes(_ line: CriterionLine?, _ clock: ClockSummary) -> KeyValuePairs<String, String> {
    guard let line, line.verdict != .nothingToJudge else { return [:] }
    let words = [line.figureText(clock), line.remedyText ?? ""].filter { !$0.isEmpty }
    return ["title": "\(line.verdict.text): \(words.joined(separator: "; "))"]
  }

  /// The mark with the number and the bound that decides, both where it is too close to call; a pointer and a screen reader have the word.
  func brief(_ line: CriterionLine?, _ clock: ClockSummary) -> [Markup] {
    guard let line else { return [.text("not asked")] }
    guard line.verdict != .nothingToJudge, let estimate = line.estimate else { return [.text("nothing to judge")] }
    let mark = Markup(
      "span", ["class": "mark \(line.verdict.rawValue)", "role": "img", "aria-label": line.verdict.text],
      text: Self.mark(line.verdict).trimmingCharacters(in: .whitespaces))
    let unit = Unit(line.criterion.unit, clock)
    let range =
      line.verdict == .tooClose
      ? estimate.rangeText(unit) : estimate.boundText(unit, isLow: line.isDecidedByLow)
    return [mark, .text(" \(estimate.valueText(unit)) ")] + (range.isEmpty ? [] : [Markup("small", text: range)])
  }

  /// A brief cell whose verdict hangs on the estimator: its mark has a dagger.
  static func doubted(_ line: CriterionLine?, _ cell: [Markup]) -> [Markup] {
    guard let line else { return cell }
    let mark = Markup(
      "span", ["class": "mark doubted", "role": "img", "aria-label": "\(line.verdict.text) by the estimator alone"],
      [.text(Self.mark(line.verdict).trimmingCharacters(in: .whitespaces)), Markup("sup", text: "†")])
    return [mark] + cell.dropFirst()
  }

  /// The verdict in a word, the number with the bound that decides, and what would settle it.
  func full(_ line: CriterionLine?, _ clock: ClockSummary) -> [Markup] {
    guard let line else { return [.text("not asked")] }
    let words = [line.figureText(clock), line.remedyText ?? ""].filter { !$0.isEmpty }
    return [.text(Self.mark(line.verdict) + line.verdict.text)]
      + words.map { Markup("small", ["class": "said"], text: $0) }
  }
}
