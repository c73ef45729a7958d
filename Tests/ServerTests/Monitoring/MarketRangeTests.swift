import Foundation
import MarketData
import Server
import Testing

@Suite("Whether newer bars are like those before")
struct MarketRangeTests {
  @Test("Measures of a stretch are those of their definitions")
  func measures() {
    // Closes double and halve; highs and lows are e times and a quarter of e apart.
    let closes = [1.0, 2, 1, 2, 1]
    let bars = closes.enumerated().map { number, close in
      Bar(
        time: Int64(number), open: close, high: 4 * exp(1) * close, low: close, close: close,
        volume: Double(10 * number))
    }
    let moves = BarMoves(bars)
    #expect(moves.count == 4)
    let two = log(2.0)
    for value in moves.values(.volatility, bars: 2) { #expect(abs(value - two) < 1e-15) }
    for value in moves.values(.largestMove, bars: 2) { #expect(abs(value - two) < 1e-15) }
    let range = (2 * two + 1) / (4 * two).squareRoot()
    for value in moves.values(.range, bars: 3) { #expect(abs(value - range) < 1e-14) }
    #expect(moves.values(.volume, bars: 2) == [15, 25, 35])
    #expect(moves.values(.volume, bars: 4) == [25])
    #expect(moves.values(.volatility, bars: 5) == [])
  }

  @Test("The largest move of every stretch is the one that looking at each finds")
  func largest() {
    var random = Seeded(7)
    let bars = Self.bars(400, &random)
    let moves = BarMoves(bars)
    let steps = zip(bars, bars.dropFirst()).map { abs(log($1.close / $0.close)) }
    for length in [1, 2, 7, 50] {
      let slow = (0...steps.count - length).map { steps[$0..<$0 + length].max() ?? 0 }
      #expect(zip(moves.values(.largestMove, bars: length), slow).allSatisfy { abs($0 - $1) < 1e-15 })
    }
  }

  @Test("Bars without highs, lows and volume are measured by their closes alone")
  func missing() {
    let bars = [1.0, 2, 3].map { Bar(time: 0, open: .nan, high: .nan, low: .nan, close: $0, volume: .nan) }
    #expect(BarMoves(bars).measures == [.volatility, .largestMove])
  }

  @Test("What is beyond all stretches has p = 2/(K + 1), and what is in the middle has 1")
  func extremes() throws {
    // 40 stretches of one bar: |move| = 1, 2, …, 40 hundredths.
    let prices = (0...40).reduce(into: [1.0]) { prices, number in
      if number > 0 { prices.append(prices[prices.count - 1] * exp(Double(number) / 100)) }
    }
    let bars = prices.map { Bar(time: 0, open: $0, high: $0, low: $0, close: $0, volume: .nan) }
    let range = try #require(MarketRange([BarMoves(bars)], bars: 1))
    #expect(range.windows == 40)
    func judged(_ move: Double) -> MarketRange.Judgement? {
      let newest = [1, exp(move)].map { Bar(time: 0, open: $0, high: $0, low: $0, close: $0, volume: .nan) }
      return range.judgements(of: BarMoves(newest)).first { $0.measure == .volatility }
    }
    #expect(judged(0.405).map { abs($0.p - 2.0 / 41) < 1e-12 && $0.isAlarm && $0.isAbove } == true)
    #expect(judged(0.395).map { abs($0.p - 4.0 / 41) < 1e-12 && !$0.isAlarm } == true)
    #expect(judged(0.005).map { abs($0.p - 2.0 / 41) < 1e-12 && $0.isAlarm && !$0.isAbove } == true)
    #expect(judged(0.205)?.p == 1)
  }

  @Test("A reference of fewer than 39 stretches tells nothing")
  func short() {
    var random = Seeded(1)
    #expect(MarketRange([BarMoves(Self.bars(39 * 8, &random))], bars: 8) == nil)
    #expect(MarketRange([BarMoves(Self.bars(39 * 8 + 1, &random))], bars: 8) != nil)
  }

  /// 2,000 looks at 100 references: the rate that is stated is 1 %, and twice that is the most. With 2 % true, 3 % and more would be
  /// seen once in 1,000 times.
  @Test("Where nothing has changed no more looks alarm than is stated")
  func falseAlarms() throws {
    var random = Seeded(20_261_201)
    let (references, looks) = (100, 20)
    var alarms = 0
    for _ in 0..<references {
      let range = try #require(MarketRange([BarMoves(Self.bars(8 * 900 + 1, &random))], bars: 8))
      for _ in 0..<looks {
        let judgements = range.judgements(of: BarMoves(Self.bars(9, &random)))
        #expect(judgements.count == 4)
        #expect(abs(range.falseAlarmRate(judgements) - 0.01) < 1e-9)
        if judgements.contains(where: \.isAlarm) { alarms += 1 }
      }
    }
    #expect(Double(alarms) / Double(references * looks) < 0.03)
  }

  @Test("A reference that is short states a higher rate, and keeps to it")
  func shortReference() throws {
    var random = Seeded(5)
    let looks = 1500
    var alarms = 0
    for _ in 0..<looks {
      let range = try #require(MarketRange([BarMoves(Self.bars(8 * 60 + 1, &random), hasVolume: false)], bars: 8))
      let judgements = range.judgements(of: BarMoves(Self.bars(9, &random)))
      // Three measures at 2/61 each.
      #expect(abs(range.falseAlarmRate(judgements) - 6.0 / 61) < 0.002)
      if judgements.contains(where: \.isAlarm) { alarms += 1 }
    }
    // 0.098 and 3 standard errors of 0.0077.
    #expect(Double(alarms) / Double(looks) < 0.122)
  }

  @Test("Twice the volatility is seen in nine looks of ten at the least")
  func detection() throws {
    var random = Seeded(99)
    let range = try #require(MarketRange([BarMoves(Self.bars(24 * 900 + 1, &random))], bars: 24))
    let looks = 300
    let seen = (0..<looks).count { _ in
      range.judgements(of: BarMoves(Self.bars(25, &random, volatility: 0.02))).contains {
        $0.isAlarm && $0.isAbove && ($0.measure == .volatility || $0.measure == .range)
      }
    }
    #expect(Double(seen) / Double(looks) > 0.9)
  }

  @Test("A market that has gone quiet is seen too")
  func quiet() throws {
    var random = Seeded(3)
    let range = try #require(MarketRange([BarMoves(Self.bars(24 * 900 + 1, &random))], bars: 24))
    let judgements = range.judgements(of: BarMoves(Self.bars(25, &random, volatility: 0.001)))
    #expect(judgements.contains { $0.measure == .volatility && $0.isAlarm && !$0.isAbove })
  }

  /// Bars whose moves do not depend on each other.
  private static func bars(_ count: Int, _ random: inout Seeded, volatility: Double = 0.01) -> [Bar] {
    var price = 100.0
    return (0..<count).map { number in
      let open = price
      price *= exp(volatility * random.normal())
      let high = max(open, price) * exp(0.3 * volatility * abs(random.normal()))
      let low = min(open, price) * exp(-0.3 * volatility * abs(random.normal()))
      return Bar(
        time: Int64(number) * 3_600_000, open: open, high: high, low: low, close: price,
        volume: exp(0.2 * random.normal()))
    }
  }
}

/// Random numbers that follow from a seed: SplitMix64 (Steele, Lea & Flood 2014), and Box and Muller's normal variates.
struct Seeded {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return (Double((word ^ word >> 31) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
}
