/// Benjamini and Hochberg's p-values, for exploring: of all that lie under q, at most the share q is expected to be false.
///
/// Sorted upwards, the k-th of m is multiplied by m/k and never lies above the one after it. Holds for p-values that are
/// independent or hang together positively.
/// Source: Benjamini & Hochberg (1995), J. Royal Statistical Society B 57(1).
package struct BenjaminiHochberg: Sendable, Hashable {
  /// In the order of what was given.
  package let adjusted: [Double]

  /// Adjusts the p-values of one family.
  package init(_ pValues: [Double]) {
    var adjusted = pValues
    var smallest = 1.0
    let upwards = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    for (place, index) in upwards.enumerated().reversed() {
      smallest = min(smallest, pValues[index] * Double(pValues.count) / Double(place + 1))
      adjusted[index] = smallest
    }
    self.adjusted = adjusted
  }
}
