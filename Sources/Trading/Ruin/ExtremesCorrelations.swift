import Lanes
import Markets

/// What the assets' extremes in a leg have in common, as normal numbers, for each pair.
struct ExtremesCorrelations: Sendable {
  private let assets: Int
  /// `[asset · assets + other]`: of both lows or both highs, and of the low of one and the high of the other.
  private let sameSide: ContiguousArray<Double>
  private let oppositeSides: ContiguousArray<Double>

  /// - Parameter correlations: of the prices.
  init(_ correlations: [[Double]]) {
    assets = correlations.count
    let all = ContiguousArray(correlations.joined())
    sameSide = ContiguousArray(all.map { ExtremesDependence.of($0, sameSide: true) })
    oppositeSides = ContiguousArray(all.map { ExtremesDependence.of($0, sameSide: false) })
  }

  /// Of one asset's extreme with another's.
  ///
  /// - Parameter mask: where both are lows, or both highs.
  @inline(__always)
  func of(_ asset: Int, _ other: Int, sameSide mask: Mask) -> Lanes {
    let place = asset * assets + other
    return select(mask, Lanes(sameSide[place]), Lanes(oppositeSides[place]))
  }
}
