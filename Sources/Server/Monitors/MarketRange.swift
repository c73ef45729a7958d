/// What a market was like while an agent learnt, stretch by stretch, and whether newer bars are still like it.
///
/// A measure of the newest n bars is ranked among those of the reference's stretches of n bars. At one offset these do not overlap:
/// of K stretches k are at least as large, so p = (1 + k) / (K + 1), which is exact where bars do not depend on each other and
/// nothing has changed. All n offsets are looked at and their p averaged; both sides count, so the measure's p is twice the smaller
/// mean. An alarm is p ≤ α, where α is 1 % over the number of measures (Bonferroni), or what the reference can tell at all, p of a
/// stretch beyond all of them, 2/(K + 1), where that is more.
///
/// The false-alarm rate of one look is then at most the sum of the measures' α where α is 2/(K + 1), and at most twice that
/// otherwise (a mean of p-values times two is a p-value: Vovk & Wang 2020, Biometrika 107(4)). Looks whose bars overlap say the
/// same again; an alarm that is none lasts for about n bars. Where volatility clusters for longer than a stretch there are more.
package struct MarketRange: Sendable {
  /// How a measure of the newest bars lies.
  package struct Judgement: Sendable, Hashable {
    /// What is measured.
    package let measure: WindowMeasure
    /// What it is over the newest bars.
    package let value: Double
    /// The reference's 0.5 % and 99.5 % quantile and its median, over all of its stretches.
    package let low, middle, high: Double
    /// How rare such a value, or one further out, is in the reference.
    package let p: Double
    /// From which p on it is an alarm.
    package let level: Double
    /// Whether it lies outside of what the reference has.
    package var isAlarm: Bool { p <= level * (1 + 1e-12) }
    /// Whether it lies above.
    package var isAbove: Bool { value > middle }
  }

  /// Bars of a stretch.
  package let bars: Int
  /// Stretches of the reference that do not overlap, at most.
  package let windows: Int
  private let references: [WindowMeasure: Reference]

  /// The rate of false alarms that is aimed for, a look.
  package static let rate = 0.01
  /// Stretches that a reference needs: with fewer, one of twenty would be beyond all of them by chance.
  package static let fewestWindows = 39

  fileprivate struct Reference {
    /// Values at each offset, in ascending order.
    let offsets: [[Double]]
    /// All of them, in ascending order.
    let all: [Double]
  }

  /// The range of a market.
  ///
  /// - Parameters:
  ///   - segments: its bars; stretches do not reach from one into the next.
  ///   - bars: of a stretch.
  /// - Returns: nil where it has too few stretches to tell anything.
  package init?(_ segments: [BarMoves], bars: Int) {
    precondition(bars > 0, "Invariant: a stretch has bars")
    self.bars = bars
    windows = segments.reduce(0) { $0 + $1.count / bars }
    guard windows >= Self.fewestWindows else { return nil }
    let measures = WindowMeasure.allCases.filter { measure in segments.allSatisfy { $0.measures.contains(measure) } }
    references = Dictionary(
      uniqueKeysWithValues: measures.map { measure in
        var offsets = [[Double]](repeating: [], count: bars)
        for segment in segments {
          for (first, value) in segment.values(measure, bars: bars).enumerated() { offsets[first % bars].append(value) }
        }
        let sorted = offsets.filter { !$0.isEmpty }.map { $0.sorted() }
        return (measure, Reference(offsets: sorted, all: sorted.flatMap(\.self).sorted()))
      })
  }

  /// How the newest bars lie: of each measure that both have.
  ///
  /// - Parameter newest: at least a stretch; the last one of it counts.
  package func judgements(of newest: BarMoves) -> [Judgement] {
    let measures = newest.measures.filter { references[$0] != nil }
    return measures.compactMap { measure in
      guard let reference = references[measure], let value = newest.values(measure, bars: bars).last else { return nil }
      let level = max(Self.rate / Double(measures.count), reference.floor)
      return Judgement(
        measure: measure, value: value, low: reference.quantile(0.005), middle: reference.quantile(0.5),
        high: reference.quantile(0.995), p: reference.p(of: value), level: level)
    }
  }

  /// The most that a look's false alarms are to come to, where bars do not depend on each other.
  package func falseAlarmRate(_ judgements: [Judgement]) -> Double {
    min(1, judgements.reduce(0) { $0 + $1.level })
  }
}

extension MarketRange.Reference {
  /// The p of what is beyond all stretches.
  var floor: Double { 2 * offsets.reduce(0) { $0 + 1 / Double($1.count + 1) } / Double(offsets.count) }

  /// How rare a value is, both sides counted.
  func p(of value: Double) -> Double {
    var (above, below) = (0.0, 0.0)
    for values in offsets {
      let places = Double(values.count + 1)
      above += Double(1 + values.count - Self.count(values) { $0 < value }) / places
      below += Double(1 + Self.count(values) { $0 <= value }) / places
    }
    return min(1, 2 * min(above, below) / Double(offsets.count))
  }

  /// The quantile of all stretches: the smallest value with at least such a share at or under it.
  func quantile(_ share: Double) -> Double {
    all[min(all.count - 1, max(0, Int((share * Double(all.count)).rounded(.up)) - 1))]
  }

  /// How many at the front of an ascending list fulfil a condition that later ones do not.
  private static func count(_ values: [Double], where condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(values[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
