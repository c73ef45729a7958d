import Lanes
import Randomness

/// What the extremes of a bridge are drawn from, on eight paths: uniforms (k + ½)·2⁻³² with integers k.
struct ExtremesDraw: Sendable {
  /// For the extreme that is drawn first.
  var first: Lanes
  /// Independent of it, for the other given the first.
  var second: Lanes

  /// Nothing drawn.
  static let none = ExtremesDraw(first: .zero, second: .zero)

  /// The uniform with the same first 32 bits.
  ///
  /// - Parameter uniform: in [0, 1).
  @inline(__always)
  static func onGrid(_ uniform: Lanes) -> Lanes {
    let word = Words(bitPattern: uniform + 1)
    return Lanes(bitPattern: (word & 0xffff_ffff_fff0_0000) | 0x8_0000) - 1
  }
}

/// What the extremes of all assets in a sub-step were drawn from, `[asset × groups + group]`.
struct ExtremesDraws {
  /// Before orders arrive, and after: nothing where each asset's own uniforms are it.
  var before: ContiguousArray<ExtremesDraw> = []
  var after: ContiguousArray<ExtremesDraw> = []
  /// On which paths the other one of low and high is drawn first than in calm; nothing where on none.
  var turnedBefore: ContiguousArray<Mask> = []
  var turnedAfter: ContiguousArray<Mask> = []

  /// Each asset's own uniforms.
  static let own = ExtremesDraws()
}

extension DenseStream {
  /// An asset's own draws in a sub-step: before orders arrive, and after. A sub-step without an arrival is the second part.
  @inline(__always)
  func extremes(_ substep: Int32) -> (before: ExtremesDraw, after: ExtremesDraw) {
    let u = uniforms32(step: substep)
    return (ExtremesDraw(first: u.0, second: u.1), ExtremesDraw(first: u.2, second: u.3))
  }
}
