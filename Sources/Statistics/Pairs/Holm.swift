/// Holm's p-values of a family that was named beforehand: at most one family in 1/α has any false finding under α.
///
/// Sorted upwards, the k-th of m is multiplied by m − k + 1, at most 1, and never falls under the one before it. Holds however
/// the p-values hang together.
/// Source: Holm (1979), Scandinavian Journal of Statistics 6(2).
package struct Holm: Sendable, Hashable {
  /// In the order of what was given.
  package let adjusted: [Double]

  /// Adjusts the p-values of one family.
  package init(_ pValues: [Double]) {
    var adjusted = pValues
    var largest = 0.0
    for (place, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
      largest = max(largest, min(1, pValues[index] * Double(pValues.count - place)))
      adjusted[index] = largest
    }
    self.adjusted = adjusted
  }
}
