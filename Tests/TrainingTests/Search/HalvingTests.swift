import Testing
import Training

@Suite("Successive halving")
struct HalvingTests {
  struct Case: Sendable {
    let trials, factor, first, last: Int
    let rungs: [[Int]]
    let source: String
  }

  /// Planted mistake: survivors rounded up.
  @Test(
    "has the rungs of the papers' arithmetic, [trials, updates]",
    arguments: [
      // Li et al. (2018), table 1, R = 81, η = 3: the brackets s = 4, 3, 2, 1, 0.
      Case(
        trials: 81, factor: 3, first: 1, last: 81, rungs: [[81, 1], [27, 3], [9, 9], [3, 27], [1, 81]],
        source: "Hyperband, s = 4"),
      Case(
        trials: 27, factor: 3, first: 3, last: 81, rungs: [[27, 3], [9, 9], [3, 27], [1, 81]],
        source: "Hyperband, s = 3"),
      Case(trials: 9, factor: 3, first: 9, last: 81, rungs: [[9, 9], [3, 27], [1, 81]], source: "Hyperband, s = 2"),
      Case(trials: 6, factor: 3, first: 27, last: 81, rungs: [[6, 27], [2, 81]], source: "Hyperband, s = 1"),
      Case(trials: 5, factor: 3, first: 81, last: 81, rungs: [[5, 81]], source: "Hyperband, s = 0"),
      // Each rung costs as much as the next: 16 · 4 = 8 · 8 = 4 · 16 …
      Case(
        trials: 16, factor: 2, first: 4, last: 64, rungs: [[16, 4], [8, 8], [4, 16], [2, 32], [1, 64]],
        source: "Jamieson & Talwalkar, η = 2"),
      Case(trials: 27, factor: 3, first: 10, last: 90, rungs: [[27, 10], [9, 30], [3, 90]], source: "the example"),
      Case(
        trials: 10, factor: 3, first: 10, last: 100, rungs: [[10, 10], [3, 30], [1, 90], [1, 100]], source: "no power"),
      Case(trials: 1, factor: 2, first: 1, last: 4, rungs: [[1, 1], [1, 2], [1, 4]], source: "one trial"),
    ])
  func rungs(_ one: Case) {
    let halving = Halving(factor: one.factor, first: one.first, last: one.last)
    #expect(halving.rungs(trials: one.trials).map { [$0.trials, $0.updates] } == one.rungs, "\(one.source)")
  }
}
