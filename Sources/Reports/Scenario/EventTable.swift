import Drawing
import Lab
import Statistics

/// When the events of a scenario start, are at their worst, and end, and on how many paths.
struct EventTable: Sendable {
  private let scenario: ScenarioSummary

  /// The table of a scenario with events.
  init(scenario: ScenarioSummary) { self.scenario = scenario }

  /// The table, and what its figures are.
  var markup: Markup {
    Markup("div", ["class": "spread"], [table])
  }

  private var table: Markup {
    CardTable(
      caption:
        "Trading time since the start: the median of the paths on which it starts, and the middle 90\u{A0}% of them; as "
        + "written, at severity 1\(paths)",
      head: Self.head,
      rows: scenario.events.map(cells)
    ).markup
  }

  /// What the columns are.
  static let head = ["event", "starts on", "starts", "at its worst", "its window ends"]

  /// An event's row.
  func cells(_ event: EventLine) -> [String] {
    [event.name, share(event), time(event, \.startSeconds), worst(event), end(event)]
  }

  /// How many paths were looked at, and what stands in brackets behind shares of them.
  private var paths: String {
    guard let starting = scenario.events.lazy.compactMap(\.starting).first else { return "" }
    var names: [String] = []
    for event in scenario.events where !event.startingInterval.isEmpty {
      if let name = event.starting?.intervalName, !names.contains(name) { names.append(name) }
    }
    let intervals =
      names.isEmpty ? "" : ", with the \(names.joined(separator: " or the ")) where a start is left to chance"
    return ". Shares are of the market’s first \(Unit.decimal(Double(starting.n), decimals: 0)) paths\(intervals)"
  }

  private func share(_ event: EventLine) -> String {
    guard let share = event.startingShare else { return "not known" }
    return "\(Unit.percent.text(share, resolution: 0.005)) of paths\(event.startingInterval)"
  }

  /// Where a jump lands is all that there is of it; what moves no price is at full strength there, and what halts the
  /// market has no strength.
  private func worst(_ event: EventLine) -> String {
    if event.jumps == true { return "at once" }
    let text = time(event, \.troughSeconds)
    guard event.startingShare != 0 else { return text }
    if event.halts == true { return "first halt or limit at \(text)" }
    if event.movesPrice == false { return "full strength from \(text)" }
    switch event.direction {
    case .up: return "peak at \(text)"
    case .either: return "full move at \(text)"
    case .down, nil: return text
    }
  }

  private func end(_ event: EventLine) -> String {
    guard event.startingShare != 0, event.windowEndSeconds.p50 > scenario.clock.horizonSeconds else {
      return time(event, \.windowEndSeconds)
    }
    return "after the horizon"
  }

  private func time(_ event: EventLine, _ moment: (EventLine) -> Quantiles) -> String {
    guard event.startingShare != 0 else { return "never" }
    let (times, unit) = (moment(event), scenario.clock.unit)
    let isAlike = times.p95 - times.p5 < scenario.clock.stepSeconds
    return unit.text(times.p50) + (isAlike ? "" : " (\(unit.text(times.p5)) to \(unit.text(times.p95)))")
  }
}

extension EventLine {
  /// The interval of its starting share in brackets, behind a blank; empty of one that starts on every path whatever prices
  /// do, and where a file does not say it.
  var startingInterval: String {
    guard let starting, waitsForPrices == true || starting.value.map({ $0 < 1 }) ?? false else { return "" }
    return " \(starting.boundsText(.percent))"
  }
}
