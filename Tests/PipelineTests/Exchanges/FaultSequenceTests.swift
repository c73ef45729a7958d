import Foundation
import Pipeline
import Testing

/// Exchanges that fail and lie at random. Seen to fail when a page that lacks bars is asked for once only, or not in halves.
@Suite("Random faults of an exchange", .enabled(if: LocalExchange.isThere, "no python3"))
struct FaultSequenceTests {
  /// What an exchange may do to an answer. Of those that hide bars three in a row would make a gap.
  private static let faults = [
    "ok", "ok", "ok", "ok", "429", "429=3", "429=date", "418", "500", "503=2", "cut", "cutjson", "reset", "close",
    "badjson",
    "errorbody", "empty", "late", "short", "gap", "same", "back", "dup", "wrongstep", "othersymbol", "outside", "nan",
    "negative",
    "upsidedown", "slow", "wrongsymbol", "refused",
  ]
  private static let hiding: Set<String> = ["empty", "late", "short", "gap"]

  /// A generator that is the same everywhere (SplitMix64).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      return word ^ word >> 31
    }
  }

  @Test("end in the right bars or in a clear refusal, in two hundred sequences", arguments: NativeExchange.allCases)
  func sequences(_ exchange: NativeExchange) throws {
    let now = Hours.start / 1000 + 700 * 3600 + 120
    let count = exchange == .binance ? 68 : 66
    var (whole, refused, unavailable) = (0, 0, 0)
    for seed in 0..<count {
      var generator = Generator(state: UInt64(seed) &* 3 &+ UInt64(exchange.rawValue.count))
      // Most faults are mild, so that some sequences come to their end.
      let isHarsh = seed % 3 == 0
      let names = isHarsh ? Self.faults : Array(Self.faults.prefix(21))
      let faults = (0..<Int.random(in: 1...14, using: &generator)).map { _ in
        names[Int.random(in: 0..<names.count, using: &generator)]
      }
      let first = Int.random(in: 0..<60, using: &generator)
      let range = Hours.range(first..<(first + Int.random(in: 1...500, using: &generator)))
      let world = try World(faults, gaps: seed % 5 == 0 ? [100..<104, 290..<291] : [], now: now)
      let truth = try world.truth(exchange.symbol, range)
      let sleeper = MadeSleeper(now * 1000)
      var home = Collecting()
      let note: Testing.Comment = "seed \(seed): \(faults)"
      do {
        try home.collect(exchange.source(world, sleeper), exchange.symbol, range, sleeper: sleeper)
        whole += 1
        // Whatever hid bars at each of the three times that they were asked for has made a gap or a later start of them.
        let hidden = faults.count { Self.hiding.contains($0) }
        if hidden < 3 { #expect(home.candles == truth, note) }
      } catch let fault as ExchangeFault {
        switch fault {
        case .lasting, .untrue: refused += 1
        case .unavailable: unavailable += 1
        default: Issue.record("seed \(seed): \(fault)")
        }
      }
      // Never a bar that is not true, whatever happened.
      #expect(Set(home.candles).isSubset(of: truth), note)
      #expect(home.candles.count == Set(home.candles.map(\.time)).count, note)
      // What counts as answered has all its bars, unless they were hidden three times.
      if faults.count(where: { Self.hiding.contains($0) }) < 3 {
        #expect(home.candles == truth.filter { home.covered.contains($0.time) }, note)
      }
      // And the same command, once the exchange is honest, ends in all of them.
      if faults.count(where: { Self.hiding.contains($0) }) < 3 {
        let honest = try World(gaps: seed % 5 == 0 ? [100..<104, 290..<291] : [], now: now)
        try home.collect(exchange.source(honest, sleeper), exchange.symbol, range, sleeper: MadeSleeper(now * 1000))
        #expect(home.candles == truth, note)
      }
    }
    #expect(
      whole > count / 4 && refused > 4, "\(whole) whole, \(refused) refused, \(unavailable) unavailable of \(count)")
  }
}
