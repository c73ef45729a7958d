import Lanes
import Markets

/// How low an account with several positions comes in a leg of a step, on eight paths.
///
/// What is watched is a sum Σ cᵢXᵢ plus cash: equity with cᵢ = qᵢ, the margin's room with cᵢ = (qᵢ − m|qᵢ|)(1 + Iᵢ). Given
/// both ends of the leg it is taken for a Brownian bridge, whose variance Σᵢⱼ eᵢeⱼρᵢⱼ lies between that of both ends: eᵢ is
/// cᵢσᵢ times the mean of the leg's first and last price. Its low is ½(a + b − √((b − a)² + variance·w)), w = −2 ln Φ(z)
/// (Karatzas & Shreve, 4.3.40), and z standard normal given the ends. Where rules place stops on the positions and
/// ruin or a stop is within reach, z is not independent of the assets' own extremes, by which the stops go: it leans on
/// those of their exceedances, as normals, by the correlation of the account with each asset; with one position in place of
/// several it is that asset's extreme.
struct AccountBridge {
  /// w = −2 ln U.
  var draw = Lanes.zero
  /// The variances of equity and of the margin's room over the leg, and their covariance.
  var equityVariance = Lanes.zero
  var roomVariance = Lanes.zero
  var covariance = Lanes.zero

  /// No bridge goes further below its ends than so many deviations: √w/2 at the largest |z| that is ever used. One in ten
  /// million is further out, and is put there.
  static let reach = 2.85
  private static let largestNormal = 5.2
  /// Φ of its negative.
  static let smallestUniform = 9.96e-8

  /// No bridge.
  init() {}

  /// The bridge of a leg.
  ///
  /// - Parameters:
  ///   - exposures: `[asset]`: qᵢσᵢ times the mean price.
  ///   - rooms: `[asset]`: the same of the margin's room.
  ///   - covariances: `[asset]`: room for Σⱼρᵢⱼeⱼ.
  ///   - correlation: of two assets in the leg.
  @inline(__always)
  init(
    _ exposures: UnsafeBufferPointer<Lanes>, _ rooms: UnsafeBufferPointer<Lanes>, _ covariances: Records<Lanes>,
    _ correlation: (Int, Int) -> Lanes
  ) {
    let assets = exposures.count
    for asset in 0..<assets {
      var equity = Lanes.zero
      var room = Lanes.zero
      for other in 0..<assets {
        let rho = correlation(asset, other)
        equity = fma(exposures[other], rho, equity)
        room = fma(rooms[other], rho, room)
      }
      covariances[asset] = equity
      equityVariance = fma(exposures[asset], equity, equityVariance)
      roomVariance = fma(rooms[asset], room, roomVariance)
      covariance = fma(exposures[asset], room, covariance)
    }
    equityVariance = max(equityVariance, .zero)
    roomVariance = max(roomVariance, .zero)
  }

  /// Lets the draw lean on the assets' extremes on some paths.
  ///
  /// - Parameters:
  ///   - normals: what the leg has drawn.
  ///   - exposures: those of the bridge.
  ///   - covariances: as the bridge left them; the account's correlations with the assets afterwards.
  ///   - extremes: what two assets' normals have in common, both of lows or both of highs where the mask is set.
  @inline(__always)
  mutating func lean(
    _ normals: LegDraws.Normals, _ exposures: UnsafeBufferPointer<Lanes>, _ covariances: Records<Lanes>,
    _ extremes: (Int, Int, Mask) -> Lanes, where mask: Mask
  ) {
    let perDeviation = 1 / sqrt(max(equityVariance, 1e-300))
    var shares = Lanes.zero
    var leaning = Lanes.zero
    for asset in exposures.indices {
      let rho = min(max(covariances[asset] * perDeviation, -1), 1)
      let weight = select(exposures[asset] .!= 0, abs(rho), .zero)
      leaning = fma(weight, normals.of(asset, below: rho .>= 0), leaning)
      covariances[asset] = select(exposures[asset] .!= 0, rho, .zero)
      var common = weight * 0.5
      for other in 0..<asset {
        let product = covariances[asset] * covariances[other]
        let correlation = extremes(asset, other, product .>= 0)
        common = fma(abs(covariances[other]), correlation, common)
      }
      shares = fma(weight * 2, common, shares)
    }
    shares = max(shares, .zero)
    let scale = 1 / sqrt(max(shares, Lanes.one))
    let own = sqrt(max(.zero, 1 - shares * scale * scale))
    let normal = fma(leaning, scale, own * normals.own)
    let limit = Lanes(Self.largestNormal)
    draw = select(mask, minusTwoLogNormalProbability(min(max(normal, -limit), limit)), draw)
  }

  /// The lowest point of a bridge with these ends.
  @inline(__always)
  func low(_ start: Lanes, _ end: Lanes, variance: Lanes) -> Lanes {
    let span = end - start
    let low = (start + end - sqrt(fma(span, span, variance * draw))) * 0.5
    return min(low, min(start, end))
  }
}
