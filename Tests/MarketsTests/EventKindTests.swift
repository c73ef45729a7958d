import Glibc
import Lanes
import Markets
import Randomness
import Testing

/// What every kind of event keeps, alone and beside every other: identity, locality, common random numbers, severity.
///
/// Planted mistakes: a trend with an offset before its start; an aftershock whose size has no severity; an alternative that
/// starts where another was chosen.
struct EventKindTests {
  private static let paths = 16
  private static let warmup = 5
  /// The step in which the events of the table start, or land.
  private static let startStep = 20

  private func bars(
    _ events: [(String, any MarketEvent)], severity: Double = 1, latency: Double = 20
  ) throws -> [[[PathBar]]] {
    let clock = try SmallMarket.clock(sessions: true, steps: 90, warmup: Self.warmup)
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(), try SmallMarket.merton()], correlations: [AssetPair("A", "B"): 0.4], latency: latency,
      events: events.map { NamedEvent($0, $1) })
    return try Market(scenario: scenario, severity: severity, seed: 12).bars(paths: Self.paths, groups: 2)
  }

  /// Places in `PathBar.numbers`.
  private enum Place {
    static let close = 3
    static let liquidity = 9...11
    static let deviation = 12
  }

  private func logRatio(_ a: PathBar, _ b: PathBar, _ place: Int) -> Double {
    log(a.numbers[place] / b.numbers[place])
  }

  @Test("the table has a row for each event of the catalogue")
  func isComplete() {
    let named = Set(
      (EventKind.all + EventKind.answering + EventKind.arithmetic).map {
        $0.name.split(separator: ",").first.map(String.init) ?? ""
      })
    #expect(named == Set(MarketEvents.catalogue.entries.map(\.name)))
  }

  @Test("at severity 0 it is the market without it, bit for bit, and its window remains", arguments: EventKind.all)
  func severityZero(_ kind: EventKind) throws {
    let (calm, zero) = (try bars([]), try bars([("x", kind.event(1))], severity: 0))
    for path in 0..<Self.paths { #expect(calm[path].map { $0.map(\.numbers) } == zero[path].map { $0.map(\.numbers) }) }
    #expect(zero[0].contains { $0[0].inWindow })
  }

  @Test("one that moves nothing and multiplies by 1 is the identity, bit for bit", arguments: EventKind.all)
  func identity(_ kind: EventKind) throws {
    let (calm, same) = (try bars([]), try bars([("x", kind.event(0))]))
    for path in 0..<Self.paths { #expect(calm[path].map { $0.map(\.numbers) } == same[path].map { $0.map(\.numbers) }) }
  }

  @Test(
    "nothing moves before its start, then something does; what it does not touch never does", arguments: EventKind.all)
  func locality(_ kind: EventKind) throws {
    let (calm, hit) = (try bars([]), try bars([("x", kind.event(1))]))
    let untouched = [0, 1].filter { !kind.event(1).touchedAssets(of: ["A", "B"]).contains(["A", "B"][$0]) }
    let start = Self.warmup + Self.startStep
    for path in 0..<Self.paths {
      #expect(Array(calm[path].prefix(start)) == Array(hit[path].prefix(start)))
      #expect(calm[path][start + 2][0].numbers != hit[path][start + 2][0].numbers)
      for asset in untouched { #expect(calm[path].map { $0[asset].numbers } == hit[path].map { $0[asset].numbers }) }
    }
  }

  @Test(
    "an event at severity 0.7 together with itself at 0.6 is the event at 1.3",
    arguments: EventKind.all.filter(\.scales))
  func severitiesAdd(_ kind: EventKind) throws {
    let both = try bars([("x", kind.event(0.7)), ("y", kind.event(0.6))])
    let whole = try bars([("x", kind.event(1))], severity: 1.3)
    for (a, b) in zip(both.joined(), whole.joined()) {
      for asset in 0..<2 {
        for place in [Place.close] + Array(Place.liquidity) {
          let (x, y) = (a[asset].numbers[place], b[asset].numbers[place])
          // Four powers of one number each: exp and log are right to an ulp of their argument's size.
          #expect(abs(x - y) <= 16 * x.ulp, "\(x) and \(y)")
        }
      }
    }
  }

  @Test(
    "severity multiplies log offsets and logarithms of factors, and moves no draw",
    arguments: EventKind.all, [0.5, 2, 5])
  func severityScales(_ kind: EventKind, _ theta: Double) throws {
    let calm = try bars([])
    let (one, scaled) = (try bars([("x", kind.event(1))]), try bars([("x", kind.event(1))], severity: theta))
    let places = (kind.stirs ? [Place.deviation] : [Place.close]) + Array(Place.liquidity)
    for path in 0..<Self.paths {
      for step in calm[path].indices {
        for asset in 0..<2 {
          for place in places {
            let base = calm[path][step][asset]
            let unit = logRatio(one[path][step][asset], base, place)
            let found = logRatio(scaled[path][step][asset], base, place)
            #expect(abs(found - theta * unit) < 1e-13 * max(1, theta), "\(found) and \(theta * unit)")
          }
        }
      }
    }
  }

  @Test("the order in which two are declared moves no bit, nor does either at severity 0", arguments: EventKind.pairs)
  func order(_ pair: EventKind.Pair) throws {
    let events = [("a", pair.first.event(1)), ("b", pair.second.event(1))]
    #expect(try bars(events) == bars(events.reversed()))
    let (calm, zero) = (try bars([]), try bars(events, severity: 0))
    for path in 0..<Self.paths { #expect(calm[path].map { $0.map(\.numbers) } == zero[path].map { $0.map(\.numbers) }) }
  }

  @Test("of two the log offsets add and the factors multiply, on the same draws, to 4 ulp", arguments: EventKind.pairs)
  func pairs(_ pair: EventKind.Pair) throws {
    let (first, second) = (("a", pair.first.event(1)), ("b", pair.second.event(1)))
    let (calm, both) = (try bars([]), try bars([first, second]))
    let (one, other) = (try bars([first]), try bars([second]))
    let places = (pair.first.stirs && pair.second.stirs ? [] : [Place.close]) + Array(Place.liquidity)
    for path in 0..<Self.paths {
      for step in calm[path].indices {
        for asset in 0..<2 {
          for place in places {
            let number = { (bars: [[[PathBar]]]) in bars[path][step][asset].numbers[place] }
            let (x, y) = (number(both), number(one) / number(calm) * number(other))
            // Two roundings of ours beside those of the market: 4 ulp each.
            #expect(abs(x - y) <= 8 * x.ulp, "\(x) and \(y)")
          }
        }
      }
    }
  }

  @Test(
    "in another order of names two agree to 4 ulp, and three in any grouping",
    arguments: EventKind.pairs.filter { $0.first.scales && $0.second.scales })
  func grouping(_ pair: EventKind.Pair) throws {
    let third = EventKind.all[0].event(0.5)
    let reference = try bars([("a", pair.first.event(1)), ("b", pair.second.event(1)), ("c", third)])
    let turned = try bars([("a", third), ("b", pair.first.event(1)), ("c", pair.second.event(1))])
    for (a, b) in zip(reference.joined(), turned.joined()) {
      for asset in 0..<2 {
        for place in [Place.close] + Array(Place.liquidity) {
          let (x, y) = (a[asset].numbers[place], b[asset].numbers[place])
          #expect(abs(x - y) <= 4 * x.ulp, "\(x) and \(y)")
        }
      }
    }
  }
}
