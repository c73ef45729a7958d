import Lanes

/// The standard normals of one asset and step, correlated with those of the other assets.
@frozen @usableFromInline
package struct Innovation: Sendable, Equatable {
  /// For the gap; drawn at session openings only, else 0.
  @usableFromInline package var overnight: Lanes
  /// From open to close.
  @usableFromInline package var diffusion: Lanes

  /// No innovation.
  package static var none: Innovation { Innovation(overnight: .zero, diffusion: .zero) }

  /// States both normals.
  @inlinable
  package init(overnight: Lanes, diffusion: Lanes) {
    self.overnight = overnight
    self.diffusion = diffusion
  }
}
