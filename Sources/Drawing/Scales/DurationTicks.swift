/// Round durations for an axis of time.
package enum DurationTicks {
  /// Steps in seconds, minutes and hours that read well, in seconds.
  private static let clockSteps: [Double] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200, 86_400, 172_800,
  ]
  /// Steps in whole days.
  private static let daySteps: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000]

  /// Multiples of the finest round step that leaves `leastGap` user units between two labels.
  ///
  /// - Parameters:
  ///   - range: seconds.
  ///   - day: seconds that count as one day.
  ///   - isInDays: whether days are counted; else hours or what is shorter, whatever the length.
  ///   - length: user units that the range takes.
  ///   - decimal: writes a number with so many decimals.
  package static func ticks(
    _ range: ClosedRange<Double>, day: Double, isInDays: Bool, length: Double, leastGap: Double,
    decimal: (_ value: Double, _ decimals: Int) -> String
  ) -> [Tick] {
    let width = range.upperBound - range.lowerBound
    guard width > 0, day > 0 else { return [Tick(range.lowerBound, "0")] }
    let steps = isInDays ? daySteps.map { $0 * day } : clockSteps
    let step = steps.first { $0 / width * length >= leastGap } ?? steps[steps.count - 1]
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    let largest = Double(max(abs(first), abs(last))) * step
    let (unit, name) =
      isInDays ? (day, "d") : largest >= 7_200 ? (3_600.0, "h") : largest >= 120 ? (60.0, "min") : (1.0, "s")
    return (first...last).map { Tick(Double($0) * step, label(Double($0) * step, step: step, unit, name, decimal)) }
  }

  /// A tick's label in a unit, which is the same for the whole axis.
  private static func label(
    _ seconds: Double, step: Double, _ unit: Double, _ name: String,
    _ decimal: (_ value: Double, _ decimals: Int) -> String
  ) -> String {
    if seconds == 0 { return "0" }
    let decimals = (step / unit).truncatingRemainder(dividingBy: 1) == 0 ? 0 : step / unit == 0.5 ? 1 : 2
    return "\(decimal(seconds / unit, decimals))\u{A0}\(name)"
  }
}
