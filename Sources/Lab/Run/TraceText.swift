import Documents
import Foundation
import MarketData
import Trading

/// Tells a replayed path in words.
struct TraceText {
  let outcome: OutcomeRow
  let trades: [Trade]
  /// Events that start before the horizon, in the order of time.
  let starts: [EventStart]
  let stepSeconds: Double
  let sessionSeconds: Double

  var text: String {
    var sentences: [String] = []
    for start in starts { sentences.append("\(duration(start.seconds)) in, \(start.label).") }
    let orders = trades.count { $0.reason == .order }
    let stops = trades.count { $0.reason == .stop }
    if trades.isEmpty {
      sentences.append("The desk never trades.")
    } else {
      sentences.append("The desk fills \(count(orders, "order"))\(stops > 0 ? " and \(count(stops, "stop"))" : "").")
    }
    let ruinSeconds = (outcome[.ruinStep] + 1) * stepSeconds
    let kept = outcome[.finalEquity] / outcome[.startEquity]
    switch outcome.cause {
    case .none: sentences.append("It survives with \(percent(kept)) of its starting equity.")
    case .liquidation:
      sentences.append("\(duration(ruinSeconds)) in, the venue sells it out; \(percent(kept)) of its equity is left.")
    case .zeroEquity: sentences.append("\(duration(ruinSeconds)) in, its equity is gone.")
    case .equityBelow:
      sentences.append(
        "\(duration(ruinSeconds)) in, it has lost what the study calls ruin; \(percent(kept)) of its equity is left.")
    }
    if outcome[.deficit] > 0 {
      sentences.append("It owes \(percent(outcome[.deficit] / outcome[.startEquity])) of its starting equity.")
    }
    return sentences.joined(separator: " ")
  }

  private func duration(_ seconds: Double) -> String {
    if stepSeconds >= sessionSeconds { return "\(JSONWriter.number((seconds / sessionSeconds * 10).rounded() / 10)) d" }
    let minutes = Int((seconds / 60).rounded())
    if minutes < 60 { return "\(minutes) min" }
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded() / 10
    return "\(JSONWriter.number(tenths)) %"
  }
}
