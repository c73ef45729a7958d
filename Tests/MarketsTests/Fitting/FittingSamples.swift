import Foundation
import MarketData
import Markets
import Randomness

/// Returns that tests fit to.
enum FittingSamples {
  /// IBM's 3,269 daily log returns of the recorded stocks.
  static let ibm = Result {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let path = "\(root)/fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"
    let table = try CSVTable([UInt8](Data(contentsOf: URL(fileURLWithPath: path))), file: path)
    return try RecordedReturns(
      try BarTable(table, BarLayout(finding: [:], in: table, needs: [:]), assets: ["IBM"]), asset: 0)
  }

  /// A market with daily bars and 252 sessions a year.
  static let daily = RecordedSession(bar: .day, isContinuous: false, daysPerYear: 252, overnightVarianceShare: 0.35)

  /// Daily returns.
  static func returns(_ values: [Double], years: [Double]? = nil) -> RecordedReturns {
    RecordedReturns(
      asset: "AAA", file: "made.csv", times: (0...values.count).map { Int64($0) * 86_400_000 }, session: daily,
      values: values, years: years ?? values.map { _ in 1 / 252 })
  }

  /// Draws of the textbook kind, which share nothing with the market's own.
  struct Dice {
    private var stream: SparseStream

    /// - Parameter number: of the sample.
    init(_ name: String, _ number: Int) {
      stream = SparseStream(RandomStreams(seed: 11, namespace: .test).key(name), path: UInt64(number))
    }

    mutating func uniform() -> Double { stream.uniform() }
    /// By Box and Muller.
    mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
    mutating func exponential(mean: Double) -> Double { -mean * log(uniform()) }
    /// By counting exponential times.
    mutating func poisson(_ mean: Double) -> Int {
      var (count, time) = (-1, 0.0)
      while time < mean {
        time += exponential(mean: 1)
        count += 1
      }
      return count
    }
    /// Student's law with six degrees of freedom and variance 1: χ² of six is twice a sum of three exponentials.
    mutating func studentOfSix() -> Double {
      let chiSquare = 2 * (exponential(mean: 1) + exponential(mean: 1) + exponential(mean: 1))
      return normal() * (4 / chiSquare).squareRoot()
    }
  }

  /// Geometric Brownian motion's daily returns.
  static func brownian(_ count: Int, drift: Double, volatility: Double, number: Int) -> RecordedReturns {
    var dice = Dice("brownian", number)
    return returns(
      (0..<count).map { _ in
        (drift - 0.5 * volatility * volatility) / 252 + volatility / 252.0.squareRoot() * dice.normal()
      })
  }

  /// Merton's daily returns.
  static func merton(
    _ count: Int, drift: Double, diffusion: Double, rate: Double, mean: Double, deviation: Double, number: Int
  ) -> RecordedReturns {
    var dice = Dice("merton", number)
    let k = exp(mean + 0.5 * deviation * deviation) - 1
    return returns(
      (0..<count).map { _ in
        var sum =
          (drift - 0.5 * diffusion * diffusion - rate * k) / 252 + diffusion / 252.0.squareRoot() * dice.normal()
        for _ in 0..<dice.poisson(rate / 252) { sum += mean + deviation * dice.normal() }
        return sum
      })
  }

  /// GARCH's daily returns, as the literature writes it: h′ = ω + (α + γ·1[ε < 0])ε² + βh, 500 of them before the first.
  static func garch(
    _ count: Int, mean: Double = 0.0004, omega: Double, alpha: Double, gamma: Double, beta: Double, isStudent: Bool,
    number: Int
  ) -> RecordedReturns {
    var dice = Dice("garch", number)
    var h = omega / (1 - alpha - gamma / 2 - beta)
    let values = (0..<count + 500).map { _ -> Double in
      let innovation = h.squareRoot() * (isStudent ? dice.studentOfSix() : dice.normal())
      h = omega + (alpha + (innovation < 0 ? gamma : 0)) * innovation * innovation + beta * h
      return mean + innovation
    }
    return returns(Array(values.dropFirst(500)))
  }

  /// Heston's daily returns by Euler's steps with full truncation (Lord, Koekkoek & van Dijk 2010), 24 a day, a year of them before
  /// the first.
  static func heston(
    _ count: Int, drift: Double, mean: Double, reversion: Double, volatility: Double, correlation: Double, number: Int
  ) -> RecordedReturns {
    var dice = Dice("heston", number)
    let step = 1.0 / 252 / 24
    let rest = (1 - correlation * correlation).squareRoot()
    var v = mean
    let values = (0..<count + 252).map { _ -> Double in
      var sum = 0.0
      for _ in 0..<24 {
        let (price, own) = (dice.normal(), dice.normal())
        let held = max(v, 0)
        sum += (drift - 0.5 * held) * step + (held * step).squareRoot() * price
        let shock = correlation * price + rest * own
        v += reversion * (mean - held) * step + volatility * (held * step).squareRoot() * shock
      }
      return sum
    }
    return returns(Array(values.dropFirst(252)))
  }
}
