import Lanes
import Randomness

/// Gives the innovations of each step Student's copula, from close to close: the overnight gap, and all sub-steps together.
///
/// A step's normals v_j add up to its innovation Z = Σ w_j v_j, w_j² the share of each in the step's variance. Z becomes
/// X = Φ⁻¹(t_ν(Z√(ν/χ²))), with one χ² for all assets, and v_j becomes v_j + w_j(X − Z). As v_j − w_j Z is independent of Z, and so
/// of X, and X is standard normal, an asset's own normals keep their joint law exactly; what the assets do inside the step keeps
/// the normal copula, between ends that have Student's.
struct StudentCoupling {
  private let copula: StudentCopula
  private let law: StudentMixing
  private var mixing: NormalStream
  private let substeps: Int
  /// Of a sub-step's normal and of the gap's in the step's innovation.
  private(set) var weights = (substep: 0.0, gap: 0.0)
  /// `[asset][group]`: Z, then X − Z, as diffusions.
  var sums: [ContiguousArray<Innovation>]

  init(degrees: Double, _ site: EngineSite) {
    copula = StudentCopula(degrees: degrees)
    law = StudentMixing(degrees: degrees)
    mixing = NormalStream(site.streams.key(StreamName.mixing))
    substeps = site.market.substeps
    sums = site.assets.map { _ in ContiguousArray(repeating: .none, count: site.groups) }
  }

  /// Starts new paths.
  mutating func reset(_ paths: TilePaths) { mixing.reset(paths) }

  /// The numbers of a step's sub-steps, if a sub-step is the first of one.
  func step(from time: VarianceTime) -> Range<Int>? {
    time.substep % substeps == 0 ? time.substep..<time.substep + substeps : nil
  }

  /// Weighs the normals of a step that begins.
  mutating func begin(_ time: VarianceTime) {
    let years = time.gapYears + Double(substeps) * time.intradayYears
    weights = ((time.intradayYears / years).squareRoot(), (time.gapYears / years).squareRoot())
  }

  /// Makes X − Z of the step's innovations, whose sums stand ready with the assets' correlations.
  mutating func settle(_ time: VarianceTime) {
    let index = mixing.prepare(time.substep / substeps)
    for asset in sums.indices { copula.shift(mixing.blocks, index, law, &sums[asset]) }
  }

  /// Adds a sub-step's part of them to the normals of an asset.
  func add(_ asset: Int, isOpening: Bool, to innovations: inout ContiguousArray<Innovation>) {
    Self.add(sums[asset], weights.substep, isOpening ? weights.gap : 0, to: &innovations)
  }

  @inline(never)
  private static func add(
    _ shifts: ContiguousArray<Innovation>, _ substep: Double, _ gap: Double,
    to innovations: inout ContiguousArray<Innovation>
  ) {
    let shifts = shifts.span
    var innovations = innovations.mutableSpan
    for group in innovations.indices {
      let shift = shifts[group].diffusion
      innovations[group].diffusion = fma(shift, substep, innovations[group].diffusion)
      if gap > 0 { innovations[group].overnight = fma(shift, gap, innovations[group].overnight) }
    }
  }
}
