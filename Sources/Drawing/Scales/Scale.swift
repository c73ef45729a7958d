/// Maps values to places on a drawing, in its user units.
protocol Scale: Sendable {
  /// The values from one end of the axis to the other, ascending.
  var domain: ClosedRange<Double> { get }
  /// The place of a value, clamped to the axis so that a mark never leaves the plot.
  func place(_ value: Double) -> Double
}
