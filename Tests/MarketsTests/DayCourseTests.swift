import Documents
import Foundation
import MarketData
import Markets
import Testing

/// Prices, volumes and spreads over a day with sessions, breaks and a profile.
@Suite("The course of the day in a market")
struct DayCourseTests {
  /// Tokyo's sessions from a Friday on: 0.35 of a day's variance overnight, 0.1 in the break, 0.2 of a week's over its end.
  private func clock(steps: Int) throws -> Clock {
    let times = ["09:00", "11:30", "12:30", "15:00"].compactMap { TimeOfDay($0) }
    let calendar = try TradingCalendar.sessions(
      [.init(open: times[0], close: times[1]), .init(open: times[2], close: times[3], breakVarianceShare: 0.1)],
      timeZone: "Asia/Tokyo", weekendVarianceShare: 0.2,
      profile: DayProfile(
        volume: .parts([4, 1, 1, 1, 3]), volatility: .parts([3, 1, 1, 1, 2]), spread: .uShape(4)))
    return try Clock(
      calendar: calendar, step: 1800, length: 1800 * Double(steps), warmup: 3600,
      start: CalendarDay(daysSince1970: 19_727))
  }

  /// A process by name, with a volatility of 0.4.
  struct Kind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable () throws -> any PriceProcess
  }

  private static let kinds = [
    Kind(testDescription: "gbm") { SmallMarket.gbm(0.4) },
    Kind(testDescription: "merton") { try SmallMarket.merton(0.4, rate: 2000, mean: -0.004, deviation: 0.004) },
    Kind(testDescription: "heston") {
      try Heston(
        annualVolatility: .fixed(0.4), reversion: .fixed(20), volatilityOfVariance: .fixed(1.5),
        correlation: .fixed(-0.6))
    },
    Kind(testDescription: "garch") {
      try Garch(
        annualVolatility: .fixed(0.4), halfLife: .fixed(36_000), reaction: .fixed(0.05), asymmetry: .fixed(0.05))
    },
  ]

  /// Each of the squares' means against σ² times the clock's variance, over 4096 paths: of 22 steps and 5 gaps, beyond 4.5
  /// standard errors in 7 of a million runs. Over both days their sum is σ² times what a Friday and a Monday have.
  @Test("gives each step and gap its share of the variance, whatever moves the price", arguments: kinds)
  func variance(_ kind: Kind) throws {
    let clock = try clock(steps: 20)
    let market = try Market(scenario: SmallMarket.scenario(clock, [try kind.make()]), seed: 11)
    var squares: [(gap: [Double], move: [Double])] = Array(repeating: ([], []), count: 22)
    for bars in market.bars(paths: 4096, groups: 16) {
      var last = bars[0][0].open
      for (index, step) in bars.enumerated() {
        let (gap, move) = (log(step[0].open / last), log(step[0].close / step[0].open))
        squares[index].gap.append(gap * gap)
        squares[index].move.append((gap + move) * (gap + move))
        last = step[0].close
      }
    }
    func expect(_ sample: [Double], _ years: Double, _ words: String) {
      let count = Double(sample.count)
      let mean = sample.reduce(0, +) / count
      let error = (sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count * (count - 1))).squareRoot()
      #expect(abs(mean - 0.16 * years) < 4.5 * error + 1e-9, "\(words): \(mean) for \(0.16 * years) ± \(error)")
    }
    for (index, sample) in squares.enumerated().dropFirst() {
      let (gap, intraday) = clock.varianceYears(index - clock.warmupSteps)
      expect(sample.move, gap + intraday, "step \(index - clock.warmupSteps)")
      if gap > 0, kind.testDescription == "gbm" { expect(sample.gap, gap, "gap of \(index - clock.warmupSteps)") }
    }
  }

  /// A stable law's scale goes with t^(1/α), truncated far out nearly so: three times the volatility are 9^(1/1.8) = 3.39 times the
  /// scale. Squares tell little where few moves make most of them; medians of 4096 are right to 2 % each.
  @Test("gives stable moves their scale")
  func stable() throws {
    let clock = try clock(steps: 20)
    let process = Stable(annualVolatility: 0.4, stability: 1.8, largestMove: 0.2)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 13)
    let paths = market.bars(paths: 4096, groups: 16)
    func median(_ step: Int) -> Double {
      paths.map { abs(log($0[step + clock.warmupSteps][0].close / $0[step + clock.warmupSteps][0].open)) }.sorted()[
        2048]
    }
    #expect(abs(median(1) / median(3) / 3.39 - 1) < 0.12, "\(median(1) / median(3))")
  }

  /// The mean of exp(σZ − σ²/2) is 1; over 2048 paths beyond 4.5 standard errors in 1.4 of 10,000 runs.
  @Test("gives each step its part of a day's volume, and the spread its mean")
  func liquidity() throws {
    let clock = try clock(steps: 20)
    let market = try Market(scenario: SmallMarket.scenario(clock, [SmallMarket.gbm()]), seed: 12)
    let paths = market.bars(paths: 2048, groups: 16)
    var (volume, spread) = (0.0, 0.0)
    for step in 0..<10 {
      let factors = clock.liquidityFactors(step)
      let volumes = paths.map { $0[step + clock.warmupSteps][0].volume }
      let mean = volumes.reduce(0, +) / 2048
      let error = 0.4166 * 100_000 * factors.volume / 2048.0.squareRoot()
      #expect(abs(mean - 100_000 * factors.volume) < 4.5 * error, "step \(step)")
      volume += mean
      spread += paths.reduce(0) { $0 + $1[step + clock.warmupSteps][0].halfSpread } / 2048
    }
    #expect(abs(volume / 1_000_000 - 1) < 0.02)
    #expect(abs(spread / 10 / 2e-4 - 1) < 0.01)
  }

  @Test("a signal does not go with it, nor do recorded bars")
  func refused() throws {
    let signal = PredictableReturns.Signal(
      deviation: .fixed(0.5), halfLife: .fixed(86_400), correlation: .fixed(0), visibility: .seen)
    let scenario = SmallMarket.scenario(
      try clock(steps: 20), [PredictableReturns(annualVolatility: .fixed(0.3), signal: signal)])
    #expect(throws: FormViolation.self) { try Market(scenario: scenario, seed: 1) }
  }
}
