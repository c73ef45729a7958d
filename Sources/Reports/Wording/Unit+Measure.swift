import Lab
import Statistics

extension Unit {
  /// How the numbers of a measure are written; trading time in the clock's own unit.
  package init(_ unit: MeasureUnit, _ clock: ClockSummary) {
    switch unit {
    case .fraction: self = .percent
    case .seconds: self = clock.unit
    case .basisPoints: self = .basisPoints
    case .number, .count: self = .number
    }
  }
}
