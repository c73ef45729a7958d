import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

@Suite("Liquidation cascades")
struct CascadeTests {
  /// Closes of a tape under a cascade; depth is 10⁶ units for 1 %, so 10⁸ for a unit of return.
  private func closes(
    _ tape: [Double], interest: Double, share: Double = 0.01, threshold: Double = 0, severity: Double = 1,
    latency: Double = 0
  ) throws -> [Double] {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: tape.count),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(depth: 1e6))],
      movement: .processes([Tape(closes: tape, from: 100)], GaussianDependence()), venue: freeVenue(latency: latency),
      events: [
        NamedEvent(
          "cascade",
          Cascade(
            asset: "A", openInterest: .fixed(interest), threshold: .fixed(threshold),
            liquidatedPerPercent: .fixed(share)))
      ])
    let tile = try Market(scenario: scenario, severity: severity, seed: 1).makeTile(groups: 1)
    tile.reset(firstPath: 0)
    return tape.map { _ in
      tile.advance()
      return tile.bars[0].close[0]
    }
  }

  /// n = OI·g/D: with 5·10⁷ units, 1 for each unit of fall, and 10⁸ for a unit of return, n = 1/2.
  @Test("the fall is d₀/(1 − n), in one step or in many", arguments: [0.1, 0.3, 0.5, 0.8])
  func fixedPoint(feedback: Double) throws {
    let interest = feedback * 1e8
    for tape in [[90.0], [98, 95, 90], [98, 99, 95, 97, 90]] {
      let fall = 1 - (try #require(try closes(tape, interest: interest).last)) / 100
      #expect(abs(fall - 0.1 / (1 - feedback)) < 1e-9)
    }
  }

  @Test("what falls less than the threshold liquidates nobody; only what is beyond it counts")
  func threshold() throws {
    #expect(try closes([97], interest: 5e7, threshold: 0.05)[0] == 97)
    let fall = 1 - (try closes([90], interest: 5e7, threshold: 0.05)[0]) / 100
    #expect(abs(fall - (0.1 + 0.05)) < 1e-9)
  }

  @Test("a runaway ends with the open interest: all of it, over the depth")
  func runaway() throws {
    // Twice the depth of a unit of return for each unit of fall, but 2·10⁷ units in all: a push of 0.2.
    let fall = 1 - (try closes([95], interest: 2e7, share: 1)[0]) / 100
    #expect(abs(fall - (0.05 + 0.2)) < 1e-9)
    let later = 1 - (try closes([95, 90], interest: 2e7, share: 1)[1]) / 100
    #expect(abs(later - (0.1 + 0.2)) < 1e-9)
  }

  @Test("nobody is liquidated twice, and what was pushed stays")
  func once() throws {
    let closes = try closes([90, 95, 91], interest: 5e7)
    // 90 is pushed to 80: a factor of 8/9, which stays.
    #expect(abs(closes[0] - 80) < 1e-9)
    #expect(abs(closes[1] - 95 * 8 / 9) < 1e-9 && abs(closes[2] - 91 * 8 / 9) < 1e-9)
  }

  @Test("severity multiplies the open interest; at 0 there is no cascade", arguments: [0.0, 0.5, 1])
  func severity(theta: Double) throws {
    let fall = 1 - (try closes([90], interest: 5e7, severity: theta)[0]) / 100
    #expect(abs(fall - 0.1 / (1 - 0.5 * theta)) < 1e-9)
  }
}
