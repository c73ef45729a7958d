/// Wilder's sums of directional movement and true range: what DI, DX and ADX are made of.
struct DirectionalSums<Number: IndicatorNumber> {
  /// Smoothed movement up and down, and true range, in price; all at least 0.
  struct Sums {
    let plus, minus, range: Number
  }

  private var movement = DirectionalMovement<Number>()
  private var range = TrueRange<Number>()
  private var plus: WilderSum<Number>
  private var minus: WilderSum<Number>
  private var total: WilderSum<Number>

  /// Sums over n bars.
  init(_ period: Int) {
    plus = WilderSum(period)
    minus = WilderSum(period)
    total = WilderSum(period)
  }

  /// Takes a bar.
  ///
  /// - Returns: the sums; nil for the first n bars.
  @inline(__always)
  mutating func next(_ bar: IndicatorBar<Number>) -> Sums? {
    let (movement, range) = (movement.next(bar), range.next(bar))
    guard let movement, let range else { return nil }
    let (plus, minus, total) = (plus.next(movement.plus), minus.next(movement.minus), total.next(range))
    return total.isSmoothed ? Sums(plus: plus.sum, minus: minus.sum, range: total.sum) : nil
  }
}

extension DirectionalSums.Sums {
  /// |+DI − −DI| / (+DI + −DI), in percent, and where that is not 0/0.
  @inline(__always)
  var index: (figure: Number, isDefined: Number.Truth) {
    let sum = plus + minus
    // TA-Lib: neither the range nor +DI + −DI = 100 · sum / range is within 10⁻¹⁴ of 0.
    let isDefined = (range .>= 1e-14) & ((sum * 100) .>= range * 1e-14)
    return (abs(plus - minus) * 100 / sum, isDefined)
  }
}
