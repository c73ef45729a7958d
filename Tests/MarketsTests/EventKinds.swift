import Glibc
import Markets
import Randomness
import Testing

/// A kind of event, for the laws that all of them keep; a new kind is one row.
struct EventKind: Sendable, CustomTestStringConvertible {
  /// As the catalogue has it, and what is special about the row.
  let name: String
  /// The event as it is at a severity: its offsets and the logarithms of its factors are θ times those at θ = 1.
  ///
  /// It starts on asset A, after 1230 s.
  let event: @Sendable (Double) -> any MarketEvent
  /// Whether it changes how far prices move by themselves, so that closes don't tell its offset.
  var stirs = false
  /// Whether its size at a severity can be written as parameters of another event of the kind.
  var scales = true

  init(
    _ name: String, stirs: Bool = false, scales: Bool = true, _ event: @escaping @Sendable (Double) -> any MarketEvent
  ) {
    self.name = name
    self.event = event
    self.stirs = stirs
    self.scales = scales
  }

  var testDescription: String { name }

  /// A factor at a severity.
  private static func factor(_ factor: Double, _ theta: Double) -> Draw { .fixed(pow(factor, theta)) }
  /// A change of price at a severity.
  private static func change(_ change: Double, _ theta: Double) -> Draw { .fixed(expm1(theta * log1p(change))) }
  private static func multipliers(_ theta: Double) -> FlashCrash.Multipliers {
    .init(
      halfSpread: factor(8, theta), depth: factor(0.1, theta), volume: factor(4, theta), halfLife: .fixed(900))
  }
  private static func fall(_ theta: Double) -> Draw { .fixed(-expm1(theta * log1p(-0.1))) }
  private static let way = FlashCrash.Fall(duration: .fixed(300), shape: .fixed(1.5))
  private static let start = EventStart.fixed(1230)
  // What comes back wholly, or not at all, does so at every severity.
  private static let back = FlashCrash.Recovery(fraction: .fixed(1), halfLife: .fixed(600))

  static let all: [EventKind] = [
    EventKind("flashCrash") {
      FlashCrash(
        asset: "A", start: start, drop: fall($0), fall: way, recovery: back,
        contagion: ["B": .init(beta: .fixed(0.6), lag: .fixed(90))], multipliers: multipliers($0))
    },
    EventKind("flashCrash, a rise") {
      FlashCrash(
        asset: "A", start: start, rise: change(0.3, $0), climb: way, recovery: back, multipliers: multipliers($0))
    },
    EventKind("flashCrash, aftershocks", scales: false) {
      FlashCrash(
        asset: "A", start: start, drop: fall($0), fall: way, recovery: back,
        aftershocks: .init(meanNumber: .fixed(2), meanDelay: .fixed(900), ratio: .fixed(0.5)),
        multipliers: multipliers($0))
    },
    EventKind("flashCrash, network") {
      FlashCrash(
        asset: "A", start: start, drop: fall($0), fall: way, recovery: back,
        network: .init(weights: ["B": ["A": 0.6], "A": ["B": 0.3]], lag: .fixed(100)), multipliers: multipliers($0))
    },
    EventKind("flashCrash, the market") {
      FlashCrash(
        asset: Contagion.market, start: start, drop: fall($0), fall: way, recovery: back,
        contagion: ["B": .init(beta: .fixed(0.6), lag: .fixed(90))], multipliers: multipliers($0))
    },
    EventKind("gap, the market") {
      Gap(asset: Contagion.market, start: start, change: change(0.2, $0), contagion: ["B": .init(beta: .fixed(-0.5))])
    },
    EventKind("gap") {
      Gap(asset: "A", start: start, change: change(0.2, $0), contagion: ["B": .init(beta: .fixed(-0.5))])
    },
    EventKind("trend") { Trend(asset: "A", start: start, change: change(-0.4, $0), duration: .fixed(2000)) },
    EventKind("drought") {
      Drought(
        assets: ["A"], start: start, window: .init(rise: .fixed(200), plateau: .fixed(900), halfLife: .fixed(300)),
        halfSpread: factor(6, $0), depth: factor(0.2, $0), volume: factor(0.5, $0), refillHalfLife: factor(9, $0))
    },
    EventKind("volatility", stirs: true) {
      VolatilityEvent(
        assets: ["A"], start: start, window: .init(plateau: .fixed(1200), fall: .fixed(300)), volatility: factor(3, $0))
    },
    EventKind("oneOf") {
      OneOf([
        "often": .init(
          FlashCrash(
            asset: "A", start: start, drop: fall($0), fall: way, recovery: back, multipliers: multipliers($0))),
        "never": .init(weight: 1e-12, Gap(asset: "A", start: .fixed(0), change: change(5, $0))),
      ])
    },
  ]

