import Lanes
import Markets

/// How low an account with several positions comes in a leg of a step, on eight paths.
///
/// What is watched is a sum Σ cᵢXᵢ plus cash: equity with cᵢ = qᵢ, the margin's room with cᵢ = (qᵢ − m|qᵢ|)(1 + Iᵢ). Given
/// both ends of the leg it is taken for a Brownian bridge, whose variance Σᵢⱼ eᵢeⱼρᵢⱼ lies between that of both ends: eᵢ is
/// cᵢσᵢ times the mean of the leg's first and last price. Its low is ½(a + b − √((b − a)² + variance·w)), w = −2 ln Φ(z)
/// (Karatzas & Shreve, 4.3.40); z is standard normal given the ends, but not independent of the assets' own extremes: it
/// leans on those of their exceedances, as normals, by the correlation of the account with each asset. With one position in
/// place of several it is that asset's extreme.
struct AccountBridge {
  /// w = −2 ln U.
  var draw = Lanes.zero
  /// The variances of equity and of the margin's room over the leg, and their covariance.
  var equityVariance = Lanes.zero
  var roomVariance = Lanes.zero
  var covariance = Lanes.zero

  /// The largest w that is ever drawn, for a z of −8.2.
  static let largestDraw = 74.0
  /// √w/2 of it: no bridge goes further below its ends than so many deviations.
  static let reach = 4.4
  private static let largestNormal = 8.2

  /// No bridge.
  init() {}

  /// The bridge of a leg.
  ///
  /// - Parameters:
  ///   - exposures: `[asset]`: qᵢσᵢ times the mean price.
  ///   - rooms: `[asset]`: the same of the margin's room.
  ///   - correlation: of the assets, row after row.
  ///   - uniform: the leg's own draw.
  @inline(never)
  init(
    _ exposures: UnsafeBufferPointer<Lanes>, _ rooms: UnsafeBufferPointer<Lanes>,
    _ correlation: ContiguousArray<Double>, uniform: Lanes, prices: (Int) -> LegPrices
  ) {
    let assets = exposures.count
    var shares = Lanes.zero
    var leaning = Lanes.zero
    for asset in 0..<assets {
      var equity = Lanes.zero
      var room = Lanes.zero
      for other in 0..<assets {
        let rho = correlation[asset * assets + other]
        equity = fma(exposures[other], rho, equity)
        room = fma(rooms[other], rho, room)
      }
      equityVariance = fma(exposures[asset], equity, equityVariance)
      roomVariance = fma(rooms[asset], room, roomVariance)
      covariance = fma(exposures[asset], room, covariance)
    }
    equityVariance = max(equityVariance, .zero)
    roomVariance = max(roomVariance, .zero)
    let deviation = sqrt(equityVariance)
    for asset in 0..<assets where (exposures[asset] .!= 0).isAny {
      var equity = Lanes.zero
      for other in 0..<assets {
        equity = fma(exposures[other], correlation[asset * assets + other], equity)
      }
      let rho = select(deviation .> 0, equity / max(deviation, 1e-300), .zero)
      let isHeld = exposures[asset] .!= 0
      let weight = select(isHeld, min(abs(rho), Lanes.one), .zero)
      shares = fma(weight, weight, shares)
      leaning = fma(weight, Self.normal(prices(asset), below: rho .>= 0), leaning)
    }
    let scale = 1 / sqrt(max(shares, Lanes.one))
    let own = sqrt(max(.zero, 1 - shares * scale * scale))
    let normal = fma(leaning, scale, own * normalQuantile(uniform))
    let limit = Lanes(Self.largestNormal)
    draw = minusTwoLogNormalProbability(min(max(normal, -limit), limit))
  }

  /// The lowest point of a bridge with these ends.
  @inline(__always)
  func low(_ start: Lanes, _ end: Lanes, variance: Lanes) -> Lanes {
    let span = end - start
    let low = (start + end - sqrt(fma(span, span, variance * draw))) * 0.5
    return min(low, min(start, end))
  }

  /// How rarely an asset's bridge goes as far beyond its ends as it does in the leg, as a normal: low where it goes far.
  @inline(__always)
  private static func normal(_ prices: LegPrices, below: Mask) -> Lanes {
    let end = min(prices.start, prices.end)
    let top = max(prices.start, prices.end)
    let beyond = log(select(below, end / prices.low, prices.high / top))
    let distance = log(top / end)
    let variance = max(prices.deviation * prices.deviation, 1e-300)
    let exceedance = exp(max(-2.0 * beyond * (beyond + distance) / variance, Lanes(-30)))
    return normalQuantile(min(max(exceedance, Lanes(1e-13)), Lanes(1 - 0x1p-33)))
  }
}
