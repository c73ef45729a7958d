import Lanes
import Learning
import Randomness
import Testing

@Suite("Reward scaling")
struct RewardScalerTests {
  @Test(
    "rewards are divided by the deviation of all returns so far, which begin anew after each end, idle copies apart",
    arguments: [0, 0.5])
  func definition(idles: Double) {
    let discount = 0.9
    var stream = SparseStream(RandomStreams(seed: 8, namespace: .test).key("rewards"), path: 0)
    var scaler = RewardScaler(groups: 2, clip: 1.5)
    var returns = Array(repeating: 0.0, count: 16)
    var seen: [Double] = []
    for rollout in 0..<3 {
      let rewards = LaneColumn(count: 24)
      let terminal = LaneColumn(count: 24)
      let truncated = LaneColumn(count: 24)
      let idle = LaneColumn(count: 24)
      var raw: [Double] = []
      let learns = rollout < 2
      for index in 0..<24 {
        for lane in 0..<8 {
          let copy = index % 2 * 8 + lane
          let isIdle = idles > 0 && returns[copy] == 0 && stream.uniform() < idles
          let reward = isIdle ? 0 : 3 * stream.uniform() - 1
          let end = isIdle ? 0 : stream.uniform()
          idle[index][lane] = isIdle ? 1 : 0
          rewards[index][lane] = reward
          terminal[index][lane] = end < 0.1 ? 1 : 0
          truncated[index][lane] = end > 0.9 ? 1 : 0
          raw.append(reward)
          returns[copy] = discount * returns[copy] + reward
          if learns && !isIdle { seen.append(returns[copy]) }
          if end < 0.1 || end > 0.9 { returns[copy] = 0 }
        }
      }
      scaler.scale(rewards, learns: learns, terminal: terminal, truncated: truncated, idle: idle, discount: discount)
      let mean: Double = seen.reduce(0, +) / Double(seen.count)
      let variance: Double = seen.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(seen.count)
      #expect(abs(scaler.variance - variance) < 1e-12)
      var worst = 0.0
      for (index, reward) in raw.enumerated() {
        let expected = min(max(reward / (variance + 1e-8).squareRoot(), -1.5), 1.5)
        worst = max(worst, abs(rewards[index / 8][index % 8] - expected))
      }
      #expect(worst < 1e-12)
    }
  }
}
