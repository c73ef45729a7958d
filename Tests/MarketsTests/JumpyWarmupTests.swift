import Lanes
import Markets
import Randomness
import Testing

@Suite("Jumps of the warm-up")
struct JumpyWarmupTests {
  private func bars(rate: Double, days: Int, paths: Int) throws -> [[[PathBar]]] {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 5, warmup: days)
    let scenario = SmallMarket.scenario(clock, [try SmallMarket.merton(2, rate: rate, mean: 0, deviation: 0.01)])
    return try Market(scenario: scenario, seed: 9).bars(paths: paths, groups: 1)
  }

  /// Each jump's time by its definition: minus the sum of the waiting times from t = 0 back to it.
  ///
  /// Planted mistakes: a mark of the block before; a block filled from its far end; times summed forwards.
  @Test("land in the step in which their time lies, by sums of waiting times from t = 0 back", arguments: [30.0, 3000])
  func times(rate: Double) throws {
    let days = 120
    let streams = RandomStreams(seed: 9, namespace: .report)
    let timeKey = streams.key("asset/A/jump/time")
    let sizeKey = streams.key("asset/A/jump/size")
    let found = try bars(rate: rate, days: days, paths: 4)
    let quiet = try bars(rate: 0, days: days, paths: 4)
    for path in 0..<4 {
      // Sum of jump sizes by warm-up day.
      var sums = [Double](repeating: 0, count: days)
      var time = 0.0
      var index: Int32 = -1
      while true {
        var stream = SparseStream(timeKey, path: UInt64(path), lastWord: index)
        time -= -log(Lanes(stream.uniform()))[0] / rate
        let day = Int((time * 252).rounded(.down)) + days
        guard day >= 0 else { break }
        var sizes = SparseStream(sizeKey, path: UInt64(path), lastWord: index)
        sums[day] += 0.01 * normalQuantile(Lanes(sizes.uniform()))[0]
        index -= 1
      }
      #expect(index < -5)
      // The overnight part of a day's diffusion is the same normal with jumps and without: only its size differs.
      let sigma = (4 - rate * 0.01 * 0.01).squareRoot()
      let drift = -rate * expm1(Lanes(0.5 * 0.01 * 0.01))[0] - 0.5 * sigma * sigma
      for day in 1..<days {
        func gap(_ all: [[[PathBar]]]) -> Double { log(Lanes(all[path][day][0].open / all[path][day - 1][0].close))[0] }
        func move(_ all: [[[PathBar]]]) -> Double { log(Lanes(all[path][day][0].close / all[path][day][0].open))[0] }
        let calm = (gap(quiet) + 0.5 * 4 * 0.35 / 252) / 2 * sigma
        // What is compensated where is no matter of this test: the day as a whole is.
        let calmMove = (move(quiet) + 0.5 * 4 * 0.65 / 252) / 2 * sigma
        let rest = gap(found) + move(found) - calm - calmMove - drift / 252
        #expect(abs(rest - sums[day]) < 1e-9, "path \(path), day \(day): \(rest), not \(sums[day])")
        if abs(rest - sums[day]) >= 1e-9 { return }
      }
    }
  }

  /// Counted are waiting times, each of which is a draw. Planted mistake: each time is summed from t = 0.
  @Test("draw each waiting time twice at most, once back and once forward again", arguments: [10, 1000, 100_000])
  func work(jumps: Int) {
    var times = BackwardJumpTimes(paths: 1, expected: Double(jumps))
    var draws = 0
    func interval(_ index: Int32) -> Double {
      draws += 1
      return 1 + 1e-3 * Double(index % 7)
    }
    let earliest = times.goBack(to: -Double(jumps), path: 0, interval: interval)
    let found = earliest.map { -Int($0.index) } ?? 0
    #expect(abs(found - jumps) <= jumps / 100 + 1)
    var last = -Double.infinity
    for index in (1...found).reversed() {
      let time = times.time(of: Int32(-index), path: 0, interval: interval)
      #expect(time > last)
      last = time
    }
    #expect(draws <= 2 * found + 1, "\(draws) draws for \(found) jumps")
  }

  /// Some 20,000 jumps a path. Measured before: not done after 8 minutes for 16 paths, since each jump began at t = 0 again.
  @Test("cost what they are many, not their square", .timeLimit(.minutes(1)))
  func cost() throws {
    let found = try bars(rate: 20_000, days: 252, paths: 8)
    #expect(found.count == 8 && found[0].count == 257)
  }
}
