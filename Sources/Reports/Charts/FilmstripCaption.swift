import Lab
import Statistics
import Trading

/// What stands under a frame of the filmstrip: when it is, price, position and equity then, and what happens.
struct FilmstripCaption: Sendable {
  /// "Fall", or "Fall and stop" where both are one moment.
  let name: String
  let time: String
  /// "AAPL 171.30", for each asset that is shown.
  let prices: [String]
  /// "holds 3,201 AAPL", "short 20 AAPL", "holds nothing".
  let positions: [String]
  /// "equity 84.2 %".
  let equity: String
  /// A sentence.
  let event: String

  init(_ frame: Filmstrip.Frame, of strip: Filmstrip, assets: [String], unit: Unit) {
    let trace = strip.trace
    let (index, seconds) = (frame.index, trace.seconds[frame.index])
    name = Self.name(frame, trace)
    time = seconds == 0 ? "at the start" : unit.text(seconds)
    let shown = trace.prices.filter { assets.contains($0.asset) }
    prices = shown.map { "\($0.asset) \(Unit.price($0.values[index]))" }
    let held = trace.positions.filter { $0.values[index] != 0 }
    let named = held.filter { assets.contains($0.asset) }.map { series in
      "\(series.values[index] < 0 ? "short" : "holds") \(Unit.quantity(abs(series.values[index]))) \(series.asset)"
    }
    let others = held.count - named.count
    positions = (held.isEmpty ? ["holds nothing"] : named) + (others > 0 ? ["and \(others) other positions"] : [])
    equity = "equity \(Unit.percent.text(trace.equity[index], resolution: 0.005))"
    event = Self.event(frame, strip, unit)
  }

  private static func name(_ frame: Filmstrip.Frame, _ trace: Trace) -> String {
    let words = frame.kinds.map { kind in
      switch kind {
      case .start: "start"
      case .before: trace.seconds[frame.index] == 0 ? "start" : "before"
      case .loss: "a loss"
      case .halfway: "half-way"
      case .fall: "fall"
      case .forced: forced(frame, trace)
      case .trough: "trough"
      case .end: "end"
      }
    }
    let text = listed(words, most: 5)
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// "stop", "margin call", "ruin", "recall".
  private static func forced(_ frame: Filmstrip.Frame, _ trace: Trace) -> String {
    switch frame.forced?.reason {
    case .stop: "stop"
    case .recall: "recall"
    case .liquidation: trace.ruin?.label == "liquidated" ? "margin call" : "ruin"
    case .order, .closeOut, nil: "sale"
    }
  }

  /// What happens at the frame: what its kinds say, in their order.
  private static func event(_ frame: Filmstrip.Frame, _ strip: Filmstrip, _ unit: Unit) -> String {
    let trace = strip.trace
    let sentences = frame.kinds.compactMap { kind -> String? in
      switch kind {
      case .start: "The path begins."
      case .before: before(frame, trace, unit)
      case .loss: frame.step.map { "One of the largest losses in a step, \(signedPercent($0.change))\(cause($0))." }
      case .halfway: frame.between.map { halfway($0, trace, unit) }
      case .fall:
        frame.step.map { "One step changes equity by \(signedPercent($0.change))\(cause($0))." }
      case .forced: forcedSentence(frame, trace)
      case .trough:
        frame.index == trace.equity.count - 1 && frame.kinds.contains(.end) ? nil : "The lowest close."
      case .end: end(frame, trace, unit)
      }
    }
    return sentences.joined(separator: " ")
  }

  /// "Half-way from 3 h 20 min to 3 h 40 min: equity changes by −2.1 % of its start in between."
  private static func halfway(_ stretch: ClosedRange<Int>, _ trace: Trace, _ unit: Unit) -> String {
    let (from, to) = (stretch.lowerBound, stretch.upperBound)
    let start = from == 0 ? "the start" : unit.text(trace.seconds[from])
    let change = trace.equity[to] - trace.equity[from]
    let whole =
      abs(change) < 5e-7
      ? "is the same at both" : "changes by \(signedPercent(change)) of its start from the one to the other"
    return "Half-way from \(start) to \(unit.text(trace.seconds[to])); equity \(whole)."
  }

  private static func cause(_ step: EquityMove) -> String {
    step.causesText.isEmpty ? "" : ": \(step.causesText)"
  }

  private static func before(_ frame: Filmstrip.Frame, _ trace: Trace, _ unit: Unit) -> String {
    let now = trace.seconds[frame.index]
    let next = trace.eventStarts.first { $0.seconds >= now - 1e-9 }
    let step = trace.seconds.count > 1 ? trace.seconds[1] : 0
    if let next, next.seconds - now <= step + 1e-9 {
      return "The last close before \(next.eventSentence)."
    }
    let peak = now == 0 ? "No close is higher before the trough." : "The highest close before the trough."
    guard let next else { return peak }
    let text = next.eventSentence
    return "\(peak) \(text.prefix(1).uppercased() + text.dropFirst()) \(unit.text(next.seconds - now)) later."
  }

  /// Of so many trades by force each is told.
  private static let mostTrades = 3

  private static func forcedSentence(_ frame: Filmstrip.Frame, _ trace: Trace) -> String? {
    guard let trade = frame.forced else { return nil }
    // All that was traded for that reason since the close before, such as the other leg of a pair.
    let all = trace.trades.filter { $0.reason == trade.reason && Filmstrip.index(trace, $0.seconds) == frame.index }
    let told = all.prefix(mostTrades).map { trade in
      "\(trade.quantity < 0 ? "sold" : "bought") \(Unit.quantity(abs(trade.quantity))) \(trade.asset) at \(Unit.price(trade.price))"
    }
    let others = all.count - told.count
    let what = listed(told + (others > 0 ? ["\(others) other \(others == 1 ? "trade" : "trades")"] : []), most: 8)
    switch trade.reason {
    case .stop: return "A stop \(what)."
    case .recall: return "Recalled: \(what)."
    case .liquidation: return "Closed out by force: \(what)."
    case .order, .closeOut: return nil
    }
  }

  private static func end(_ frame: Filmstrip.Frame, _ trace: Trace, _ unit: Unit) -> String {
    let left = EquityWords.left(trace.equity[trace.equity.count - 1])
    let ending = "\(left.prefix(1).uppercased() + left.dropFirst())."
    guard let ruin = trace.ruin else { return ending }
    return frame.kinds.contains(.forced) ? ending : "Ruined since \(unit.text(ruin.seconds)). \(ending)"
  }
}
