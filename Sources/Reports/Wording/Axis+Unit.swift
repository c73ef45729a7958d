import Drawing
import Lab
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

  /// Time in seconds of a market; in days where its steps are days, and where as much is shown that a duration is told in
  /// days: so all charts of the same time count in one unit, however wide they are.
  static func time(_ title: String, _ domain: ClosedRange<Double>, _ clock: ClockSummary) -> Axis {
    let day = clock.sessionSeconds
    let isInDays = clock.stepSeconds >= day || domain.upperBound - domain.lowerBound >= Duration.fewestDays * day
    return .time(title, domain, day: day, isInDays: isInDays, decimal: { Unit.decimal($0, decimals: $1) })
  }
}
