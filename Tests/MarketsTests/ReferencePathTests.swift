import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// The slow twin of a market: one path at a time in scalar arithmetic with the C library's functions, straight from the
/// definitions and the named streams. Seen to fail with the bridge's draws of both parts exchanged.
struct ReferencePathTests {
  @Test(
    "bars are those of a scalar simulation from the named streams, prices to 11 digits and volume to nine",
    arguments: [0.0, 15])
  func scalarTwin(latency: Double) throws {
    let clock = try SmallMarket.clock(sessions: true, steps: 800)
    let rho = 0.6
    let sigmas = [0.3, 0.5]
    let scenario = SmallMarket.scenario(
      clock, sigmas.map { SmallMarket.gbm($0, drift: 0.1) }, correlations: [AssetPair("A", "B"): rho], latency: latency)
    let seed: UInt64 = 77
    let paths = try Market(scenario: scenario, seed: seed).bars(paths: 16, groups: 2)
    for path in 0..<16 {
      var twin = ScalarMarket(
        streams: RandomStreams(seed: seed, namespace: .report), path: path, sigmas: sigmas, drift: 0.1, rho: rho,
        clock: clock, fraction: latency / 60)
      for step in 0..<800 {
        for (asset, expected) in twin.step(step).enumerated() {
          for (index, wanted) in expected.enumerated() {
            let found = paths[path][step][asset].numbers[index]
            let tolerance = index < 9 ? 1e-11 : 1e-9
            #expect(abs(found - wanted) <= tolerance * abs(wanted), "path \(path), step \(step), asset \(asset)")
          }
        }
      }
    }
  }
}

/// Two correlated GBM assets at 100, one path.
private struct ScalarMarket {
  let streams: RandomStreams
  let path: Int
  let sigmas: [Double]
  let drift: Double
  let rho: Double
  let clock: Clock
  let fraction: Double
  var logPrices = [0.0, 0.0]

  private func stream(_ name: String) -> DenseStream {
    DenseStream(streams.key(name), PathGroup(firstPath: UInt64(path / 8 * 8)))
  }

  private func normal(_ name: String, _ step: Int) -> Double {
    stream(name).normals(block: Int32(step >> 2))[Int32(step & 3)][path % 8]
  }

  /// Open, high, low, close, arrival, extremes before and after, volume, half-spread, depth, deviation of each asset.
  mutating func step(_ step: Int) -> [[Double]] {
    let names = ["A", "B"]
    let (gapYears, years) = clock.varianceYears(step)
    return names.indices.map { asset in
      func innovation(_ kind: String) -> Double {
        let first = normal("asset/A/\(kind)", step)
        return asset == 0 ? first : rho * first + (1 - rho * rho).squareRoot() * normal("asset/B/\(kind)", step)
      }
      let sigma = sigmas[asset]
      let rate = drift - sigma * sigma / 2
      let gap = gapYears > 0 ? rate * gapYears + sigma * gapYears.squareRoot() * innovation("overnight") : 0
      let open = logPrices[asset] + gap
      let close = open + rate * years + sigma * years.squareRoot() * innovation("diffusion")
      logPrices[asset] = close
      let variance = sigma * sigma * years
      let s = fraction
      var arrival = open
      if s > 0 {
        arrival +=
          s * (close - open) + (variance * s * (1 - s)).squareRoot() * innovation("arrival")
      }
      let (u0, u1, u2, u3) = stream("asset/\(names[asset])/extremes").uniforms32(step: Int32(step))
      let lane = path % 8
      let before = s > 0 ? extremes(open, arrival, variance * s, u0[lane], u1[lane]) : (open, open)
      let after = extremes(arrival, close, variance * (1 - s), u2[lane], u3[lane])
      let noise = 0.4 * normal("asset/\(names[asset])/volume", step)
      let logs = [
        open, max(before.0, after.0), min(before.1, after.1), close, arrival, before.0, before.1, after.0, after.1,
      ]
      return logs.map { 100 * exp($0) } + [
        1e6 / 390 * exp(noise - 0.08), 2e-4 * exp(-0.5 * noise - 0.02), 10_000, variance.squareRoot(),
      ]
    }
  }

  /// Highest and lowest log price of a bridge, coupled by Plackett's copula in its textbook form (Nelsen, 3.3.1).
  private func extremes(_ a: Double, _ b: Double, _ v: Double, _ u: Double, _ w: Double) -> (Double, Double) {
    let x = (b - a) * (b - a) / v
    let theta =
      (((0.10644754 * x + 0.48418337) * x + 0.36581045) * x + 0.07989261)
      / (((0.10644754 * x + 0.9018453) * x + 1.4107628) * x + 1)
    let p = w * (1 - w)
    let q = theta + p * (theta - 1) * (theta - 1)
    let r = 2 * p * (u * theta * theta + 1 - u) + theta * (1 - 2 * p)
    let t = theta.squareRoot() * (theta + 4 * p * u * (1 - u) * (1 - theta) * (1 - theta)).squareRoot()
    let other = (r - (1 - 2 * w) * t) / (2 * q)
    let square = (b - a) * (b - a)
    return (
      0.5 * (a + b + (square - 2 * v * log(u)).squareRoot()),
      0.5 * (a + b - (square - 2 * v * log(other)).squareRoot())
    )
  }
}
