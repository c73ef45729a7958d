import Documents
import Drawing
import Lab

/// What a monitor's page says: alarms first, then the position on paper, its limits, the last verdict, and what is usual.
struct MonitorParts {
  private let state: MonitorState

  init(_ state: MonitorState) { self.state = state }

  var markup: [Markup] {
    [Markup("p", text: MonitorState.paperOnly)] + alarms + position + limits + verdict + market + notes
  }

  private var alarms: [Markup] {
    let newest = state.newest.map { "The newest bar was over at \(Moment.text(seconds: $0))." } ?? "There are no bars."
    guard !state.alarms.isEmpty else {
      return [Markup("h2", text: "Alarms"), Markup("p", ["class": "note"], text: "None. \(newest)")]
    }
    return [
      Markup("h2", text: "Alarms"),
      Markup(
        "ul", ["id": "alarms"],
        state.alarms.map { alarm in
          Markup(
            "li", [:],
            [
              Markup("span", ["class": "badge failed"], text: alarm.kind.rawValue), .text(" "),
              .text(PrintableText.escaped(alarm.words)),
            ])
        }), Markup("p", ["class": "note"], text: newest),
    ]
  }

  private var position: [Markup] {
    guard let paper = state.paper else { return [] }
    let last = paper.last
    var facts = [
      ("Agent", "\(state.version ?? state.monitor.agent): \(paper.agentWords)"),
      (
        "Position now",
        last.quantity == 0
          ? "none"
          : "\(figure(last.quantity)) \(paper.asset) at \(figure(last.close)), \(figure(last.exposure)) × equity"
      ),
    ]
    if let decision = paper.lastDecision, let target = decision.target {
      let wanted = decision.wanted.map { ", of \(figure($0)) wanted" } ?? ""
      facts.append(("Target when it was asked last", "\(figure(target)) × equity\(wanted), at \(decision.time)"))
    }
    facts.append(
      ("Equity once all is closed", "\(figure(last.equity)), \(figure(last.equityRatio * 100))\u{A0}% of its start"))
    let costs = paper.costs.filter { $0.amount != 0 }.map { "\($0.term) \(figure($0.amount))" }
    facts.append(("Costs", costs.isEmpty ? "none" : costs.joined(separator: ", ")))
    let charts = PaperChart.Quantity.allCases.enumerated().compactMap { number, quantity in
      PaperChart(quantity, paper).flatMap { chart in
        Figure(id: "paper-\(number)", number: number, chart: chart, hasFile: false).drawn(inPage: true).page
      }
    }
    return [
      Markup("h2", text: "On paper"), list(facts),
      // Drawings of ours, whose texts are escaped where they are drawn.
      Markup("div", ["class": "grid"], charts.map { .verbatim($0) }),
    ]
  }

  private var limits: [Markup] {
    guard let paper = state.paper, let terms = state.terms else { return [] }
    let rows = state.limits.map { limit -> [(String, String)] in
      let near = limit.used.flatMap { used in limit.limit.map { "\(figure(used)) of \(figure($0))" } } ?? "–"
      return [
        ("Limit", limit.name), ("Now, of what it allows", near),
        ("Bound when asked last", limit.boundLast ? "yes" : "no"),
        ("Bound at", limit.asked == 0 ? "–" : "\(limit.bound) of \(limit.asked) closes"),
      ]
    }
    return [
      Markup("h2", text: "Limits"), Markup("p", text: "\(state.monitor.risk): \(paper.riskWords)."),
      table("limits", rows),
      Markup(
        "p", ["class": "note"],
        text:
          "Leverage and margin count the position over equity: a margin of m allows 1/m. Drawdown is since the highest equity of "
          + "the window. \(terms.words)"),
    ]
  }

  private var verdict: [Markup] {
    let head = Markup("h2", text: "Last stress verdict")
    guard let verdict = state.verdict else {
      return [
        head,
        Markup(
          "p", ["class": "note", "id": "verdict"],
          text:
            "None on record for \(state.version ?? state.monitor.agent) behind \(state.monitor.risk): run a study with it."
        ),
      ]
    }
    let when = verdict.time.map { ", \(Moment.text(seconds: $0))" } ?? ""
    let study =
      verdict.report.map { Markup("a", ["href": "/reports/\(WebPage.segment($0))"], text: verdict.study) }
      ?? .text(verdict.study)
    let how = verdict.isByBytes ? "; found by the agent’s bytes" : "; found by the names of agent and profile"
    let rows = verdict.desks.prefix(12).map { desk in
      [("Market", desk.market), ("Survives (95 % interval)", share(desk))]
    }
    return [
      head, Markup("p", ["id": "verdict"], [study, .text("\(when)\(how).")]), table("verdicts", Array(rows)),
    ]
  }

  private func share(_ desk: StressVerdict.Desk) -> String {
    func text(_ value: Double?) -> String { value.map { JSONWriter.number(($0 * 1000).rounded() / 10) } ?? "–" }
    guard desk.survival != nil else { return "not known" }
    return "\(text(desk.survival))\u{A0}% [\(text(desk.low)), \(text(desk.high))]"
  }

  private var market: [Markup] {
    guard let market = state.market else { return [] }
    let rows = market.judgements.map { judgement in
      [
        ("Measure", judgement.measure.words), ("Newest \(market.bars) bars", figure(judgement.value)),
        ("Usual, 99 %", "\(figure(judgement.low)) to \(figure(judgement.high))"), ("p", figure(judgement.p)),
        ("Alarm from", figure(judgement.level)), ("", judgement.isAlarm ? "alarm" : "usual"),
      ]
    }
    let origin = market.isTraining ? "What the agent was trained on" : "Held against"
    return [
      Markup("h2", text: "Is it the market that it knows?"),
      Markup("p", text: "\(origin): \(market.reference), \(market.windows) stretches of \(market.bars) bars."),
      table("measures", rows),
      Markup(
        "p", ["class": "note"],
        text:
          "A look alarms by chance \(figure(100 * market.falseAlarmRate))\u{A0}% of the time, at most twice that, where nothing has changed and "
          + "bars do not depend on each other. Looked at after every bar, it alarms by chance somewhat more often than once in "
          + "\(JSONWriter.number((Double(market.bars) / market.falseAlarmRate).rounded())) bars, for some \(market.bars) bars each time; more "
          + "where volatility clusters for longer."
      ),
    ]
  }

  private var notes: [Markup] { state.notes.map { Markup("p", ["class": "note"], text: PrintableText.escaped($0)) } }

  private func list(_ facts: [(String, String)]) -> Markup {
    Markup("dl", [:], facts.flatMap { [Markup("dt", text: $0.0), Markup("dd", text: PrintableText.escaped($0.1))] })
  }

  /// A table whose rows carry their columns' names.
  private func table(_ id: String, _ rows: [[(String, String)]]) -> Markup {
    guard let head = rows.first?.map(\.0) else { return Markup("p", ["class": "note", "id": id], text: "None.") }
    return Markup(
      "table", ["class": "cards words", "id": id],
      [
        Markup(
          "thead", [:],
          [Markup("tr", [:], head.map { Markup("th", ["scope": "col"], text: $0.isEmpty ? "Verdict" : $0) })]),
        Markup(
          "tbody", [:],
          rows.map { row in
            Markup(
              "tr", [:],
              [Markup("th", ["scope": "row"], text: PrintableText.escaped(row[0].1))]
                + row.dropFirst().map { Markup("td", ["data-label": $0.0], text: PrintableText.escaped($0.1)) })
          }),
      ])
  }

  private func figure(_ value: Double) -> String { JSONWriter.number(value.rounded(toDigits: 4)) }
}
