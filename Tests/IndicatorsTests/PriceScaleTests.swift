import Foundation
import Indicators
import MarketData
import Testing

@Suite("The scale of prices")
struct PriceScaleTests {
  /// A currency's minutes: prices near 1.08 in ticks of 10⁻⁵, ranges of a few ticks, now and then a bar without any.
  private static func minutes(seed: UInt64, times scale: Double = 1) -> BarSeries {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func ticks(_ most: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(Double(state >> 11) * 0x1p-53 * Double(most + 1))
    }
    var close = 108_000
    func price(_ ticks: Int) -> Double { Double(ticks) / 100_000 * scale }
    var columns: [[Double]] = Array(repeating: [], count: 5)
    for index in 0..<400 {
      let open = close
      close += index % 9 == 0 ? 0 : ticks(8) - 4
      let high = max(open, close) + (index % 9 == 0 ? 0 : ticks(3))
      let low = min(open, close) - (index % 9 == 0 ? 0 : ticks(3))
      for (column, value) in [price(open), price(high), price(low), price(close), Double(ticks(500))].enumerated() {
        columns[column].append(value)
      }
    }
    return Fixtures.series(
      open: columns[0], high: columns[1], low: columns[2], close: columns[3], volume: columns[4])
  }

  static let scales = [1e-8, 1e-6, 1e-3, 1, 1e3, 1e8]
  static let divided = [
    "CORREL", "STDDEV", "VAR", "BETA", "BOP", "WILLR", "STOCH", "STOCHF", "RSI", "CMO", "PLUS_DI", "MINUS_DI", "ULTOSC",
    "CCI", "KAMA", "PPO", "NATR",
  ]

  /// Measured before: `CORREL`, `BETA` and `STDDEV` were 0 on these bars; at prices of 10⁻⁸ all of the list but three were.
  @Test("what divides equals its definition at every scale", arguments: divided, scales)
  func definition(_ name: String, _ scale: Double) throws {
    let call = try IndicatorCall(#require(IndicatorCatalogue.entry(name)))
    let series = Self.minutes(seed: 4, times: scale)
    for (column, twin) in zip(call.run(series), Definitions.columns(name, series)) {
      // A figure that cancels has the rounding of the largest: prices have 16 digits, and their moves are the last five.
      let largest = twin.compactMap { $0.map(abs) }.filter { !$0.isNaN }.max() ?? 0
      #expect(largest > 0)
      for (index, expected) in twin.enumerated() {
        guard let expected, !expected.isNaN else { continue }
        let close = abs(column[index] - expected) <= 1e-8 * largest
        #expect(close, "bar \(index): \(column[index]), by definition \(expected)")
        if !close { return }
      }
    }
  }

  /// Powers of two scale without rounding: a figure in price, its square or none of it follows bit for bit, unless something
  /// in it is absolute. An angle is in no unit of price.
  @Test(
    "every indicator's figures follow the prices' scale bit for bit",
    arguments: IndicatorCatalogue.entries.map(\.name).filter { $0 != "LINEARREG_ANGLE" })
  func everyIndicator(_ name: String) throws {
    let call = try IndicatorCall(#require(IndicatorCatalogue.entry(name)))
    let plain = call.run(Self.minutes(seed: 6))
    for scale in [0x1p-27, 0x1p27] {
      for (column, scaled) in zip(plain, call.run(Self.minutes(seed: 6, times: scale))) {
        let follows = [1, scale, scale * scale].contains { factor in
          zip(column, scaled).allSatisfy { $0 * factor == $1 || ($0.isNaN && $1.isNaN) }
        }
        #expect(follows, "scale \(scale)")
      }
    }
  }

  /// Exactly: five prices of 2e-6 whose deviations are 0, 1, −1, 2 and −2 ticks of 10⁻⁸ have a variance of 2 ticks².
  @Test("the deviation of five ticks at a price of 2e-6 is √2 of them")
  func smallTicks() throws {
    let closes = [2e-6, 2.01e-6, 1.99e-6, 2.02e-6, 1.98e-6]
    let series = Fixtures.series(open: closes, high: closes, low: closes, close: closes, volume: closes)
    let figure = IndicatorColumn.values([try IndicatorColumn("STDDEV_5")], of: series)[0][4]
    #expect(abs(figure / (2.0.squareRoot() * 1e-8) - 1) < 1e-9, "\(figure)")
  }

  /// What a jump has left in the sums of its block is no deviation.
  @Test("prices that stand still have none of these figures", arguments: ["STDDEV", "VAR", "BETA", "CORREL", "BOP"])
  func level(_ name: String) throws {
    let call = try IndicatorCall(#require(IndicatorCatalogue.entry(name)))
    for height in [1e-8, 0.3, 1e8] {
      let prices = (0..<90).map { $0 < 33 ? height : height * 1.7 }
      let series = Fixtures.series(open: prices, high: prices, low: prices, close: prices, volume: prices)
      for column in call.run(series) {
        #expect(column[(33 + 31)...].allSatisfy { $0 == 0 }, "\(column.suffix(20))")
      }
    }
  }
}
