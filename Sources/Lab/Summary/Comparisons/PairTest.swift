import Statistics

/// A test of two desks on the same paths, alone and among all comparisons of its run.
package struct PairTest: Codable, Sendable, Equatable {
  /// The test's own p-value.
  package let pValue: Double
  /// Holm's: under 5 % for any difference that is none in at most one run in twenty.
  package let holm: Double
  /// Benjamini and Hochberg's: of those under 10 % one in ten is expected to be none. For exploring.
  package let falseDiscovery: Double
}

extension PairTest {
  /// A family of one.
  init(alone pValue: Double) {
    self.init(pValue: pValue, holm: pValue, falseDiscovery: pValue)
  }

  /// The tests of one family, in the order of their p-values' places.
  static func family(_ pValues: [Double]) -> [PairTest] {
    let (holm, falseDiscovery) = (Holm(pValues).adjusted, BenjaminiHochberg(pValues).adjusted)
    return pValues.indices.map {
      PairTest(pValue: pValues[$0], holm: holm[$0], falseDiscovery: falseDiscovery[$0])
    }
  }
}