  /// Kinds that answer the market, act on the venue, or change how assets move together: what they do is no offset or factor
  /// of their own, and `AnsweringKindTests` asks of them what holds for all.
  static let answering: [EventKind] = [
    EventKind("cascade") {
      Cascade(
        asset: "A", openInterest: .fixed(2e5 * $0), threshold: .fixed(0.01), liquidatedPerPercent: .fixed(0.02))
    },
    EventKind("circuitBreaker") { _ in CircuitBreaker(asset: "A", levels: [.init(fall: 0.03, pause: 600)]) },
    EventKind("limitUpLimitDown") { _ in LimitUpLimitDown(band: 0.02) },
    EventKind("priceLimit") { _ in PriceLimit(down: 0.04, up: 0.04) },
    EventKind("reservePause") { _ in ReservePause(move: 0.01, within: 120, pause: 180) },
    EventKind("correlation") { _ in
      correlation(EventWindow(plateau: .fixed(1800)))
    },
    EventKind("marginCall") { _ in
      MarginCall(start: start, window: EventWindow(plateau: .fixed(1800)), maintenanceMargin: .fixed(2))
    },
    EventKind("squeeze") { _ in
      Squeeze(start: start, window: EventWindow(plateau: .fixed(1800)), borrowFee: .fixed(0.5))
    },
    EventKind("outage") { _ in Outage(start: start, duration: .fixed(600)) },
    EventKind("slowVenue") { _ in
      SlowVenue(start: start, window: EventWindow(plateau: .fixed(1800)), latency: .fixed(10))
    },
    EventKind("rejects") { _ in
      Rejects(start: start, window: EventWindow(plateau: .fixed(1800)), share: .fixed(0.5))
    },
  ]

  /// Kinds that count in money, on prices that may be negative: `ArithmeticEventTests` asks of them what `EventKindTests` asks of
  /// the others.
  static let arithmetic: [EventKind] = [
    EventKind("arithmeticCrash") {
      ArithmeticCrash(
        asset: "A", start: start, change: .fixed(-3.1 * $0), fall: way, recovery: back,
        contagion: ["B": .init(beta: .fixed(0.6), lag: .fixed(90))], multipliers: multipliers($0))
    },
    EventKind("arithmeticCrash, a rise that comes back beyond its start") {
      ArithmeticCrash(
        asset: Contagion.market, start: start, change: .fixed(0.4 * $0), fall: way,
        recovery: .init(fraction: .fixed(1.1), halfLife: .fixed(600)), multipliers: multipliers($0))
    },
  ]

  private static func correlation(_ window: EventWindow) -> any MarketEvent {
    do {
      return try CorrelationEvent(start: start, window: window, blend: .fixed(0.8), to: .one)
    } catch {
      preconditionFailure("Invariant: such a blend can be seen")
    }
  }

  /// Two kinds that happen on the same paths.
  struct Pair: Sendable, CustomTestStringConvertible {
    let first: EventKind
    let second: EventKind
    var testDescription: String { "\(first.name) and \(second.name)" }
  }

  /// Every pair, a kind with itself included.
  static let pairs: [Pair] = all.indices.flatMap { first in
    all[first...].map { Pair(first: all[first], second: $0) }
  }
}
