import Foundation
import MarketData

/// Bars against those of another source: closes that differ, and bars that only one of them has.
package struct SourceComparison: Sendable {
  /// How many times the median difference a close may be off.
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
    let differences = pairs.map { Foundation.log(rows.closes[$0.own] / other.closes[$0.other]) }
    medianDifference = SpikeRule.median(differences.map(\.magnitude))
    let source = other.rows.file
    guard shared > 0 else {
      findings = [
        rows.finding(Self.name, [], "no moment of \(source) is one of this file: nothing can be compared")
      ]
      return
    }
    let limit = max(Self.least, Self.factor * medianDifference)
    var findings = zip(pairs, differences).compactMap { pair, difference -> Finding? in
      guard difference.magnitude > limit else { return nil }
      let (mine, yours) = (rows.closes[pair.own], other.closes[pair.other])
      return rows.finding(
        Self.name, [rows.sound[pair.own]],
        "the close \(CleaningWords.number(mine)) is \(CleaningWords.percent(mine / yours - 1)) off \(source)'s "
          + "\(CleaningWords.number(yours)) (line \(other.rows.rows[other.sound[pair.other]].line))")
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
