import Lanes
import Randomness

/// What the extremes of a bridge are drawn from, on eight paths: uniforms (k + ½)·2⁻³² with integers k.
struct ExtremesDraw: Sendable {
  /// For the extreme that is drawn first.
  var first: Lanes
  /// Independent of it, for the other given the first.
  var second: Lanes

  /// The uniform with the same first 32 bits.
  ///
  /// - Parameter uniform: in [0, 1).
  @inline(__always)
  static func onGrid(_ uniform: Lanes) -> Lanes {
    let word = Words(bitPattern: uniform + 1)
    return Lanes(bitPattern: (word & 0xffff_ffff_fff0_0000) | 0x8_0000) - 1
  }
}

/// The draws of both parts of a sub-step: before orders arrive, and after. A sub-step without an arrival is the second.
struct PartExtremes: Sendable {
  var before: ExtremesDraw
  var after: ExtremesDraw

  /// Nothing drawn.
  static let none = PartExtremes(
    before: ExtremesDraw(first: .zero, second: .zero), after: ExtremesDraw(first: .zero, second: .zero))
}

extension PartExtremes {
  /// An asset's own draws in a sub-step.
  @inline(__always)
  init(_ stream: DenseStream, _ substep: Int32) {
    let u = stream.uniforms32(step: substep)
    self.init(before: ExtremesDraw(first: u.0, second: u.1), after: ExtremesDraw(first: u.2, second: u.3))
  }
}
