import Agents
import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

/// New York's rule of 7, 13 and 20 % on hand-written tapes.
@Suite("A circuit breaker on hand-written tapes")
struct CircuitBreakerTests {
  @Test("7 % halts for 15 minutes at the level, and trading goes on at the latent price")
  func levelOne() throws {
    let (tile, _) = try HaltTape.tile(
      HaltTape.breaker(), step: 60, from: "10:00",
      [(100, 90), (90, 91), (91, 92)] + Array(repeating: (92, 92), count: 20))
    let seen = HaltTape.steps(tile, 18)
    // The step that hits it stops at 93; fifteen steps stand still; then the price is where it would have been.
    #expect(seen[0].close == 93)
    #expect(seen[1...15].allSatisfy { $0.close == 93 && !$0.trades })
    #expect(seen[16].close == 92 && seen[16].trades)
    #expect(tile.eventStart(0)[0][0] == 30)
  }

  @Test("each level is called once a session: a second 7 % does not halt, 13 % does")
  func oncePerDay() throws {
    let tape: [(open: Double, close: Double)] =
      [(100, 92)] + Array(repeating: (92, 92), count: 15) + [(92, 99), (99, 91), (91, 90), (90, 86), (86, 85)]
    let (tile, _) = try HaltTape.tile(HaltTape.breaker(), step: 60, from: "10:00", tape)
    let seen = HaltTape.steps(tile, 22)
    #expect(seen[0].close == 93)
    #expect(seen[16].close == 99)
    #expect(seen[17].close == 91 && seen[18].close == 90)
    #expect(seen[19].close == 87)
    #expect(seen[20...].allSatisfy { $0.close == 87 && !$0.trades })
  }

  @Test("an open that has passed two levels calls the deeper one, at the open")
  func gapped() throws {
    let (tile, _) = try HaltTape.tile(HaltTape.breaker(), step: 60, from: "10:00", [(85, 84), (84, 84)])
    let seen = HaltTape.steps(tile, 17)
    #expect(seen[0...15].allSatisfy { $0.close == 85 })
    // Level two was called: the thirteen per cent that are still there call nothing.
    #expect(seen[16].close == 84 && seen[16].trades)
  }

  /// Planted mistake: the last step before 15:25 counts as late.
  @Test(
    "from 15:25 on 7 % halts no more; in the minute before it does", arguments: [("15:25", false), ("15:24", true)])
  func late(time: String, halts: Bool) throws {
    let (tile, _) = try HaltTape.tile(HaltTape.breaker(), step: 60, from: time, [(100, 92.99), (92.99, 92)])
    let seen = HaltTape.steps(tile, 2)
    #expect(seen[0].close == (halts ? 93 : 92.99))
    #expect(seen[1].trades == !halts)
  }

  @Test("20 % closes the day at any time, and the next session opens at the latent price")
  func closed() throws {
    let (tile, _) = try HaltTape.tile(
      HaltTape.breaker(), step: 60, from: "15:40", [(100, 79), (79, 85)] + Array(repeating: (85, 85), count: 30))
    let seen = HaltTape.steps(tile, 22)
    #expect(seen[0].close == 80)
    #expect(seen[1...19].allSatisfy { $0.close == 80 && !$0.trades })
    #expect(seen[20].close == 85 && seen[20].trades)
  }

  @Test("the fall counts from the close of the session before, as it was seen")
  func reference() throws {
    // The first session is closed at 79 by an open there; 7 % of that is 73.47.
    let (tile, _) = try HaltTape.tile(
      HaltTape.breaker(), step: 1800, from: "15:00", [(79, 85), (85, 81), (81, 78), (78, 70), (70, 70)])
    let seen = HaltTape.steps(tile, 4)
    #expect(seen[0].close == 79 && seen[1].close == 79)
    #expect(seen[2].close == 78)
    #expect(seen[3].close == 73.47)
  }

  @Test("what a breaker watches halts the other assets at the close of that step")
  func others() throws {
    let (tile, _) = try HaltTape.tile(
      HaltTape.breaker(), step: 60, from: "10:00", [(100, 90)] + Array(repeating: (90, 90), count: 20), assets: 2)
    tile.advance()
    #expect(tile.bars[1].volume[0] > 0)
    for _ in 0..<15 {
      tile.advance()
      #expect(tile.bars[1].volume[0] == 0 && tile.bars[1].halted[0])
    }
    tile.advance()
    #expect(tile.bars[1].volume[0] > 0 && !tile.bars[1].halted[0])
  }
}
