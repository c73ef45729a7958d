import Glibc
import Lanes
import MarketData
import Markets
import Testing

extension SmallMarket {
  /// A clock of so few days a year that a step is a part of it as long as is wanted, without nights or with them.
  static func coarseClock(
    stepsPerYear: Double, steps: Int, nights: Bool = false, warmup: Int = 0, substeps: Int = 1
  ) throws -> Clock {
    let calendar: TradingCalendar
    if nights, let open = TimeOfDay("09:30"), let close = TimeOfDay("16:00") {
      calendar = try .sessions(
        open: open, close: close, timeZone: "America/New_York", daysPerYear: stepsPerYear,
        overnightVarianceShare: 0.35)
    } else {
      calendar = .continuous(daysPerYear: stepsPerYear)
    }
    let step = calendar.secondsPerDay
    return try Clock(
      calendar: calendar, step: step, length: step * Double(steps), warmup: step * Double(warmup),
      start: CalendarDay(daysSince1970: 19_725), substeps: substeps)
  }
}

extension Market {
  /// Prices at the horizon of one asset, as fractions of the start.
  func finalPrices(paths: Int, asset: Int = 0) -> [Double] {
    var prices: [Double] = []
    prices.reserveCapacity(paths)
    walk(paths: paths, groups: 32) { tile in
      guard tile.step == description.clock.steps - 1 else { return }
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count { prices.append(tile.bars[asset * tile.groups + group].close[lane] / 100) }
      }
    }
    return prices
  }
}

/// How many standard errors a sample's mean is from a number.
func score(_ sample: some Sequence<Double>, against expected: Double) -> Double {
  var moments = SampleMoments()
  for x in sample { moments.add(x - expected) }
  return moments.mean / moments.standardError
}

/// How many standard errors the mean payoff of a call on 100, discounted at the drift, is from its price.
func callScore(
  _ prices: [Double], strike: Double, rate: Double, _ years: Double, _ exponent: (Complex) -> Complex
) -> Double {
  let expected = CharacteristicFunction.call(strike: strike, rate: rate, years, exponent)
  let discount = exp(-rate * years)
  return score(prices.lazy.map { discount * max(100 * $0 - strike, 0) }, against: expected)
}

/// A sample's central moments against cumulants c₂, c₃ and c₄, in standard errors.
/// Source of the errors: Stuart & Ord, *Kendall's Advanced Theory of Statistics* I, 10.9.
func cumulantScores(_ sample: [Double], _ c2: Double, _ c3: Double, _ c4: Double) -> [Double] {
  let n = Double(sample.count)
  let mean = sample.reduce(0, +) / n
  var sums = [Double](repeating: 0, count: 9)
  for x in sample {
    var power = 1.0
    for index in sums.indices {
      sums[index] += power
      power *= x - mean
    }
  }
  let m = sums.map { $0 / n }
  let error2 = ((m[4] - m[2] * m[2]) / n).squareRoot()
  let error3 = ((m[6] - m[3] * m[3] - 6 * m[4] * m[2] + 9 * m[2] * m[2] * m[2]) / n).squareRoot()
  let error4 = ((m[8] - m[4] * m[4] - 8 * m[5] * m[3] + 16 * m[2] * m[3] * m[3]) / n).squareRoot()
  return [(m[2] - c2) / error2, (m[3] - c3) / error3, (m[4] - (c4 + 3 * c2 * c2)) / error4]
}
