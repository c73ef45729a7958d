import Lab
import Statistics

extension SeverityCurve {
  /// "momentum · house": the agent and its risk profile.
  var name: String { "\(agent)\u{A0}·\u{A0}\(risk)" }
  /// The highest severity that was asked.
  var lastSeverity: Double { rungs.last?.severity ?? 0 }

  /// "0.62 [0.5, 0.75]": where so many paths are lost, and between which severities of the ladder that lies.
  func text(_ critical: CriticalSeverity) -> String {
    let estimate = critical.severity
    guard let low = estimate.low else { return valueText(critical) }
    let high = estimate.high.map(severityText) ?? "\u{2013}"
    // Where the whole interval lies beyond the ladder, the words say so.
    if estimate.value == nil, low == lastSeverity { return valueText(critical) }
    return "\(valueText(critical)) [\(severityText(low)), \(high)]"
  }

  /// The severity alone, or that the ladder ends before.
  func valueText(_ critical: CriticalSeverity) -> String {
    guard let value = critical.severity.value else { return "not by \(severityText(lastSeverity))" }
    return Unit.number.text(value, resolution: 0.005)
  }

  /// Whether nothing happens on it: no path is lost at any severity.
  var isWhole: Bool { rungs.allSatisfy { $0.survival.value == 1 } }
}

extension SeverityCurve.CriticalSeverity {
  /// "half", "a tenth", "a hundredth" of the paths.
  var lostText: String {
    switch lost {
    case 0.5: "half"
    case 0.1: "a tenth"
    case 0.01: "a hundredth"
    default: Unit.percent.text(lost)
    }
  }
}
