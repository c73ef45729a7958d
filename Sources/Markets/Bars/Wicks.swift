import Lanes

/// How far a Brownian bridge in log price goes beyond its two ends.
struct Wicks {
  /// Log distance of the highest point above the higher end; at least 0.
  private(set) var up: Lanes
  /// Log distance of the lowest point below the lower end; at least 0.
  private(set) var down: Lanes

  /// Draws the extremes of a Brownian bridge between two ends that lie `move` apart.
  ///
  /// Each follows its law to the last bit of its uniform: beyond the end by ½(√(d² − 2v ln U) − |d|) (Karatzas & Shreve,
  /// 4.3.40). Given the first, the second is drawn by the bridge's own law, from a table (`ExtremesTable`).
  ///
  /// At deviation 0 both distances are exactly 0.
  ///
  /// - Parameters:
  ///   - move: log price at the end less log price at the start.
  ///   - deviation: √v, of the bridge as a free Brownian motion over the same time; at least 0.
  ///   - draws: two uniforms.
  ///   - lowFirst: whether the low is drawn first, and the high given it.
  ///   - table: of `ExtremesTable`.
  @inline(__always)
  init(move: Lanes, deviation: Lanes, _ draws: ExtremesDraw, lowFirst: Bool, _ table: Span<UInt8>) {
    let distance = abs(move)
    let share = distance / max(fma(deviation, ExtremesTable.scale, distance), 0x1p-1000)
    let second = ExtremesTable.draw(draws.first, draws.second, share: share, table)
    let square = move * move
    let doubled = deviation * deviation * -2.0
    let reach = (
      0.5 * (sqrt(fma(doubled, quickLog(draws.first), square)) - distance),
      0.5 * (sqrt(fma(doubled, quickLog(second), square)) - distance)
    )
    (up, down) = lowFirst ? (reach.1, reach.0) : reach
  }

  /// Exchanges low and high on some paths.
  @inline(__always)
  mutating func turn(where mask: Mask) {
    let high = up
    up = select(mask, down, high)
    down = select(mask, high, down)
  }
}
