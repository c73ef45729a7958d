/// The spread of a number across paths: order statistics, in the number's own unit.
package struct Quantiles: Codable, Sendable, Equatable {
  /// 5 % of paths are at or under it.
  package let p5: Double
  /// The median.
  package let p50: Double
  /// 95 % of paths are at or under it.
  package let p95: Double

  /// They ascend.
  package init(p5: Double, p50: Double, p95: Double) {
    self.p5 = p5
    self.p50 = p50
    self.p95 = p95
  }
}
