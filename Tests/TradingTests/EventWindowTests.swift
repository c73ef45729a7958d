import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("Windows of events")
struct EventWindowTests {
  /// The logarithm of the half-spread's factor in each step over that at full strength: the window's mean over the step.
  private func means(_ window: EventWindow, start: Double = 90, steps: Int, severity: Double = 1) throws -> [Double] {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: steps),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: 10))],
      movement: .processes([Tape(closes: [], from: 100)], GaussianDependence()), venue: freeVenue(),
      events: [NamedEvent("dry", Drought(start: .fixed(start), window: window, halfSpread: .fixed(3)))])
    let tile = try Market(scenario: scenario, severity: severity, seed: 1).makeTile(groups: 1)
    tile.reset(firstPath: 0)
    return (0..<steps).map { _ in
      tile.advance()
      return naturalLogarithm(tile.bars[0].halfSpread[0] / 10e-4) / naturalLogarithm(3)
    }
  }

  /// Planted mistake: the rise counted twice.
  @Test("a window's mean over a step is that of its line, its plateau and its line back")
  func line() throws {
    // From a minute and a half on: two minutes up, one and a half on top, one down.
    let means = try means(
      EventWindow(rise: .fixed(120), plateau: .fixed(90), fall: .fixed(60)), steps: 8)
    for (step, mean) in means.enumerated() {
      // The mean by the midpoint rule on the window as it is defined.
      let count = 60_000
      let sum = (0..<count).reduce(0.0) { sum, index in
        let time = 60 * (Double(step) + (Double(index) + 0.5) / Double(count)) - 90
        return sum + max(0, min(time / 120, 1, (270 - time) / 60))
      }
      #expect(abs(mean - sum / Double(count)) < 1e-7, "step \(step)")
    }
    let area = means.reduce(0, +) * 60
    #expect(abs(area - 180) < 1e-9)
  }

  /// Lengths that a law with a wide spread draws: the smallest number's inverse is none.
  @Test(
    "a part that lasts next to no time is none, and one that lasts for ever stays",
    arguments: [.leastNonzeroMagnitude, 1e-300, 1e300, .infinity])
  func extremeLengths(_ length: Double) throws {
    let isShort = length < 1
    let boxes = [
      (EventWindow(plateau: .fixed(60), fall: .fixed(length)), isShort ? [0.5, 0.5, 0, 0] : [0.5, 1, 1, 1]),
      (EventWindow(plateau: .fixed(60), halfLife: .fixed(length)), isShort ? [0.5, 0.5, 0, 0] : [0.5, 1, 1, 1]),
      (EventWindow(rise: .fixed(length), plateau: .fixed(60)), isShort ? [0.5, 0.5, 0, 0] : [0, 0, 0, 0]),
      (
        EventWindow(plateau: .fixed(isShort ? 60 : length), fall: .fixed(60)),
        isShort ? [0.5, 0.875, 0.125, 0] : [0.5, 1, 1, 1]
      ),
    ]
    for (window, expected) in boxes {
      let means = try means(window, start: 30, steps: 4)
      for (a, b) in zip(means, expected) { #expect(abs(a - b) < 1e-9, "\(window): \(means)") }
    }
  }

  @Test("a window that goes by halves has half of its strength after a half-life, and all of its integral in the end")
  func halves() throws {
    let means = try means(EventWindow(plateau: .fixed(30), halfLife: .fixed(240)), steps: 100)
    let area = means.reduce(0, +) * 60
    let expected = 30 + 240 / naturalLogarithm(2)
    #expect(abs(area - expected) < 1e-4)
    // Step 2 begins where the plateau ends; a half-life is four steps.
    #expect(abs(means[6] / means[2] - 0.5) < 1e-12)
    #expect(means[0] == 0)
  }

  @Test("severity is a power of the factor at any strength", arguments: [0.5, 2, 5])
  func severity(theta: Double) throws {
    let window = EventWindow(rise: .fixed(120), plateau: .fixed(90), halfLife: .fixed(60))
    for (one, many) in zip(
      try means(window, steps: 12), try means(window, steps: 12, severity: theta))
    { #expect(abs(many - theta * one) < 1e-12) }
  }

}
