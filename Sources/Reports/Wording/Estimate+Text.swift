import Drawing
import Lab
import Statistics

extension Estimate {
  /// Half the interval's width, or nil where it is open.
  private var resolution: Double? {
    guard let low, let high, high > low else { return nil }
    return (high - low) / 2
  }

  /// The value with its unit, or `otherwise` where there is nothing to estimate from.
  func valueText(_ unit: Unit, otherwise: String = "not reached") -> String {
    guard let value, value.isFinite else { return otherwise }
    return unit.text(value, resolution: resolution)
  }

  /// The interval as `[low, high]` without the unit; an open end reads "–" (of a duration, "not reached").
  func intervalText(_ unit: Unit) -> String {
    guard low != nil || high != nil else { return "" }
    let resolution = resolution ?? (value.map { abs($0) * 0.02 } ?? 0.01)
    var open = "\u{2013}"
    switch unit {
    case .duration, .days: open = "not reached"
    case .percent, .basisPoints, .number: break
    }
    let ends = [low, high].map { end in
      end.flatMap { $0.isFinite ? unit.bare($0, resolution: resolution) : nil } ?? open
    }
    return "[\(ends[0]), \(ends[1])]"
  }

  /// The value with its interval, such as "97.3 % [96.9, 97.6]".
  package func text(_ unit: Unit, otherwise: String = "not reached") -> String {
    let interval = intervalText(unit)
    let value = valueText(unit, otherwise: otherwise)
    return interval.isEmpty || self.value == nil ? value : "\(value) \(interval)"
  }
}
