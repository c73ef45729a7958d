import Drawing
import Lab
import Statistics

extension Plot {
  /// The events of a scenario in clock time, at the median of the paths on which they start: the window of each shaded,
  /// a rule where it starts, with one for all that start together, and where it is at its worst. A jump is a rule alone.
  mutating func events(_ events: [EventLine]) {
    let shown = events.filter { $0.isMarked && x.domain.contains($0.startSeconds.p50) }
    let name = { (event: EventLine) in events.count > 1 || event.name.count <= 12 ? event.name : "event" }
    for event in shown where event.jumps != true {
      window(
        event.startSeconds.p50, min(event.windowEndSeconds.p50, x.domain.upperBound),
        note: "\(name(event)): from its start to the end of its window, median path")
    }
    for together in groups(shown, at: \.startSeconds.p50) {
      rule(at: together[0].startSeconds.p50, startLabel(together, name))
    }
    let turning = shown.filter {
      guard $0.jumps != true, x.domain.contains($0.troughSeconds.p50) else { return false }
      return point($0.troughSeconds.p50, 0).x - point($0.startSeconds.p50, 0).x > 8
    }
    for together in groups(turning, at: \.troughSeconds.p50) {
      rule(at: together[0].troughSeconds.p50, turnLabel(together))
    }
  }

  /// What the moment is called at which events are at their worst.
  private func turnLabel(_ events: [EventLine]) -> String {
    let moving = events.filter { $0.movesPrice != false }
    if moving.isEmpty { return "full strength" }
    if moving.allSatisfy({ $0.direction == .down }) { return "trough" }
    return moving.allSatisfy { $0.direction == .up } ? "peak" : "full move"
  }

  /// Events whose moments are drawn at the same place, in the order of time.
  private func groups(_ events: [EventLine], at moment: (EventLine) -> Double) -> [[EventLine]] {
    var groups: [[EventLine]] = []
    for event in events.sorted(by: { (moment($0), $0.name) < (moment($1), $1.name) }) {
      if let last = groups.last?.first, point(moment(event), 0).x - point(moment(last), 0).x < 2 {
        groups[groups.count - 1].append(event)
      } else {
        groups.append([event])
      }
    }
    return groups
  }

  /// "earnings: gap; busy, wide start", with the share of paths where it is not all of them; shorter where there is no room.
  private func startLabel(_ events: [EventLine], _ name: @escaping (EventLine) -> String) -> String {
    let share = { (event: EventLine) -> String in
      guard let share = event.startingShare, share < 1 else { return name(event) }
      return "\(name(event)) (\(Unit.percent.text(share, resolution: 0.005)))"
    }
    let jumps = events.filter { $0.jumps == true }
    let others = events.count - jumps.count
    let gaps = jumps.map { "\(name($0)): gap" }.joined(separator: "; ")
    let short =
      jumps.isEmpty
      ? [others == 1 ? "starts" : "\(others) start"] : [others > 0 ? "\(gaps), \(others) more" : gaps, gaps]
    let labels = [startLabel(events, named: share), startLabel(events, named: name)] + short
    let place = point(events[0].startSeconds.p50, 0).x
    let room = max(layout.plotRight - place, place - layout.plotLeft) - 6
    return labels.first { TextWidth.of($0, size: 13) <= room } ?? labels[labels.count - 1]
  }

  private func startLabel(_ events: [EventLine], named: (EventLine) -> String) -> String {
    let jumps = events.filter { $0.jumps == true }.map { "\(named($0)): gap" }
    let others = events.filter { $0.jumps != true }.map { named($0) }
    let starts = others.isEmpty ? [] : ["\(others.joined(separator: ", ")) start\(others.count == 1 ? "s" : "")"]
    return (jumps + starts).joined(separator: "; ")
  }
}

extension EventLine {
  /// Whether charts in clock time mark it: where it starts on some path.
  fileprivate var isMarked: Bool { startingShare != 0 }
}

extension ScenarioSummary {
  /// What marks the events in a chart in clock time, behind a semicolon in its subtitle; empty where none is marked.
  var eventMarks: String {
    let marked = events.filter(\.isMarked)
    guard !marked.isEmpty else { return "" }
    let share = marked.contains { ($0.startingShare ?? 1) < 1 } ? " of the paths on which it starts" : ""
    return marked.allSatisfy { $0.jumps == true }
      ? "; dashed: \(eventWord) at the median time\(share)" : "; shaded: \(eventWord) at the median times\(share)"
  }
}
