import Lab
import Statistics

extension EquityPart {
  /// What did it, as it stands behind "by": "the event “crash”", "a jump of MSFT", "its own impact".
  var causeText: String {
    let subject = subject ?? ""
    return switch cause {
    case .event: "the event “\(subject)”"
    case .rebound: "the rebound of “\(subject)”"
    case .jump: "a jump of \(subject)"
    case .gap: "a gap of \(subject) between close and open"
    case .market: "other moves of \(subject)"
    case .halfSpread: "half-spreads"
    case .impact: "its own impact"
    case .fees: "fees"
    case .forcedSale: "being closed out by force"
    case .financing: "what holding costs"
    }
  }
}

extension EquityMove {
  /// What worked the way that equity went, the largest first; one alone where it did nine tenths of it.
  var leadingParts: [EquityPart] {
    let same = parts.filter { $0.change * change > 0 }
    guard let first = same.first else { return [] }
    guard abs(first.change) < 0.9 * abs(change), same.count > 1, abs(same[1].change) >= 0.1 * abs(change) else {
      return [first]
    }
    return Array(same.prefix(2))
  }

  /// "−12.3 % by the event “crash” and −2 % by its own impact"; empty where no part is known.
  var causesText: String {
    listed(leadingParts.map { "\(signedPercent($0.change)) by \($0.causeText)" })
  }
}

/// A change over starting equity with its sign: "+1.2 %", "−0.04 %".
func signedPercent(_ change: Double) -> String {
  (change > 0 ? "+" : "") + Unit.percent.text(change, resolution: 0.005)
}
