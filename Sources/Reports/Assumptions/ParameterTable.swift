import Drawing
import Lab
import Markets
import Statistics

/// Every parameter of a document, by what it is about: its full name, its value, on what it rests and where it comes from.
struct ParameterTable: Sendable {
  private let parameters: [ParameterLine]
  /// What the fold is called.
  private let title: String

  /// The parameters of a scenario.
  init(_ scenario: ScenarioSummary) {
    parameters = scenario.parameters
    title = "All \(parameters.count) parameters of \(scenario.file)"
  }

  /// What the study itself sets.
  init(study parameters: [ParameterLine]) {
    self.parameters = parameters
    title = "All \(parameters.count) figures of the study: account, ruin, recovery, limits, agents, rules"
  }

  /// "54 parameters: 9 fitted, 1 from literature, 25 judgement, 19 without a source."
  var counts: String {
    let all = parameters
    let bases: [(SourceNote.Basis, String)] = [
      (.fitted, "fitted to data"), (.literature, "from the literature"), (.judgement, "by judgement"),
    ]
    var counts = bases.map { basis, words in (all.count { $0.basis == basis }, words) }
    counts.append((all.count { $0.basis == nil }, "without a source in the file"))
    let text = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(all.count) parameters: \(text)."
  }

  /// The tables, one for each group, folded.
  var markup: Markup {
    var groups: [(name: String, lines: [ParameterLine])] = []
    for line in parameters {
      let name = ParameterName(line).group
      if let known = groups.firstIndex(where: { $0.name == name }) {
        groups[known].lines.append(line)
      } else {
        groups.append((name, [line]))
      }
    }
    return Markup(
      "details", [:],
      [Markup("summary", text: title)]
        + groups.map { group in
          CardTable(
            caption: group.name, head: ["parameter", "value", "rests on", "where it comes from"],
            rows: rows(group.lines)
          ).markup
        }.map { Markup("div", ["class": "told"], [$0]) })
  }

  /// A source that the row above has stands there alone.
  private func rows(_ lines: [ParameterLine]) -> [[String]] {
    lines.indices.map { index in
      let line = lines[index]
      let above = index > 0 ? lines[index - 1].source : nil
      let source = line.source.map { $0 == above ? "as above" : $0 } ?? ""
      return [ParameterName(line).name, Self.value(line), line.basis?.rawValue ?? "nothing named", source]
    }
  }

  /// A number in groups of three digits, with as many decimals as the file has; any other text as it is.
  static func value(_ line: ParameterLine) -> String {
    var text = line.text
    if let number = Double(text), text.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" }) {
      let decimals = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
      text = Unit.decimal(number, decimals: decimals)
    }
    return [text, line.unit].compactMap { $0 }.joined(separator: " ")
  }
}
