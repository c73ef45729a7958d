/// Average gain and average loss of closes, by Wilder's smoothing: what RSI and CMO are made of.
struct WilderGains<Number: IndicatorNumber> {
  private var last = Number.zero
  private var gain: SmoothedAverage<Number>
  private var loss: SmoothedAverage<Number>

  /// Averages over n changes.
  init(_ period: Int) {
    // The first close has no change.
    gain = .wilder(period, skipping: 1)
    loss = .wilder(period, skipping: 1)
  }

  /// Takes a close.
  ///
  /// - Returns: average gain and average loss, both at least 0; nil before n changes.
  @inline(__always)
  mutating func next(_ close: Number) -> (gain: Number, loss: Number)? {
    let change = close - last
    last = close
    let (gain, loss) = (gain.next(max(change, .zero)), loss.next(max(-change, .zero)))
    guard let gain, let loss else { return nil }
    return (gain, loss)
  }
}
