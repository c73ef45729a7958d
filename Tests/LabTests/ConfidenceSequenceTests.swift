import Lab
import Testing

@Suite("The estimate while a run is on")
struct ConfidenceSequenceTests {
  @Test("an interval that is looked at after every path leaves out the truth in at most 5 % of runs")
  func holdsAtAllTimes() {
    // 2,000 runs of 1,000 paths, truth 0.9; by Ville's inequality the rate is at most 0.05, and chance makes more than
    // 0.07 of it with a probability under 1e-4.
    var state: UInt64 = 20_100_506
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    var misses = 0
    for _ in 0..<2000 {
      var successes = 0
      for trial in 1...1000 {
        if uniform() < 0.9 { successes += 1 }
        if !ConfidenceSequence(successes: successes, trials: trial).holds(0.9) {
          misses += 1
          break
        }
      }
    }
    #expect(misses < 140)
  }

  @Test("the interval's ends are where the mixture stops holding")
  func ends() {
    let sequence = ConfidenceSequence(successes: 930, trials: 1000)
    let interval = sequence.interval
    #expect(sequence.holds(interval.low) && sequence.holds(interval.high))
    #expect(!sequence.holds(interval.low - 1e-9) && !sequence.holds(interval.high + 1e-9))
    #expect(ConfidenceSequence(successes: 0, trials: 0).interval == (0, 1))
    #expect(ConfidenceSequence(successes: 40, trials: 40).interval.high == 1)
  }
}
