/// The mean volume of the last n bars, and the volume of this bar over it.
///
/// volume_ma = SMA(volume, n); volume_ma_ratio = volume / volume_ma, and 1 where nothing was traded in all n bars: the
/// bar is as usual. Look-back n − 1.
struct VolumeAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "VOLUME_AVERAGE", "mean volume, and volume over it", [.volume], [.period(default: 20)],
      outputs: ["mean", "ratio"]
    ) { $0.whole(0) - 1 }
  }

  private var sum: MovingSum<Number>
  private let share: Double

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    sum = MovingSum(parameters.whole(0), &memory)
    share = parameters[0]
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Pair<Number> {
    guard let sum = sum.next(bar.volume) else { return nil }
    let mean = sum / share
    return Pair(mean, select(mean .> 0, bar.volume / mean, Number(1)))
  }
}
