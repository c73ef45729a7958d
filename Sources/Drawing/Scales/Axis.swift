import Foundation

/// What one direction of a plot measures: its title with the unit, its ends, and which values are marked.
package struct Axis: Sendable {
  /// With the unit, such as "length, m".
  package let title: String
  /// The values at the ends.
  package let domain: ClosedRange<Double>
  /// Whether equal ratios take equal lengths.
  let isLogarithmic: Bool
  /// The marked values for an axis of a given length in user units.
  package let ticks: @Sendable (Double) -> [Tick]

  /// An axis with its own rule for ticks.
  package init(
    _ title: String, _ domain: ClosedRange<Double>, isLogarithmic: Bool = false,
    ticks: @escaping @Sendable (Double) -> [Tick]
  ) {
    self.title = title
    self.domain = domain
    self.isLogarithmic = isLogarithmic
    self.ticks = ticks
  }

  /// The scale of this axis between two places.
  func scale(from start: Double, to end: Double) -> any Scale {
    isLogarithmic ? LogScale(domain, from: start, to: end) : LinearScale(domain, from: start, to: end)
  }

  /// Shares from 0 to 100 %.
  package static func share(_ title: String) -> Axis {
    Axis(title, 0...1) { length in
      let step = length < 150 ? 50 : length < 200 ? 25 : 20
      return stride(from: 0, through: 100, by: step).map { Tick(Double($0) / 100, "\($0)\u{A0}%") }
    }
  }

  /// An axis around values, whose ticks `label` writes: a drawing has no words for numbers of its own.
  ///
  /// Logarithmic where `mayBeLogarithmic` and the largest value is more than five times the smallest and that is
  /// positive. The ends lie a little outside the values, but an axis of values that are all ≥ 0 never goes under 0, and
  /// one that holds 0 keeps it.
  ///
  /// - Parameters:
  ///   - factor: by what a value is multiplied before it is written, so that ticks are round as they are read.
  ///   - headroom: the part of the values’ range that is left free at the top, for labels of rules.
  ///   - label: a tick's words, of its value and the step between ticks.
  package static func around(
    _ values: [Double], _ title: String, factor: Double = 1, mayBeLogarithmic: Bool = false, holdsZero: Bool = false,
    headroom: Double = 0.04, label: @escaping @Sendable (_ value: Double, _ step: Double) -> String
  ) -> Axis {
    let finite = values.filter(\.isFinite) + (holdsZero ? [0] : [])
    let low = finite.min() ?? 0, high = finite.max() ?? 1
    // Beyond these powers of ten the ends of an axis that lies around the values are no numbers.
    if mayBeLogarithmic && low > 1e-100 && high < 1e200 && high > 5 * low {
      // The lines keep clear of the top, where labels of rules stand.
      let domain = low / pow(high / low, 0.03)...high * pow(high / low, 0.09)
      return Axis(title, domain, isLogarithmic: true) { length in
        let ticks = NiceTicks.logarithmic(domain, most: max(3, Int(length / 32)))
        return ticks.values.map { Tick($0, label($0, $0)) }
      }
    }
    let margin = high > low ? 0.04 * (high - low) : max(abs(high) * 0.05, 1e-6)
    let bottom = low >= 0 ? (low <= 0.02 * high ? 0 : max(0, low - margin)) : low - margin
    let top = high <= 0 ? 0 : high + max(margin, headroom * (high - low))
    return Axis(title, bottom...max(top, bottom + 1e-9)) { length in
      let ticks = NiceTicks.linear(bottom * factor...max(top, bottom + 1e-9) * factor, most: length < 220 ? 5 : 6)
      let step = ticks.values.count > 1 ? (ticks.values[1] - ticks.values[0]) / factor : 1
      return ticks.values.map { Tick($0 / factor, label($0 / factor, step)) }
    }
  }

  /// Time in seconds, in days or in what is shorter; `decimal` writes a number with so many decimals.
  package static func time(
    _ title: String, _ domain: ClosedRange<Double>, day: Double, isInDays: Bool,
    decimal: @escaping @Sendable (_ value: Double, _ decimals: Int) -> String
  ) -> Axis {
    Axis(title, domain) { length in
      DurationTicks.ticks(domain, day: day, isInDays: isInDays, length: length, leastGap: 64, decimal: decimal)
    }
  }

  /// The same axis with half its ticks where there is little room; zero stays.
  package var sparse: Axis {
    let ticks = self.ticks
    return Axis(title, domain, isLogarithmic: isLogarithmic) { length in
      let all = ticks(length)
      guard length < 300 else { return all }
      let zero = all.firstIndex { $0.value == 0 } ?? 0
      return all.enumerated().filter { ($0.offset - zero).isMultiple(of: 2) }.map(\.element)
    }
  }
}
