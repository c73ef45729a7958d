import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// The slow twin of a market: one path at a time in scalar arithmetic with the C library's functions, straight from the
/// definitions and the named streams. Seen to fail with the bridge's draws of both parts exchanged, and with B's extremes
/// independent of A's.
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
    let copulas = (0..<32).map { ScalarCopula.cells(node: $0) }
    let closeness = ScalarCopula.closeness(rho)
    for path in 0..<16 {
      var twin = ScalarMarket(
        streams: RandomStreams(seed: seed, namespace: .report), path: path, sigmas: sigmas, drift: 0.1, rho: rho,
        clock: clock, fraction: latency / 60, copulas: copulas, closeness: closeness)
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
  let copulas: [[Int]]
  let closeness: Double
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
      let u = zip(uniforms("A", step), asset == 0 ? [0.5, 0.5, 0.5, 0.5] : uniforms("B", step)).map { leader, own in
        asset == 0 ? leader : follow(leader, own)
      }
      let before = s > 0 ? extremes(open, arrival, (variance * s).squareRoot(), u[0], u[1]) : (open, open)
      let after = extremes(arrival, close, (variance * (1 - s)).squareRoot(), u[2], u[3])
      let noise = 0.4 * normal("asset/\(names[asset])/volume", step)
      let logs = [
        open, max(before.0, after.0), min(before.1, after.1), close, arrival, before.0, before.1, after.0, after.1,
      ]
      return logs.map { 100 * exp($0) } + [
        1e6 / 390 * exp(noise - 0.08), 2e-4 * exp(-0.5 * noise - 0.02), 10_000, variance.squareRoot(),
      ]
    }
  }

  private func uniforms(_ asset: String, _ step: Int) -> [Double] {
    let (u0, u1, u2, u3) = stream("asset/\(asset)/extremes").uniforms32(step: Int32(step))
    return [u0, u1, u2, u3].map { $0[path % 8] }
  }

  /// The leader's uniform and a symmetric number, folded into [0, 1] and put on the grid of 32 bits.
  private func follow(_ leader: Double, _ own: Double) -> Double {
    let t = 2 * own - 1
    let sum = abs(leader + t / fma(1 - abs(t), closeness, 1))
    let folded = sum > 1 ? 2 - sum : sum
    return ((folded * 0x1p32).rounded(.down) + 0.5) * 0x1p-32
  }

  /// Highest and lowest log price of a bridge; the low by the copula whose node the last twelve bits of u choose.
  private func extremes(_ a: Double, _ b: Double, _ deviation: Double, _ u: Double, _ w: Double) -> (Double, Double) {
    let distance = abs(b - a)
    let lot = Double(Int(u * 0x1p32) % 4096) / 4096 + 0x1p-13
    let node = Int((31 * distance / (distance + 1.5 * deviation) + lot).rounded(.down))
    let cell = copulas[node][Int(u * 32) * 64 + Int(w * 64)]
    let other = (Double(cell) + (w * 64).truncatingRemainder(dividingBy: 1)) / 256
    let square = distance * distance
    let v = deviation * deviation
    return (
      0.5 * (a + b + (square - 2 * v * log(u)).squareRoot()),
      0.5 * (a + b - (square - 2 * v * log(other)).squareRoot())
    )
  }
}

/// What couples extremes, from the definitions.
private enum ScalarCopula {
  /// `[row · 64 + slot]`: the cells of the second extreme's exceedance, 0 … 255.
  static func cells(node: Int) -> [Int] {
    guard node < 31 else { return (0..<2048).map { $0 % 64 * 4 } }
    let share = Double(node) / 31
    let d = 1.5 * share / (1 - share)
    // P(U ≤ i/32, V ≤ j/256) by the reflection series.
    let joint = (0...32).map { i in
      (0...256).map { j -> Double in
        let (u, v) = (Double(i) / 32, Double(j) / 256)
        if i == 0 || j == 0 { return 0 }
        if i == 32 || j == 256 { return i == 32 ? v : u }
        let high = ((d * d - 2 * log(u)).squareRoot() + d) / 2
        let low = ((d * d - 2 * log(v)).squareRoot() - d) / 2
        var neither = 0.0
        for k in -8...8 {
          let shift = Double(k) * (high + low)
          neither += exp(-2 * shift * (shift - d)) - exp(-2 * (high + shift) * (high + shift - d))
        }
        return max(u + v - 1 + neither, 0)
      }
    }
    var quantiles: [Double] = []
    for row in 0..<32 {
      let law = zip(joint[row], joint[row + 1]).map { ($1 - $0) * 32 }
      for slot in 0..<64 {
        let wanted = (Double(slot) + 0.5) / 64
        let next = law.indices.dropFirst().first { law[$0] >= wanted } ?? 256
        quantiles.append((Double(next - 1) + (wanted - law[next - 1]) / (law[next] - law[next - 1])) / 256)
      }
    }
    let order = quantiles.indices.sorted { quantiles[$0] < quantiles[$1] }
    var cells = [Int](repeating: 0, count: 2048)
    for (rank, place) in order.enumerated() { cells[place] = rank / 8 }
    return cells
  }

  /// β for two assets: where 1 − 6EX² + 4E|X|³ is ρ(0.67 + 0.2ρ² + 0.13ρ⁴), by Simpson's rule.
  static func closeness(_ rho: Double) -> Double {
    let wanted = rho * (0.67 + 0.2 * rho * rho + 0.13 * rho * rho * rho * rho)
    func correlation(_ beta: Double) -> Double {
      var sum = 0.0
      for index in 0...2000 {
        let t = Double(index) / 2000
        let x = t / (1 + beta * (1 - t))
        sum += (index == 0 || index == 2000 ? 1 : index % 2 == 1 ? 4 : 2) * (6 * x * x - 4 * x * x * x)
      }
      return 1 - sum / 6000
    }
    var (low, high) = (0.0, 1000.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if correlation(middle) < wanted { low = middle } else { high = middle }
    }
    return (low * 1024).rounded() / 1024
  }
}
