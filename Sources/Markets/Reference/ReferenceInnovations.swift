import Lanes
import Randomness

/// How the assets' normals hang together in a reference market: the market's own correlations, Student's copula where there is
/// one, and what events blend them towards. One path at a time.
struct ReferenceInnovations {
  let assets: Int
  /// L of the market's correlations; nil where assets are independent.
  let factor: CholeskyFactor?
  /// ν of Student's copula; nil where normals are jointly normal.
  let copulaDegrees: Double?
  let substeps: Int
  /// Whether any process has a variance of its own.
  let hasVariance: Bool

  /// Whether an asset's normals are its own affair.
  var areIndependent: Bool { factor == nil && copulaDegrees == nil }

  /// What a path keeps from sub-step to sub-step: the normals of a step under a copula, `[sub-step][asset]`, and its gap's.
  struct Memory {
    fileprivate var parts: [[Double]] = []
    fileprivate var gap: [Double] = []
  }

  /// Lε.
  func correlated(_ generator: GSLGenerator) -> [Double] {
    let own = (0..<assets).map { _ in generator.normal() }
    guard let factor else { return own }
    return factor.rows.map { row in zip(row, own).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The normals of a sub-step.
  func draw(
    _ time: VarianceTime, _ dependence: DependenceEffects, _ group: Int, _ lane: Int, _ memory: inout Memory,
    _ generator: GSLGenerator
  ) -> [ReferenceNormals] {
    var (diffusion, overnight): ([Double], [Double])
    if let copulaDegrees {
      let part = (time.substep % substeps + substeps) % substeps
      if part == 0 { couple(time, copulaDegrees, &memory, generator) }
      (diffusion, overnight) = (memory.parts[part], memory.gap)
    } else {
      diffusion = correlated(generator)
      overnight = time.gapYears > 0 ? correlated(generator) : []
    }
    blend(&diffusion, dependence, part: dependence.part, group, lane, generator)
    if time.gapYears > 0 { blend(&overnight, dependence, part: dependence.before, group, lane, generator) }
    let variance = hasVariance ? correlated(generator) : []
    let varianceOvernight = hasVariance && time.gapYears > 0 ? correlated(generator) : []
    return (0..<assets).map { asset in
      ReferenceNormals(
        overnight: time.gapYears > 0 ? overnight[asset] : 0, diffusion: diffusion[asset],
        varianceOvernight: varianceOvernight.isEmpty ? 0 : varianceOvernight[asset],
        varianceDiffusion: variance.isEmpty ? 0 : variance[asset])
    }
  }

  /// Draws a step's normals with Student's copula between its innovations Z = Σw_jv_j: each v_j gains w_j(X − Z), with
  /// X = Φ⁻¹(t_ν(Z√(ν/χ²))).
  private func couple(_ time: VarianceTime, _ degrees: Double, _ memory: inout Memory, _ generator: GSLGenerator) {
    let years = time.gapYears + Double(substeps) * time.intradayYears
    let (weight, gapWeight) = ((time.intradayYears / years).squareRoot(), (time.gapYears / years).squareRoot())
    memory.parts = (0..<substeps).map { _ in correlated(generator) }
    memory.gap = time.gapYears > 0 ? correlated(generator) : []
    let ratio = (degrees / generator.chiSquare(degrees: degrees)).squareRoot()
    for asset in 0..<assets {
      var z = memory.parts.reduce(0) { $0 + weight * $1[asset] }
      if !memory.gap.isEmpty { z += gapWeight * memory.gap[asset] }
      let shift = GSLLaw.normal(atStudent: z * ratio, degrees: degrees) - z
      for part in memory.parts.indices { memory.parts[part][asset] += weight * shift }
      if !memory.gap.isEmpty { memory.gap[asset] += gapWeight * shift }
    }
  }

  /// Blends normals with those of the events' targets: √(1 − s)·Z + Σ√p_k·Z_k.
  func blend(
    _ normals: inout [Double], _ dependence: DependenceEffects, part: Int, _ group: Int, _ lane: Int,
    _ generator: GSLGenerator
  ) {
    guard dependence.isActive(part: part) else { return }
    for asset in normals.indices where dependence.touches(asset) {
      normals[asset] *= dependence.kept(asset, part: part, group: group)[lane]
    }
    for (index, target) in dependence.targets.enumerated() where dependence.isUsed(index, part: part) {
      let sources = target.sources.map { _ in generator.normal() }
      for asset in normals.indices where target.touches(asset) {
        let common = zip(target.loadings[asset], sources).reduce(0) { $0 + $1.0 * $1.1 }
        normals[asset] += dependence.share(index, asset, part: part, group: group)[lane] * common
      }
    }
  }
}
