import Drawing
import Lab
import Statistics

/// The tables of a comparison page: a row a desk, a column a report.
struct SideBySide: Sendable {
  private let page: ComparisonPage

  init(_ page: ComparisonPage) { self.page = page }

  private var head: [String] { ["desk", page.baseline.name] + page.candidates.map(\.report.name) }
  private var labels: [String] {
    head.map { TextWidth.shortened($0, size: 13, width: 150) }
  }

  /// Survival of each report at its own number, with the verdict.
  func survival(_ desks: [ComparedDesk]) -> Markup {
    table(desks.map { row($0, measure: 0, isNamed: false, isJudged: true) })
  }

  /// The measures that decide nothing, each a table behind a disclosure.
  func measures(_ desks: [ComparedDesk]) -> [Markup] {
    guard let first = desks.first?.known.measures else { return [] }
    let isNamed = ComparedDesk.markets(desks).count > 1
    return first.indices.dropFirst().map { number in
      Markup(
        "details", [:],
        [
          Markup("summary", text: first[number].heading),
          table(desks.map { row($0, measure: number, isNamed: isNamed, isJudged: false) }),
        ])
    }
  }

  private func table(_ rows: [CardTable.Row]) -> Markup { CardTable(head: head, labels: labels, rows: rows).markup }

  private func row(_ desk: ComparedDesk, measure: Int, isNamed: Bool, isJudged: Bool) -> CardTable.Row {
    let name = [Markup.text(desk.name)] + (isNamed ? [Markup("small", text: " \(desk.market.title)")] : [])
    let cells =
      [baseline(desk, measure)]
      + desk.comparisons.map { comparison -> [Markup] in
        guard let comparison else { return [.text("not there")] }
        let line = comparison.measures[measure]
        let verdict = "\(comparison.verdict.mark) \(comparison.verdictText)"
        let said = (isJudged ? [verdict] : []) + [comparison.differenceText(of: line)]
        return [.text(comparison.valueText(line.candidate, of: line))]
          + said.prefix(isJudged && comparison.verdict == .same ? 1 : 2).map {
            Markup("small", ["class": "said"], text: $0)
          }
      }
    return CardTable.Row(CardTable.Row.heading(name, isLong: true), cells.map { [Markup("span", [:], $0)] })
  }

  /// The baseline's figure. Candidates that share other paths with it are held against another one, which is said.
  private func baseline(_ desk: ComparedDesk, _ measure: Int) -> [Markup] {
    var texts: [(text: String, n: Int, candidates: [String])] = []
    for (candidate, comparison) in zip(page.candidates, desk.comparisons) {
      guard let comparison else { continue }
      let line = comparison.measures[measure]
      let text = comparison.valueText(line.baseline, of: line)
      if let known = texts.firstIndex(where: { $0.text == text }) {
        texts[known].candidates.append(candidate.report.name)
      } else {
        texts.append((text, line.baseline.n, [candidate.report.name]))
      }
    }
    guard texts.count > 1 else { return [.text(texts.first?.text ?? "")] }
    return texts.flatMap { one in
      [
        Markup("span", text: one.text),
        Markup(
          "small", ["class": "said"],
          text: "n = \(Unit.decimal(Double(one.n), decimals: 0)), for \(listed(one.candidates))"),
      ]
    }
  }
}
