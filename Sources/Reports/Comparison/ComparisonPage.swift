import Drawing
import Lab
import Statistics

/// The page that sets reports against one of them, desk by desk; it needs nothing but itself.
package struct ComparisonPage: Sendable {
  let baseline: ComparedReport
  let candidates: [Candidate]

  /// A report that is judged, with what came out.
  struct Candidate: Sendable {
    let report: ComparedReport
    let comparison: RunComparison
  }

  /// The page of some comparisons with the same baseline; at least one.
  package init(baseline: ComparedReport, candidates: [(report: ComparedReport, comparison: RunComparison)]) {
    precondition(!candidates.isEmpty, "Invariant: something is compared")
    self.baseline = baseline
    self.candidates = candidates.map { Candidate(report: $0.report, comparison: $0.comparison) }
  }

  /// The whole document.
  package var text: String {
    var outline = PageOutline()
    var figures: [Figure] = []
    let rows = ComparedDesk.all(candidates)
    let sections = [
      answer(&outline), survival(rows, &outline, &figures), measures(rows, &outline), methods(&outline),
    ].map { Markup("section", [:], $0) }
    let names = listed(candidates.map(\.report.name))
    return PageFrame(
      title: "\(names) against \(baseline.name)", kind: "StressLab comparison", eyebrow: "StressLab comparison",
      headings: outline.headings
    ).markup(sections, parts: figures.map { $0.drawn(inPage: true).page ?? "" })
  }

  // MARK: The answer

  private func answer(_ outline: inout PageOutline) -> [Markup] {
    let sentences = candidates.map { candidate in
      Markup("li", [:], [link(candidate.report), .text(Self.sentence(candidate.comparison))])
    }
    return [
      outline.heading(2, "The answer", words: ["answer"]),
      Markup("ul", ["class": "verdicts"], sentences),
      Markup(
        "p", ["class": "full"],
        [
          .text("Everything is held against "), link(baseline),
          .text(
            ". A desk is worse where even the upper bound of its difference in survival lies under \(limit), not "
              + "worse where the lower bound reaches that, and else too close to call."),
        ]),
    ] + pairing
  }

  /// ": of 12 desks, 1 is worse (…), 3 are not worse, and 8 are too close to call."
  private static func sentence(_ comparison: RunComparison) -> String {
    let desks = comparison.desks
    if desks.allSatisfy({ $0.verdict == .same }) {
      return desks.count == 1
        ? ": the desk that both have ends every path alike, to the last bit."
        : ": each of the \(desks.count) desks that both have ends every path alike, to the last bit."
    }
    let counts = DeskComparison.Verdict.allCases.reversed().compactMap { verdict -> String? in
      let alike = desks.filter { $0.verdict == verdict }
      guard !alike.isEmpty else { return nil }
      let names = verdict == .worse ? " (\(listed(alike.map(\.name), most: 4)))" : ""
      let word = verdict == .same ? "without any difference" : verdict.text
      return "\(alike.count) \(alike.count == 1 ? "is" : "are") \(word)\(names)"
    }
    return ": of \(desks.count) \(desks.count == 1 ? "desk" : "desks"), \(listed(counts, most: 4)), at a margin of "
      + "\(comparison.marginText)."
  }

  /// How the paths of each candidate were compared, and what else is to be said of it.
  private var pairing: [Markup] {
    let several = candidates.count > 1
    let lines = candidates.flatMap { candidate in
      (Self.pairings(candidate.comparison) + candidate.comparison.notes).map {
        (several ? "\(candidate.report.name): " : "") + $0
      }
    }
    guard lines.count > Self.mostLines else { return [Markup("ul", [:], lines.map { Markup("li", text: $0) })] }
    return [
      Markup("ul", [:], lines.prefix(Self.mostLines).map { Markup("li", text: $0) }),
      Markup(
        "details", [:],
        [
          Markup("summary", text: "How the others were compared, and what is not"),
          Markup("ul", [:], lines.dropFirst(Self.mostLines).map { Markup("li", text: $0) }),
        ]),
    ]
  }

  /// Up to how many such lines stand open.
  private static let mostLines = 6

  /// A sentence for all scenarios that were compared alike.
  private static func pairings(_ comparison: RunComparison) -> [String] {
    var kinds: [(pairing: DeskComparison.Pairing, scenarios: [String])] = []
    for desk in comparison.desks {
      if let known = kinds.firstIndex(where: { $0.pairing == desk.pairing }) {
        if !kinds[known].scenarios.contains(desk.scenario) { kinds[known].scenarios.append(desk.scenario) }
      } else {
        kinds.append((desk.pairing, [desk.scenario]))
      }
    }
    return kinds.map { kind in
      let text = kind.pairing.text
      let place = kinds.count == 1 ? "" : "in \(listed(kind.scenarios, most: 6)) "
      return (place + text).prefix(1).uppercased() + (place + text).dropFirst() + "."
    }
  }

  // MARK: Survival

  private func survival(_ rows: [ComparedDesk], _ outline: inout PageOutline, _ figures: inout [Figure]) -> [Markup] {
    var parts = [outline.heading(2, "Survival, desk by desk", words: ["survival"])]
    let markets = ComparedDesk.markets(rows)
    for market in markets {
      if markets.count > 1 { parts.append(outline.heading(3, market.title)) }
      if let chart = DifferenceForestChart(market.desks, self) {
        let anchor = outline.anchor(["differences", market.title])
        parts.append(Markup("div", ["class": "grid"], [.part(figures.count)]))
        figures.append(Figure(id: anchor, number: figures.count + 1, chart: chart, isWide: true, hasFile: false))
      } else {
        parts.append(Markup("p", text: "Every desk here ends every path alike in all of the reports."))
      }
      parts.append(SideBySide(self).survival(market.desks))
    }
    return parts
  }

  // MARK: The rest

  private func measures(_ rows: [ComparedDesk], _ outline: inout PageOutline) -> [Markup] {
    [
      outline.heading(2, "Return, loss, cost and recovery", words: ["measures"]),
      Markup(
        "p", ["class": "note full"],
        text: "They decide nothing. Differences are the candidate’s figure less the baseline’s, with "
          + "\(first.confidenceText) intervals."),
    ] + SideBySide(self).measures(rows)
  }

  private func methods(_ outline: inout PageOutline) -> [Markup] {
    let command =
      "stresslab compare " + ([baseline] + candidates.map(\.report)).map(\.name).joined(separator: " ")
      + (first.margin > 0 ? " --margin \((first.margin * 1e12).rounded() / 1e12)" : "")
    let names = Set(candidates.flatMap { $0.comparison.desks.flatMap { $0.measures.map(\.difference.method) } })
    let bounds = Set(candidates.map(\.comparison.oneSided)).sorted().map { Unit.percent.tick($0, step: $0) }
    return [
      outline.heading(2, "How it was compared", words: ["methods"]),
      Markup(
        "p", ["class": "full"],
        text: "Survival decides, by bounds of which each alone holds at \(listed(bounds)) confidence, as in tests of "
          + "non-inferiority: of desks that survive less by just the margin, one in twenty is called not worse. Many desks "
          + "are many verdicts. Intervals are by these methods: \(listed(names.map(\.name).sorted(), most: 20))."),
      Markup("pre", [:], [Markup("code", text: command)]),
    ]
  }

  // MARK: Parts

  /// The difference that decides.
  private var limit: String { first.margin > 0 ? "\u{2212}\(first.marginText)" : first.marginText }

  /// What all comparisons share: margin, confidence.
  var first: RunComparison { candidates[0].comparison }

  /// A report's name, which leads to its page where it has one.
  private func link(_ report: ComparedReport) -> Markup {
    report.address.map { Markup("a", ["href": $0], text: report.name) } ?? Markup("strong", text: report.name)
  }
}
