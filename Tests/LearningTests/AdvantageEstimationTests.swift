import Lanes
import Learning
import Randomness
import Testing

@Suite("Generalised advantage estimation")
struct AdvantageEstimationTests {
  /// Rewards, values and ends of T steps in two groups of copies.
  struct Case {
    let steps: Int
    var rewards, values, cutValues, terminal, truncated: [[Double]]
    var lastValues: [Double]

    init(steps: Int, endings: Double, seed: UInt64) {
      self.steps = steps
      var stream = SparseStream(RandomStreams(seed: seed, namespace: .test).key("advantages"), path: 0)
      func table(_ number: () -> Double) -> [[Double]] { (0..<steps).map { _ in (0..<16).map { _ in number() } } }
      rewards = table { stream.uniform() * 2 - 1 }
      values = table { stream.uniform() * 2 - 1 }
      cutValues = table { stream.uniform() * 2 - 1 }
      terminal = table { stream.uniform() < endings ? 1 : 0 }
      truncated = table { stream.uniform() < endings ? 1 : 0 }
      for step in 0..<steps {
        for copy in 0..<16 where terminal[step][copy] == 1 { truncated[step][copy] = 0 }
      }
      lastValues = (0..<16).map { _ in stream.uniform() }
    }

    /// The definition, O(T²): the sum of each later one-step error, as far as the episode goes.
    func plain(discount: Double, lambda: Double) -> [[Double]] {
      (0..<steps).map { start in
        (0..<16).map { copy in
          var (sum, weight) = (0.0, 1.0)
          for step in start..<steps {
            var next = step + 1 < steps ? values[step + 1][copy] : lastValues[copy]
            if terminal[step][copy] == 1 { next = 0 }
            if truncated[step][copy] == 1 { next = cutValues[step][copy] }
            sum += weight * (rewards[step][copy] + discount * next - values[step][copy])
            if terminal[step][copy] + truncated[step][copy] > 0 { break }
            weight *= discount * lambda
          }
          return sum
        }
      }
    }

    func estimate(discount: Double, lambda: Double) -> [[Double]] {
      func column(_ table: [[Double]]) -> LaneColumn {
        let column = LaneColumn(count: table.count * 2)
        for step in table.indices {
          for group in 0..<2 { column[step * 2 + group] = Lanes { table[step][group * 8 + $0] } }
        }
        return column
      }
      let result = LaneColumn(count: steps * 2)
      AdvantageEstimation(discount: discount, lambda: lambda).advantages(
        rewards: column(rewards), values: column(values), lastValues: column([lastValues]),
        terminal: column(terminal), truncated: column(truncated), cutValues: column(cutValues), into: result)
      return (0..<steps).map { step in (0..<16).map { result[step * 2 + $0 / 8][$0 % 8] } }
    }
  }

  @Test(
    "it is the sum of its definition, with ends and cuts mixed",
    arguments: [0.0, 0.5, 0.99, 1], [0.0, 0.3, 0.95, 1])
  func definition(discount: Double, lambda: Double) {
    for (seed, endings) in [(1, 0.0), (2, 0.1), (3, 0.4)] {
      let sample = Case(steps: 37, endings: endings, seed: UInt64(seed))
      let (fast, plain) = (
        sample.estimate(discount: discount, lambda: lambda), sample.plain(discount: discount, lambda: lambda)
      )
      let worst = zip(fast.joined(), plain.joined()).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst < 1e-12, "seed \(seed)")
    }
  }

  @Test("with λ = 1 and no ends it is the discounted return less the value")
  func returnLessValue() {
    let sample = Case(steps: 20, endings: 0, seed: 4)
    let fast = sample.estimate(discount: 0.9, lambda: 1)
    for copy in 0..<16 {
      var expected = sample.lastValues[copy]
      for step in (0..<20).reversed() {
        expected = sample.rewards[step][copy] + 0.9 * expected
        #expect(abs(fast[step][copy] - (expected - sample.values[step][copy])) < 1e-12)
      }
    }
  }
}
