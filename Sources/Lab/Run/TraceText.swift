import Markets
import Statistics
import Trading

/// Tells a replayed path in words: what changed its equity, by size, and then what happened, in the order of time.
struct TraceText {
  let outcome: OutcomeRow
  let trades: [Trade]
  /// Events that start before the horizon.
  let starts: [EventStart]
  let breakdown: EquityBreakdown
  /// Of the whole path, the largest first.
  let parts: [EquityPart]
  let jumps: EquityBreakdown.Jumps
  let market: MarketDescription
  let equityBelow: Double
  /// Orders that a halt has held back.
  let heldBack: Int
  /// Whether the venue or an event asks a fee of short positions.
  let chargesShorts: Bool

  /// A sentence and the moment that it tells of, in steps from t = 0.
  private struct Moment {
    let time: Double
    let sentence: String
  }

  var text: String {
    guard !trades.isEmpty else {
      return "The desk never trades. \(left.capitalisedFirst) at the horizon."
    }
    let named: [(Fill.Reason, String)] = [
      (.order, "order"), (.stop, "stop"), (.liquidation, "forced sale"), (.recall, "recall"), (.closeOut, "close-out"),
    ]
    let parts = named.map { reason, name in (trades.count { $0.reason == reason }, name) }.filter { $0.0 > 0 }
    let fills = "Its fills: \(parts.map { count($0.0, $0.1) }.joined(separator: ", "))."
    let held = heldBack > 0 ? ["A halt holds \(count(heldBack, "order")) back."] : []
    return ([balance] + moments.map(\.sentence) + [fills] + held).joined(separator: " ")
  }

  // MARK: What changed equity

  /// The whole change and its parts, the largest first.
  private var balance: String {
    let total = parts.reduce(0) { $0 + $1.change }
    var named = parts.prefix(6).filter { abs($0.change) >= 0.0005 }
    if named.isEmpty { named = Array(parts.prefix(1)) }
    let rest = total - named.reduce(0) { $0 + $1.change }
    var words = named.map { "\(name($0)) \(signed($0.change))" }
    if abs(rest) >= 0.0005 { words.append("all else \(signed(rest))") }
    return "From start to end its equity changes by \(signed(total)) of its start; by size: "
      + "\(words.joined(separator: ", "))."
  }

  private func name(_ part: EquityPart) -> String {
    let subject = part.subject ?? ""
    switch part.cause {
    case .event: return "the event “\(subject)”"
    case .rebound: return "what “\(subject)” gives back"
    case .jump: return "jumps of \(subject)"
    case .gap: return "gaps of \(subject) between close and open"
    case .market: return "other moves of \(subject)"
    case .halfSpread: return "half-spreads"
    case .impact: return "its own impact"
    case .fees: return "fees"
    case .forcedSale: return forced
    case .financing: return financing
    }
  }

  /// What was done by force.
  private var forced: String {
    let closing: String? =
      switch closingSide {
      case nil: nil
      case .sold: "the forced sale"
      case .bought: "the forced purchase"
      case .both: "the forced closing"
      }
    let recall = trades.contains { $0.reason == .recall } ? "the recall" : nil
    return [closing, recall].compactMap { $0 }.joined(separator: " and ")
  }

