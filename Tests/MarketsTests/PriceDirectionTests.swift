import Markets
import Randomness
import Testing

/// Which way events move prices, as their documents have it.
@Suite("The direction of events")
struct PriceDirectionTests {
  /// An event, and its direction.
  struct Row: Sendable {
    let event: any MarketEvent
    let direction: PriceDirection?
  }

  private static let way = FlashCrash.Fall(duration: .fixed(300), shape: .fixed(1))
  private static let back = FlashCrash.Recovery(fraction: .fixed(0.5), halfLife: .fixed(600))

  private static func gap(_ change: Draw, beta: Double? = nil) -> Gap {
    Gap(
      asset: "A", start: .fixed(0), change: change,
      contagion: beta.map { ["B": .init(beta: .fixed($0))] } ?? [:])
  }

  @Test(
    "is down, up, or either way where paths or assets differ",
    arguments: [
      Row(
        event: FlashCrash(asset: "A", start: .fixed(0), drop: .fixed(0.1), fall: way, recovery: back), direction: .down),
      Row(
        event: FlashCrash(asset: "A", start: .fixed(0), rise: .fixed(0.1), climb: way, recovery: back), direction: .up),
      Row(
        event: FlashCrash(
          asset: "A", start: .fixed(0), drop: .fixed(0.1), fall: way, recovery: back,
          network: .init(weights: ["B": ["A": -0.5]], lag: .fixed(60))), direction: .either),
      Row(event: gap(.fixed(0.2)), direction: .up), Row(event: gap(.between(-0.3, -0.1)), direction: .down),
      Row(event: gap(.between(-0.1, 0.1)), direction: .either),
      Row(event: gap(.fixed(-0.2), beta: 0.5), direction: .down),
      Row(event: gap(.fixed(-0.2), beta: -0.5), direction: .either),
      Row(event: Trend(asset: "A", start: .fixed(0), change: .fixed(0.4), duration: .fixed(60)), direction: .up),
      Row(event: OneOf(["a": .init(gap(.fixed(0.2))), "b": .init(gap(.fixed(0.1)))]), direction: .up),
      Row(event: OneOf(["a": .init(gap(.fixed(0.2))), "b": .init(gap(.fixed(-0.2)))]), direction: .either),
      Row(
        event: Cascade(
          asset: "A", openInterest: .fixed(1), threshold: .fixed(0.1), liquidatedPerPercent: .fixed(0.1)),
        direction: .down),
      Row(event: Drought(start: .fixed(0), window: .init(plateau: .fixed(60)), depth: .fixed(0.5)), direction: nil),
    ])
  func direction(_ row: Row) { #expect(row.event.direction == row.direction) }
}
