import Drawing
import Statistics

/// Environment steps of a training as they are written.
enum StepCount {
  /// "163,840", "1.31M".
  static func text(_ steps: Double) -> String {
    steps < 1e6 ? Unit.decimal(steps, decimals: 0) : Unit.decimal(steps / 1e6, decimals: 2) + "M"
  }

  /// An axis of them from 0 to the last.
  static func axis(to last: Double) -> Axis {
    Axis("environment steps", 0...max(last, 1)) { length in
      let ticks = NiceTicks.linear(0...max(last, 1), most: max(3, Int(length / 80))).values
      let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
      return ticks.map { Tick($0, Unit.number.tick($0, step: step)) }
    }
  }
}
