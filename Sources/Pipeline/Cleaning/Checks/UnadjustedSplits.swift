import Foundation
import MarketData

/// Bars that open, within two per cent, where a split of a few units for a few would leave the last close, and stay there: prices
/// that were not adjusted for it.
struct UnadjustedSplits: BarCheck {
  let name = "splits"
  let summary = "jumps as after a split that prices were not adjusted for"
  let words = (one: "split", several: "splits")

  func findings(in rows: CheckedRows) -> [Finding] {
    Self.jumps(in: rows).map { jump in
      let before = rows.closes[jump.index - 1]
      let opens = jump.price / before
      let units = "\(jump.units.new) for \(jump.units.old)"
      return rows.finding(
        name, [rows.sound[jump.index]],
        "it opens at \(CleaningWords.factor(opens)) times the last close, as after a split of \(units) in prices that were not "
          + "adjusted")
    }
  }

  /// A jump as of a split: at which of the sound rows, from which price, and the units.
  struct Jump {
    let index: Int
    let price: Double
    let units: (new: Int, old: Int)
  }

  static func jumps(in rows: CheckedRows) -> [Jump] {
    let spikes = Set(rows.spikes.filter { $0.part == .close }.flatMap { $0.bars.lowerBound...$0.bars.upperBound })
    return rows.sound.indices.dropFirst().compactMap { index in
      // Splits move by a third at least.
      guard !spikes.contains(index), rows.returns[index].magnitude > 0.2 else { return nil }
      let price = rows.value(.open, index).flatMap { $0 > 0 ? $0 : nil } ?? rows.closes[index]
      guard let units = RecordedHistory.split(of: Foundation.log(price / rows.closes[index - 1])) else { return nil }
      return Jump(index: index, price: price, units: units)
    }
  }
}
