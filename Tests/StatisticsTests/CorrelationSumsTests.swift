import Statistics
import Testing

@Suite("Correlations with Fisher's interval")
struct CorrelationSumsTests {
  private static let x = [0.3, -1.2, 0.8, 2.1, -0.4, 0.05, 1.7, -2.2]

  private func sums(_ y: [Double]) -> CorrelationSums {
    zip(Self.x, y).reduce(into: CorrelationSums()) { $0.add($1.0, $1.1) }
  }

  /// `r = scipy.stats.pearsonr(x, y); r.statistic, r.confidence_interval(level)`, scipy 1.17.1.
  ///
  /// Planted mistake: a variance of 1/n for 1/(n − 3).
  @Test("value and interval are scipy's to 1e-12")
  func golden() throws {
    let strong = sums([0.1, -0.9, 1.1, 1.2, 0.3, -0.6, 2.4, -1.1]).estimate()
    let weak = sums([0.94, 0.24, -1.16, 1.58, -1.92, 0.99, -0.34, 1.44]).estimate(confidence: 0.99)
    for (found, expected) in [
      (strong, (0.8731508612740849, 0.4379300832112391, 0.9768078285189383)),
      (weak, (-0.06298132217418585, -0.8381762424928322, 0.7964693937234745)),
    ] {
      #expect(abs(try #require(found.value) - expected.0) < 1e-12)
      #expect(abs(try #require(found.low) - expected.1) < 1e-12)
      #expect(abs(try #require(found.high) - expected.2) < 1e-12)
      #expect(found.n == 8 && found.method == .fisher)
    }
  }

  @Test("what never changes, or is too little, has no correlation; what is one line has no doubt")
  func edges() {
    #expect(sums(Array(repeating: 3, count: 8)).estimate().value == nil)
    var few = CorrelationSums()
    for index in 0..<3 { few.add(Double(index), Double(index * index)) }
    #expect(few.estimate().value == nil)
    #expect(CorrelationSums().estimate().n == 0)
    let line = sums(Self.x.map { 2 * $0 }).estimate()
    #expect(line.value == line.low && line.value == line.high)
    #expect(abs((line.value ?? 0) - 1) < 1e-12)
  }
}
