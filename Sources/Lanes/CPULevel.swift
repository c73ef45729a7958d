import CLanes

/// The instructions that this build's vector kernels use.
///
/// Results are the same bits on the two levels with a fused multiply-add; on `baseline` they differ in the tenth digit
/// or so after many steps. A manifest records the level, since bits are promised on one level only.
@usableFromInline
package enum CPULevel: String, Sendable, Hashable, CaseIterable {
  /// Eight lanes a register.
  case avx512
  /// Four lanes a register (two on ARM), with fused multiply-add.
  case fused = "avx2+fma"
  /// No fused multiply-add: several times slower, and right.
  case baseline

  /// The level of this build.
  package static let current: CPULevel =
    switch lanes_cpu_level() {
    case 2: .avx512
    case 1: .fused
    default: .baseline
    }

  /// Whether there are 32 registers that hold sixteen numbers in single precision each; known as a kernel is compiled.
  @inlinable @inline(__always)
  package static var hasWideRegisters: Bool { lanes_cpu_level() == 2 }
}
