import Drawing
import Statistics

extension Axis {
  /// An axis around values whose ticks are written in a unit; else as Drawing's.
  static func around(
    _ values: [Double], _ title: String, unit: Unit = .number, mayBeLogarithmic: Bool = false,
    holdsZero: Bool = false, headroom: Double = 0.04
  ) -> Axis {
    .around(
      values, title, factor: unit.factor, mayBeLogarithmic: mayBeLogarithmic, holdsZero: holdsZero, headroom: headroom
    ) { unit.tick($0, step: $1) }
  }

  /// Time in seconds; `day` is how much of it counts as a day.
  static func time(_ title: String, _ domain: ClosedRange<Double>, day: Double) -> Axis {
    .time(title, domain, day: day, decimal: { Unit.decimal($0, decimals: $1) })
  }
}