  /// What holding has cost or brought, as far as the venue asks it and the path could owe it.
  private var financing: String {
    let weights = breakdown.steps.map { $0.assets.map(\.weight) }
    var names: [String] = []
    if market.venue.annualFinancingRate > 0, weights.contains(where: { $0.reduce(0, +) > 1 }) {
      names.append("interest")
    }
    if market.venue.fundingPer8Hours != 0 { names.append("funding") }
    if chargesShorts, weights.contains(where: { $0.contains { $0 < 0 } }) { names.append("fees on shorts") }
    guard let last = names.last else { return "what holding costs" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// What closing the account by force did.
  private enum Side { case sold, bought, both }

  /// Nil where nothing was closed by force.
  private var closingSide: Side? {
    let signs = Set(trades.filter { $0.reason == .liquidation }.map { $0.quantity < 0 })
    return signs.isEmpty ? nil : signs.count > 1 ? .both : signs.contains(true) ? .sold : .bought
  }

  // MARK: What happened when

  /// Steps that changed equity most, events and the end, in the order of time.
  private var moments: [Moment] {
    let isRuined = outcome.cause != .none
    let end = isRuined ? ruinTime : .infinity
    // A gap at the very open at which the desk is sold out is what has sold it.
    let isBefore = { (start: EventStart) in start.steps < end || (start.jumps && start.steps == end) }
    var moments = starts.filter(isBefore).map { start in
      Moment(time: start.steps, sentence: "\(duration(start.steps)) in, \(subject(start)) \(verb(start)).")
    }
    for step in largestSteps where !(isRuined && Double(step.number) == outcome[.ruinStep]) {
      moments.append(
        Moment(
          time: Double(step.number + 1),
          sentence: "By \(duration(Double(step.number + 1))), one step changes equity by "
            + "\(signed(step.change / breakdown.startEquity)) of its start\(cause(of: step))."))
    }
    // An event that starts in the step of ruin stands before its close; the sort keeps what comes first first.
    moments = moments.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    moments.append(Moment(time: end, sentence: ending))
    for start in starts where !isBefore(start) {
      moments.append(
        Moment(
          time: start.steps,
          sentence: "\(subject(start).capitalisedFirst) \(verb(start)) only after that, \(duration(start.steps)) in."))
    }
    return moments
  }

  private func subject(_ start: EventStart) -> String { start.jumps ? "the gap “\(start.name)”" : "“\(start.name)”" }
  private func verb(_ start: EventStart) -> String { start.jumps ? "comes" : "starts" }

  /// Up to three steps that changed equity most, each by 2 % of its start at least.
  private var largestSteps: [EquityBreakdown.Step] {
    let least = 0.02 * breakdown.startEquity
    let large = breakdown.steps.filter { abs($0.change) >= least }
    return Array(large.sorted { (abs($0.change), $1.number) > (abs($1.change), $0.number) }.prefix(3))
  }

  /// What did most of a step's change, with its size: ", by the event …", or ": −3 % by the event …" where others did more.
  private func cause(of step: EquityBreakdown.Step) -> String {
    let parts = breakdown.parts(step, market, jumps)
    // What worked the other way is not what did it.
    guard let part = parts.first(where: { $0.change * step.change > 0 }) else { return "" }
    // Where the step is its part, one figure says both.
    let share =
      signed(part.change) == signed(step.change / breakdown.startEquity) ? ", " : ": \(signed(part.change)) "
    guard part.cause == .jump || part.cause == .gap, let subject = part.subject,
      let asset = market.assets.firstIndex(of: subject)
    else { return "\(share)by \(name(part))" }
    let move = step.assets[asset]
    let held =
      "held \(move.weight < 0 ? "short " : "")at \(Unit.number.text(abs(move.weight), resolution: 0.06)) times equity"
    guard part.cause == .jump else {
      let place = move.isAfterHalt ? "over a halt" : "between close and open"
      return "\(share)by a gap of \(subject) of \(signed(move.gapReturn)) \(place), \(held)"
    }
    return jumps.isAtOpen(step, asset: asset)
      ? "\(share)by a jump of \(subject) by \(signed(move.gapReturn)) as a step opens, \(held)"
      : "\(share)by a jump in a move of \(subject) by \(signed(move.ownReturn)) from open to close, \(held)"
  }

  /// When the desk was sold out: at the open of the step of ruin where that was it, else by its close.
  private var ruinTime: Double {
    let step = ruinStep
    return step?.isSoldAtOpen == true ? outcome[.ruinStep] : outcome[.ruinStep] + 1
  }
  private var ruinStep: EquityBreakdown.Step? {
    breakdown.steps.first { Double($0.number) == outcome[.ruinStep] }
  }

  /// How it ended, and what was left.
  private var ending: String {
    let reason: String? =
      switch outcome.cause {
      case .none: nil
      case .liquidation: "the venue \(closes) for want of margin"
      case .zeroEquity: "its equity is gone\(isClosed.map { " and \($0)" } ?? "")"
      case .equityBelow:
        "its equity is at \(Unit.percent.text(equityBelow, resolution: 1)) of its start or under, which the study calls "
          + "ruin\(isClosed.map { ", and \($0)" } ?? "")"
      }
    guard let reason else { return "It survives; \(left) at the horizon." }
    let when = ruinStep?.isSoldAtOpen == true ? "\(opening) \(duration(ruinTime)) in," : "By \(duration(ruinTime)),"
    var text = "\(when) \(reason)"
    if let step = ruinStep, abs(step.change) >= 0.02 * breakdown.startEquity {
      text +=
        ", in a step that changes equity by \(signed(step.change / breakdown.startEquity)) of its start"
        + cause(of: step)
    }
    return "\(text). \(left.capitalisedFirst)."
  }

  /// Where it was sold out at once: at the open of a session, or else between two steps.
  private var opening: String {
    market.clock.opensSession(Int(outcome[.ruinStep])) ? "At the open of a session" : "Between two steps,"
  }

  private var closes: String {
    switch closingSide {
    case .sold: "sells it out"
    case .bought: "buys it in"
    case .both, nil: "closes it out"
    }
  }

  /// Nil where nothing was left to be closed by force.
  private var isClosed: String? {
    switch closingSide {
    case .sold: "it is sold out"
    case .bought: "it is bought in"
    case .both: "it is closed out"
    case nil: nil
    }
  }

  /// What the account holds in the end, or owes.
  private var left: String { EquityWords.left(outcome[.finalEquity] / outcome[.startEquity]) }

  // MARK: Words

  private func duration(_ steps: Double) -> String {
    let seconds = steps * market.clock.stepSeconds
    let day = market.clock.calendar.secondsPerDay
    let unit: Unit = market.clock.stepSeconds < day ? .duration(day: day) : .days(day: day)
    return unit.text(seconds)
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(Unit.decimal(Double(number), decimals: 0)) \(noun)\(number == 1 ? "" : "s")"
  }

  private func signed(_ share: Double) -> String {
    (share > 0 ? "+" : "") + Unit.percent.text(share, resolution: 0.005)
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
