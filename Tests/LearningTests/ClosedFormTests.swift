import Foundation
import Lanes
import Learning
import LearningTasks
import Testing

/// The optima that the gates measure against, against what is published and against other ways to compute them.
@Suite("Optima of the gates")
struct ClosedFormTests {
  @Test("Gârleanu and Pedersen's rule has the figures of its example, and is that of the Riccati equation")
  func costlySignal() {
    var task = CostlySignal()
    (task.cost, task.loading) = (0.5, 0.05)
    #expect(abs(task.rate - 0.825448) < 5e-7)
    #expect(abs(task.aim - 0.0244945) < 5e-8)
    for cost in [0.5, 10] {
      task.cost = cost
      task.loading = 1
      let (held, signal) = Self.riccati(task)
      #expect(abs((1 - task.rate) - held) < 1e-9)
      #expect(abs(task.rate * task.aim - signal) < 1e-9)
    }
  }

  /// The best x = p·x₋ + q·f by value iteration on V(x₋, f) = ½a·x₋² + b·x₋f + ½c·f², discounted by 1 − ρ.
  static func riccati(_ task: CostlySignal) -> (held: Double, signal: Double) {
    let patience = 1 - task.impatience
    var (a, b) = (0.0, 0.0)
    var (p, q) = (0.0, 0.0)
    for _ in 0..<20_000 {
      // Of x: patience·(xBf − ½γx²) − ½λ(x − x₋)² + patience·(½a·x² + b·x·(1 − ϕ)f).
      let curvature = patience * task.aversion + task.cost - patience * a
      p = task.cost / curvature
      q = patience * (task.loading + b * (1 - task.fading)) / curvature
      (a, b) = (-task.cost + task.cost * p, task.cost * q)
    }
    return (p, q)
  }

  @Test("Almgren and Chriss's schedule is that of their example, and no other is cheaper")
  func liquidation() {
    let task = Liquidation()
    let published: [Double] = [1, 0.542, 0.290, 0.148, 0.062, 0]
    for (value, expected) in zip(task.bestSchedule, published) { #expect(abs(value - expected) < 6e-4) }
    let best = task.reward(task.bestSchedule)
    for day in 1..<Liquidation.days {
      for move in [-1e-3, 1e-3] {
        var other = task.bestSchedule
        other[day] += move
        #expect(task.reward(other) < best)
      }
    }
    let even: [Double] = (0...5).map { 1 - Double($0) / 5 }
    #expect(task.reward(even) / best > 1.1)
  }

  @Test("Kelly's fraction is 1.2406 by quadrature")
  func kelly() {
    let task = KellyBet()
    func growth(_ fraction: Double) -> Double {
      var sum = 0.0
      let h = 1e-3
      for index in -8000...8000 {
        let z = Double(index) * h
        let simple = exp(task.drift - 0.5 * task.volatility * task.volatility + task.volatility * z) - 1
        sum += h * exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() * log(max(1 + fraction * simple, 0.01))
      }
      return sum
    }
    let best = stride(from: 1.0, to: 1.5, by: 1e-3).max { growth($0) < growth($1) } ?? 0
    #expect(abs(best - 1.2406) < 1e-3)
  }

  @Test("the best rule earns what the closed form says, within 4 standard errors", arguments: [0, 1])
  func earned(_ which: Int) {
    // Two cases, two-sided at 4 standard errors: a false alarm in 8,000 seeds.
    let memory = AutoregressiveReturns()
    let price = RevertingPrice()
    let (task, slope, best): (any Environment, Double, Double) =
      which == 0 ? (memory, memory.slope, memory.best) : (price, price.slope, price.best)
    let evaluation = Evaluation(task) { observations, actions in
      for group in actions.indices { actions[group] = observations[group] * slope }
    }
    #expect(abs(evaluation.mean - best) < 4 * evaluation.standardError + 1e-3 * best)
  }

  @Test("who looks only at the next reward, or ignores the cost, fails B4; who sells evenly fails B5")
  func broken() throws {
    let task = CostlySignal()
    let gate = try #require(Gates.all.first { $0.name == "B4" })
    let best = Evaluation(task) { task.best($0, &$1) }.mean
    let shortSighted = Evaluation(task) { task.shortSighted($0, &$1) }.mean / best
    let careless = Evaluation(task) { task.careless($0, &$1) }.mean / best
    #expect(abs(shortSighted - 0.88) < 0.02)
    #expect(careless < 0.05)
    for share in [shortSighted, careless] { #expect(gate.complaints([[share]]) != []) }
    #expect(gate.complaints([[1]]) == [])

    let sale = Liquidation()
    let evenly: [Double] = (0...5).map { 1 - Double($0) / 5 }
    let excess = sale.reward(evenly) / sale.reward(sale.bestSchedule)
    #expect(try #require(Gates.all.first { $0.name == "B5" }).complaints([[excess, 0.3]]) != [])
  }
}
