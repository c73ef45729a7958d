import Markets
import Testing

/// An event that leaves the mean price where it is, on every path of a market.
struct FairEvent: Sendable, CustomTestStringConvertible {
  let name: String
  /// Whether its mean stays at severity 1 alone: a change of price that is drawn has another mean at others.
  var isFairAtOneAlone = false
  /// The event, for a market with steps of so many seconds.
  let make: @Sendable (Double) -> any MarketEvent

  var testDescription: String { name }

  static let all: [FairEvent] = [
    FairEvent(name: "a gap up or down", isFairAtOneAlone: true) {
      Gap(asset: "A", start: .between(2 * $0, 20 * $0), change: .between(-0.12, 0.12))
    },
    FairEvent(name: "a gap at an open, caught by a stop's width", isFairAtOneAlone: true) {
      Gap(asset: "A", start: .fixed(8 * $0), change: .between(-0.05, 0.05))
    },
    FairEvent(name: "an explosion of volatility") {
      VolatilityEvent(
        start: .between(2 * $0, 8 * $0), window: EventWindow(rise: .fixed(2 * $0), plateau: .fixed(5 * $0)),
        volatility: .fixed(3))
    },
    FairEvent(name: "volatility after a drawdown") {
      VolatilityEvent(
        start: .triggered(DrawdownTrigger(asset: "A", depth: .fixed(0.03))),
        window: EventWindow(plateau: .fixed(6 * $0), halfLife: .fixed(3 * $0)), volatility: .fixed(2.5))
    },
    FairEvent(name: "a drought") {
      Drought(
        start: .fixed(4 * $0), window: EventWindow(plateau: .fixed(10 * $0)), depth: .fixed(0.5),
        refillHalfLife: .fixed(10))
    },
    FairEvent(name: "pauses of a price that moves too fast") {
      ReservePause(move: 0.02, within: 2 * $0, pause: 3 * $0)
    },
  ]

  /// With each severity at which its mean stays, of these.
  static func fair(at severities: [Double]) -> [(event: FairEvent, severity: Double)] {
    all.flatMap { event in
      severities.filter { $0 == 1 || !event.isFairAtOneAlone }.map { (event, $0) }
    }
  }
}
