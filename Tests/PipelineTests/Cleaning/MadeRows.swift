import Foundation
import MarketData
import Pipeline

/// Bars made for tests, with nothing wrong in them: each of 16 moves in a row, of a normal law or of Student's t with three
/// degrees of freedom, which has no fourth moment; or of one such move, so that returns have the tails of the t as they are.
enum MadeRows: String, CaseIterable, Sendable {
  case normal, fatTails, fattestTails

  private var moves: Int { self == .fattestTails ? 1 : 16 }

  /// Rows of bars an hour apart, from 2020-01-01 on, each with a volume.
  func rows(seed: UInt64, count: Int, deviation: Double = 0.005) -> BarRows {
    var words = SplitMix(state: seed &* 0x9E37_79B9 &+ 77)
    var rows: [BarRows.Row] = []
    rows.reserveCapacity(count)
    var price = 100.0
    for index in 0..<count {
      let open = price
      var (high, low) = (price, price)
      for _ in 0..<moves {
        price *= exp(deviation / Double(moves).squareRoot() * draw(&words))
        high = max(high, price)
        low = min(low, price)
      }
      rows.append(
        BarRows.Row(
          line: index + 2, time: Self.time(index),
          values: [
            .open: open, .high: high, .low: low, .close: price, .volume: (1000 * (0.5 + words.uniform())).rounded(),
          ]))
    }
    return BarRows(file: "made.csv", asset: "", fields: BarField.allCases, rows: rows)
  }

  /// The time of a bar.
  static func time(_ index: Int) -> Int64 { 1_577_836_800_000 + Int64(index) * 3_600_000 }

  private func draw(_ words: inout SplitMix) -> Double {
    switch self {
    case .normal: return words.normal()
    case .fatTails, .fattestTails:
      let square = (0..<3).reduce(0.0) { sum, _ in sum + pow(words.normal(), 2) }
      return words.normal() / (square / 3).squareRoot()
    }
  }
}

/// Numbers that any language can repeat (SplitMix64).
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
}
