import Drawing
import Lab
import Statistics

/// What moved the equity of a desk's worst path: whether an event had come when it was ruined, and the trades whose positions
/// changed equity most, in the order of time, with what did it.
struct EquityMovesStory: Sendable {
  private let trace: Trace
  private let events: [String]
  private let unit: Unit

  /// The story of a desk's worst path; nil where none was kept.
  init?(_ scene: DeskScene) {
    guard let trace = scene.desk.worstPath else { return nil }
    self.trace = trace
    events = scene.desk.severity > 0 ? scene.scenario.events.map(\.name) : []
    unit = scene.scenario.clock.unit
  }

  /// A sentence where ruin came before an event, and the list; empty where nothing was traded.
  var markup: [Markup] {
    var parts: [Markup] = []
    if let notYet { parts.append(Markup("p", text: notYet)) }
    let moves = trace.holdings ?? []
    guard !moves.isEmpty else { return parts }
    let times = Set(trace.trades.map(\.seconds)).count
    let lead =
      moves.count == times
      ? "What each of its trades did to equity, by its costs and by the position until the next trade together:"
      : "The trades that moved equity most, by their costs and by the position until the next trade together, of "
        + "\(Unit.decimal(Double(times), decimals: 0)) steps in which it traded:"
    parts.append(Markup("p", text: lead))
    parts.append(Markup("ul", ["class": "moves"], moves.map { Markup("li", text: sentence($0)) }))
    return parts
  }

  /// Of a desk that was ruined before an event, or without it: that it had not come yet.
  private var notYet: String? {
    guard let ruin = trace.ruin, !events.isEmpty else { return nil }
    let starts = trace.eventStarts
    guard !starts.contains(where: { $0.seconds <= ruin.seconds + 1e-9 }) else { return nil }
    let when = "Ruin came by \(unit.text(ruin.seconds)); "
    guard let first = starts.first else {
      let names = listed(events.map { "“\($0)”" })
      return when + "\(names) had not come yet, and \(events.count == 1 ? "does" : "do") not start on this path."
    }
    let name = first.label.hasSuffix(": gap") ? first.label.dropLast(5) : first.label.dropLast(7)
    return when + "“\(name)” had not come yet: on this path it \(first.label.hasSuffix(": gap") ? "comes" : "starts") "
      + "\(unit.text(first.seconds)) in."
  }

  private func sentence(_ move: EquityMove) -> String {
    // A step's fills carry the time of its close.
    let step = trace.trades.filter { $0.seconds > move.from + 1e-6 && $0.seconds <= move.to + 1e-6 }
    let first = step.first?.seconds ?? move.to
    let fills = step.filter { abs($0.seconds - first) < 1e-6 }
    let named = fills.prefix(2).map { trade in
      "\(trade.quantity > 0 ? "bought" : "sold") \(Unit.quantity(abs(trade.quantity))) \(trade.asset) at "
        + "\(Unit.price(trade.price)) (\(WorstPathChart.reason(trade.reason)))"
    }
    let more = fills.count > 2 ? named + ["\(fills.count - 2) further fills"] : named
    // What was closed by force leaves nothing to hold.
    let isClosed = fills.contains { $0.reason == .liquidation }
    let until = move.to > first + 1e-6 && !isClosed ? "; all that it then held, until \(unit.text(move.to))" : ""
    let cause = move.causesText.isEmpty ? "" : ": \(move.causesText)"
    return
      "By \(unit.text(first)) \(listed(more))\(until): equity changes by \(signedPercent(move.change)) of its start\(cause)."
  }
}
