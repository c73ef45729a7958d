/// Wilder's smoothed sums of directional movement and true range: what DI, DX and ADX are made of.
///
/// A sum starts as that of n − 1 bars; then s ← s (1 − 1/n) + x.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; the start is TA-Lib's.
struct DirectionalSums<Number: IndicatorNumber> {
  private var high = Number.zero
  private var low = Number.zero
  private var close = Number.zero
  /// Smoothed movement up, in price, at least 0.
  private(set) var plus = Number.zero
  /// Smoothed movement down.
  private(set) var minus = Number.zero
  /// Smoothed true range.
  private(set) var range = Number.zero
  private var seen = 0
  private let period: Int
  private let kept: Double

  /// Sums over n ≥ 1 bars.
  init(_ period: Int) {
    self.period = period
    kept = 1 - 1 / Double(period)
  }

  /// Takes a bar.
  ///
  /// - Returns: whether the sums are smoothed: not so for the first n bars.
  @inline(__always)
  mutating func take(_ bar: IndicatorBar<Number>) -> Bool {
    let moved = bar.movement(afterHigh: high, low: low)
    let trueRange = bar.trueRange(after: close)
    high = bar.high
    low = bar.low
    close = bar.close
    if seen < period {
      if seen > 0 {
        plus += moved.plus
        minus += moved.minus
        range += trueRange
      }
      seen &+= 1
      return false
    }
    plus = plus * kept + moved.plus
    minus = minus * kept + moved.minus
    range = range * kept + trueRange
    return true
  }

  /// |+DI − −DI| / (+DI + −DI), in percent; 0/0 where `hasIndex` says no.
  @inline(__always)
  var index: Number { abs(plus - minus) * 100 / (plus + minus) }

  /// Whether the index is defined: there is a range, as in `ratio`, and +DI + −DI = 100 · sum / range is not within 10⁻¹⁴
  /// of 0, as in TA-Lib.
  @inline(__always)
  var hasIndex: Number.Truth { (range .>= 0x1p-1000) & (((plus + minus) * 100) .>= range * 1e-14) }
}
