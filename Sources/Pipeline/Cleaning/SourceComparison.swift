import Foundation
import MarketData

/// Bars against those of another source: prices that differ, and bars that only one of them has.
///
/// Each price is held against the same one, by what is usual of it: highs and lows of two exchanges differ more than closes do.
package struct SourceComparison: Sendable {
  /// How many times the median difference of its kind a price may be off.
  package static let factor = 10.0
  /// What no difference counts under, as a fraction: half of the last digit of a price of seven.
  package static let least = 1e-6

  /// What was found, as of a check named `against`.
  package let findings: [Finding]
  /// The median of the magnitudes of ln(close / other close).
  package let medianDifference: Double
  /// How many moments both have.
  package let shared: Int

  static let name = "against"

  /// Compares rows with those of another source, at the moments from when both begin to when one ends.
  package init(_ rows: CheckedRows, against other: CheckedRows) {
    var pairs: [(own: Int, other: Int)] = []
    var (own, their) = (0, 0)
    var onlyOwn: [Int] = []
    var onlyTheirs: [Int] = []
    let start = max(rows.times.first ?? .max, other.times.first ?? .max)
    let end = min(rows.times.last ?? .min, other.times.last ?? .min)
    while own < rows.times.count || their < other.times.count {
      let (mine, yours) = (
        own < rows.times.count ? rows.times[own] : .max, their < other.times.count ? other.times[their] : .max
      )
      let moment = min(mine, yours)
      let isShared = moment >= start && moment <= end
      if mine == yours {
        pairs.append((own, their))
      } else if isShared {
        if mine < yours { onlyOwn.append(own) } else { onlyTheirs.append(their) }
      }
      if mine == moment { own += 1 }
      if yours == moment { their += 1 }
    }
    shared = pairs.count
    let prices = Self.fields.map { Price($0, rows, other, pairs) }
    medianDifference = prices[0].median
    let source = other.rows.file
    guard shared > 0 else {
      findings = [
        rows.finding(Self.name, [], "no moment of \(source) is one of this file: nothing can be compared")
      ]
      return
    }
    var findings = pairs.enumerated().compactMap { number, pair -> Finding? in
      let words = prices.compactMap { $0.words(number, source) }
      guard !words.isEmpty else { return nil }
      return rows.finding(
        Self.name, [rows.sound[pair.own]],
        words.joined(separator: ", ") + " (line \(other.rows.rows[other.sound[pair.other]].line))")
    }
    findings += Self.stretches(onlyOwn).map { bars in
      rows.finding(
        Self.name, bars.map { rows.sound[$0] },
        "\(source) has no bar\(bars.count == 1 ? "" : "s") here, from \(rows.text(bars.lowerBound)) to "
          + rows.text(bars.upperBound - 1))
    }
    findings += Self.stretches(onlyTheirs).map { bars in
      Finding(
        kind: Self.name, rows: [], line: 0, times: other.times[bars.lowerBound]...other.times[bars.upperBound - 1],
        count: bars.count,
        sentence: "\(source) has \(bars.count) bar\(bars.count == 1 ? "" : "s") that this file has not, from "
          + "\(other.text(bars.lowerBound)) to \(other.text(bars.upperBound - 1))")
    }
    self.findings = findings.sorted { ($0.times?.lowerBound ?? 0, $0.line) < ($1.times?.lowerBound ?? 0, $1.line) }
  }

  /// What is compared where both have it; both always have closes.
  private static let fields: [BarField] = [.close, .open, .high, .low]

  /// One price of all shared moments, in both sources.
  private struct Price {
    private let field: BarField
    /// Both values of each moment; NaN where one of them is no price above 0.
    private let values: [(own: Double, other: Double)]
    /// ln(own / other).
    private let differences: [Double]
    /// The median of their magnitudes; 0 where there are none.
    let median: Double

    init(_ field: BarField, _ rows: CheckedRows, _ other: CheckedRows, _ pairs: [(own: Int, other: Int)]) {
      func price(_ rows: CheckedRows, _ place: Int) -> Double {
        rows.value(field, place).flatMap { $0 > 0 && $0.isFinite ? $0 : nil } ?? .nan
      }
      self.field = field
      values = pairs.map { (price(rows, $0.own), price(other, $0.other)) }
      differences = values.map { Foundation.log($0.own / $0.other) }
      let known = differences.filter { !$0.isNaN }.map(\.magnitude)
      median = known.isEmpty ? 0 : SpikeRule.median(known)
    }

    /// By how much it is off at a moment, where that is more than is usual.
    func words(_ number: Int, _ source: String) -> String? {
      guard differences[number].magnitude > max(SourceComparison.least, SourceComparison.factor * median) else {
        return nil
      }
      let (own, other) = values[number]
      return "the \(field.rawValue) \(CleaningWords.number(own)) is \(CleaningWords.percent(own / other - 1)) off "
        + "\(source)'s \(CleaningWords.number(other))"
    }
  }

  /// Increasing places as stretches of neighbours.
  private static func stretches(_ places: [Int]) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    for place in places {
      if let last = stretches.last, last.upperBound == place {
        stretches[stretches.count - 1] = last.lowerBound..<(place + 1)
      } else {
        stretches.append(place..<(place + 1))
      }
    }
    return stretches
  }
}
