import Foundation
import MarketData

/// Bars that leave their neighbours and come back, by `SpikeRule`.
struct Spikes: BarCheck {
  let name = "spikes"
  let summary = "bars that leave their neighbours and come back at once"
  let words = (one: "spike", several: "spikes")

  func findings(in rows: CheckedRows) -> [Finding] {
    rows.spikes.map { spike in
      let price = Self.price(spike, in: rows)
      let usual = CleaningWords.factor(spike.move.magnitude / spike.scale)
      let change = CleaningWords.percent(Foundation.exp(spike.move) - 1)
      let sentence =
        switch spike.part {
        case .close:
          "the close \(CleaningWords.number(price)) is \(change) off that before, \(usual) times the usual move, and comes "
            + "back after \(spike.bars.count) bar\(spike.bars.count == 1 ? "" : "s")"
        case .high, .low:
          "the \(spike.part == .high ? "high" : "low") \(CleaningWords.number(price)) is \(change) off all prices around it, "
            + "\(usual) times the usual move"
        }
      return rows.finding(name, spike.bars.map { rows.sound[$0] }, sentence)
    }
  }

  private static func price(_ spike: Spike, in rows: CheckedRows) -> Double {
    let bar = spike.bars.lowerBound
    return switch spike.part {
    case .close: rows.closes[bar]
    case .high: rows.value(.high, bar) ?? .nan
    case .low: rows.value(.low, bar) ?? .nan
    }
  }
}
