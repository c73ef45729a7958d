import Pipeline
import Testing

/// Unions of stretches of time against a row of marks, one for each moment.
@Suite("Coverage")
struct CoverageTests {
  /// Numbers that follow from a seed (Knuth's MMIX constants).
  private struct Numbers {
    var state: UInt64
    mutating func next(_ limit: Int64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % limit
    }
  }

  @Test("is what marks on every moment say, whatever the order of its ranges", arguments: 0..<200 as Range<UInt64>)
  func marks(_ seed: UInt64) {
    var numbers = Numbers(state: seed)
    var marks = [Bool](repeating: false, count: 60)
    var coverage = Coverage()
    for _ in 0..<numbers.next(12) {
      let start = numbers.next(60)
      let end = min(60, start + numbers.next(9))
      coverage.insert(start..<end)
      for moment in start..<end { marks[Int(moment)] = true }
    }
    for moment in 0..<60 { #expect(coverage.contains(Int64(moment)) == marks[moment], "seed \(seed), \(moment)") }
    for (before, after) in zip(coverage.ranges, coverage.ranges.dropFirst()) {
      #expect(before.upperBound < after.lowerBound, "seed \(seed): \(coverage.ranges)")
    }
    let others = (0..<3).map { _ in numbers.next(60) }.map { $0..<min(60, $0 + 7) }
    let rest = coverage.without(others)
    for moment in 0..<60 {
      let isOther = others.contains { $0.contains(Int64(moment)) }
      #expect(rest.contains(Int64(moment)) == (marks[moment] && !isOther), "seed \(seed), \(moment)")
    }
    let start = numbers.next(60)
    let asked = start..<min(60, start + numbers.next(40))
    let missing = Coverage(coverage.missing(in: asked))
    for moment in 0..<60 {
      #expect(
        missing.contains(Int64(moment)) == (asked.contains(Int64(moment)) && !marks[moment]), "seed \(seed), \(moment)")
    }
  }
}
