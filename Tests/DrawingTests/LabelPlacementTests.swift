import Drawing
import Testing

@Suite("Labels")
struct LabelPlacementTests {
  @Test("that do not touch stay where they are")
  func staysApart() {
    #expect(LabelPlacement.spread([10, 40, 80], gap: 14, within: 0...100) == [10, 40, 80])
  }

  @Test("that collide move apart around their common middle and keep their order")
  func movesApart() {
    #expect(LabelPlacement.spread([50, 50, 50], gap: 14, within: 0...100) == [36, 50, 64])
    #expect(LabelPlacement.spread([52, 50], gap: 14, within: 0...100) == [58, 44])
  }

  @Test("stay inside their bounds, and share the room where it is too small")
  func staysInside() {
    #expect(LabelPlacement.spread([99, 100], gap: 14, within: 0...100) == [86, 100])
    #expect(LabelPlacement.spread([5, 5, 5, 5, 5], gap: 14, within: 0...40) == [0, 10, 20, 30, 40])
  }

  @Test("are at least a gap apart and inside, in the order of what they label, over 2,000 random sets")
  func sweep() {
    var noise = Noise(seed: 5)
    for round in 0..<2_000 {
      let wanted = (0..<(2 + round % 5)).map { _ in noise.uniform() * 300 }
      let places = LabelPlacement.spread(wanted, gap: 15, within: 0...300)
      let ordered = wanted.indices.sorted { wanted[$0] < wanted[$1] }.map { places[$0] }
      let isApart = zip(ordered, ordered.dropFirst()).allSatisfy { $1 - $0 >= 15 - 1e-9 }
      #expect(
        isApart && (ordered.first ?? 0) >= 0 && (ordered.last ?? 0) <= 300, "round \(round): \(wanted) → \(places)")
    }
  }
}
