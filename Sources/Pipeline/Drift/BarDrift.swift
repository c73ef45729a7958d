import Documents
import Glibc
import Lab
import MarketData
import Randomness
import Statistics

/// How the newest bars of an asset stand against those that an agent was trained on: quantity by quantity, in figures and words.
package struct BarDrift: Sendable {
  /// What is looked at of bars.
  package enum Quantity: String, Sendable, CaseIterable {
    case logReturn, absoluteLogReturn, range, volume

    /// In words.
    package var title: String {
      switch self {
      case .logReturn: "log returns"
      case .absoluteLogReturn: "absolute log returns"
      case .range: "ranges, ln(high/low)"
      case .volume: "volumes"
      }
    }
  }

  /// A quantity of both.
  package struct Line: Sendable {
    /// What it is.
    package let quantity: Quantity
    /// How both stand; nil where one of them has too few numbers, or the files do not say it.
    package let series: TwoSeries?
    /// The p-value among all quantities of the asset, by Holm's rule; nil likewise.
    package let adjusted: Double?

    /// What came of it.
    package enum Verdict: String, Sendable { case drifted, maybe, none, unknown }

    /// Drift where hardly an earlier stretch lay as far from the rest and the p-value is small among all; perhaps where few did
    /// and it is small by itself. The p-value alone is no proof, and only a hint where there is too little history.
    package var verdict: Verdict {
      guard let series, let adjusted else { return .unknown }
      guard let share = series.shareOfStretches else { return adjusted < 0.05 ? .maybe : .none }
      if share < 0.02, adjusted < 0.05 { return .drifted }
      return share < 0.05 && series.probability < 0.05 ? .maybe : .none
    }
  }

  /// Whose bars; without a name where a file has one.
  package let asset: String
  /// Bars of the newest stretch and of what it is held against, with the times of their first and last.
  package let newest, reference: Stretch
  /// By quantity.
  package let lines: [Line]

  /// Bars from one to another.
  package struct Stretch: Sendable, Hashable {
    /// How many.
    package let bars: Int
    /// The first and the last, milliseconds since 1970-01-01 UTC.
    package let first, last: Int64

    init(_ series: BarSeries, _ range: Range<Int>) {
      bars = range.count
      (first, last) = (series.time[range.lowerBound], series.time[range.upperBound - 1])
    }
  }

  /// Numbers that a stretch has at least.
  package static let fewest = 50
  /// Bars of the reference that are looked at: the last of them.
  package static let most = 100_000
  /// The quantiles that are told.
  package static let levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
  /// Steps between neighbours over which there is no return, as over a gap: a weekend with its holidays has four days.
  private static let longest: Int64 = 4
  private static let stream = "pipeline/drift"

  /// Holds the newest bars of a series against those of another that are older.
  ///
  /// - Parameters:
  ///   - count: how many are the newest.
  ///   - other: what was trained on; may be the same series.
  /// - Throws: a `Refusal` where there are too few bars, or they are of another length.
  package init(_ asset: String, _ series: BarSeries, newest count: Int, against other: BarSeries) throws(Refusal) {
    let whose = asset.isEmpty ? "" : " of \(asset)"
    guard count >= Self.fewest, series.count > count else {
      throw Refusal(
        "the newest \(count) of \(series.count) bars\(whose) are no stretch to judge: between \(Self.fewest) and all but one"
      )
    }
    let recent = series.count - count..<series.count
    let older = other.time.prefix { $0 < series.time[recent.lowerBound] }.count
    guard older >= Self.fewest else {
      throw Refusal(
        "only \(older) bars\(whose) to be judged by are older than the newest \(count), which begin "
          + "\(Timestamp.text(milliseconds: series.time[recent.lowerBound])): at least \(Self.fewest) are needed")
    }
    let past = max(0, older - Self.most)..<older
    let (step, otherStep) = (BarClock(series.time)?.step, BarClock(other.time)?.step)
    guard step == otherStep else {
      let words = { (step: Int64?) in step.map { BarTable.duration($0) } ?? "no regular time" }
      throw Refusal("bars of \(words(step)) cannot be held against bars of \(words(otherStep))")
    }
    self.asset = asset
    newest = Stretch(series, recent)
    reference = Stretch(other, past)
    let found = Quantity.allCases.map { quantity -> TwoSeries? in
      let first = Self.values(quantity, other, past, step)
      let second = Self.values(quantity, series, recent, step)
      guard min(first.count, second.count) >= Self.fewest - 1 else { return nil }
      // A stream for each quantity: what is found of one does not hang on whether there is another.
      var stream = SparseStream(
        RandomStreams(seed: 0, namespace: .test).key("\(Self.stream)/\(quantity.rawValue)"), path: 0)
      return TwoSeries(first, second, levels: Self.levels, &stream)
    }
    let holm = Holm(found.compactMap { $0?.probability }).adjusted
    var place = 0
    lines = zip(Quantity.allCases, found).map { quantity, series in
      guard let series else { return Line(quantity: quantity, series: nil, adjusted: nil) }
      defer { place += 1 }
      return Line(quantity: quantity, series: series, adjusted: holm[place])
    }
  }

  /// A quantity of bars, those left out where it is not known.
  private static func values(
    _ quantity: Quantity, _ series: BarSeries, _ range: Range<Int>, _ step: Int64?
  ) -> [Double] {
    range.compactMap { index -> Double? in
      let bar = series[index]
      let value: Double
      switch quantity {
      case .volume: value = bar.volume
      case .range: value = log(bar.high / bar.low)
      case .logReturn, .absoluteLogReturn:
        guard index > 0, series.time[index] - series.time[index - 1] <= longest * (step ?? .max / longest) else {
          return nil
        }
        let change = log(bar.close / series.close[index - 1])
        value = quantity == .logReturn ? change : abs(change)
      }
      return value.isFinite ? value : nil
    }
  }
}
