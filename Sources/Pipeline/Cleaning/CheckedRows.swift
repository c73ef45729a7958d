import Documents
import Foundation
import MarketData

/// Rows as the checks see them: all of them, and those that are sound enough to be compared with their neighbours.
package struct CheckedRows: Sendable {
  /// The rows as the file has them.
  package let rows: BarRows
  /// The sound rows, as places in `rows.rows` in the order of time: with a time that no row before has, and a close above 0.
  package let sound: [Int]
  /// Their times, increasing.
  package let times: [Int64]
  /// Their closes.
  package let closes: [Double]
  /// ln(close / close before) of each; 0 for the first.
  package let returns: [Double]
  /// Their clock; nil for fewer than three.
  package let clock: BarClock?
  /// Bars that leave their neighbours and come back, as ranges of places in `sound`.
  package let spikes: [Spike]

  /// Looks at rows.
  package init(_ rows: BarRows) {
    self.rows = rows
    var seen: Set<Int64> = []
    var sound = rows.rows.indices.filter { place in
      guard let time = rows.rows[place].time, let close = rows.rows[place][.close], close > 0, close.isFinite else {
        return false
      }
      return seen.insert(time).inserted
    }
    func time(_ place: Int) -> Int64 { rows.rows[place].time ?? 0 }
    if !zip(sound, sound.dropFirst()).allSatisfy({ time($0) < time($1) }) { sound.sort { time($0) < time($1) } }
    self.sound = sound
    times = sound.map(time)
    closes = sound.map { rows.rows[$0][.close] ?? .nan }
    let logarithms = closes.map { Foundation.log($0) }
    returns = logarithms.indices.map { $0 > 0 ? logarithms[$0] - logarithms[$0 - 1] : 0 }
    clock = BarClock(times)
    spikes = SpikeRule(closes: closes, returns: returns).spikes(
      open: Self.logarithms(.open, rows, sound), high: Self.logarithms(.high, rows, sound),
      low: Self.logarithms(.low, rows, sound), close: logarithms)
  }

  /// A field of a sound row; nil where there is none.
  package func value(_ field: BarField, _ index: Int) -> Double? { rows.rows[sound[index]][field] }

  /// A finding about rows, which are places in `rows.rows`.
  func finding(_ kind: String, _ places: [Int], count: Int? = nil, _ sentence: String) -> Finding {
    let times = places.compactMap { rows.rows[$0].time }
    let range = times.min().flatMap { first in times.max().map { first...$0 } }
    return Finding(
      kind: kind, rows: places, line: places.first.map { rows.rows[$0].line } ?? 0, times: range,
      count: count ?? places.count, sentence: sentence)
  }

  /// When a sound row was recorded, as text.
  func text(_ index: Int) -> String { Timestamp.text(milliseconds: times[index]) }

  /// Logarithms of a field, NaN where there is no price above 0; empty where the file has no such field.
  private static func logarithms(_ field: BarField, _ rows: BarRows, _ sound: [Int]) -> [Double] {
    guard rows.fields.contains(field) else { return [] }
    return sound.map { place in
      guard let value = rows.rows[place][field], value > 0 else { return .nan }
      return Foundation.log(value)
    }
  }
}
