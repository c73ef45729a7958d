import Indicators
import MarketData
import Testing

@Suite("Streaming against the definition")
struct DefinitionTests {
  static let names = IndicatorCatalogue.entries.map(\.name)

  @Test(
    "every indicator equals a slow one written from its definition, on random bars, constant bars and jumps",
    arguments: names, MadeBars.allCases)
  func twin(_ name: String, _ kind: MadeBars) throws {
    let call = try IndicatorCall(#require(IndicatorCatalogue.entry(name)))
    for seed in 1...6 {
      let series = kind.series(seed: UInt64(seed), count: 260)
      let ours = call.run(series)
      let twins = Definitions.columns(name, series)
      try #require(twins.count == ours.count, "\(name) has no twin")
      for (column, twin) in zip(ours, twins) {
        // Figures that are rounding alone (NaN in the twin) say nothing; a cancelled difference has the prices' rounding.
        let largest = twin.compactMap { $0.map(abs) }.filter { !$0.isNaN }.max() ?? 0
        for (index, expected) in twin.enumerated() {
          guard let expected else {
            #expect(column[index].isNaN, "seed \(seed), bar \(index): \(column[index]) in the look-back")
            continue
          }
          if expected.isNaN { continue }
          let close = abs(column[index] - expected) <= 1e-10 * abs(expected) + 1e-12 * Swift.max(largest, 100)
          #expect(close, "seed \(seed), bar \(index): \(column[index]), by definition \(expected)")
          if !close { return }
        }
      }
    }
  }

  static let windowed = [
    "SMA", "WMA", "TRIMA", "BBANDS", "MIDPOINT", "MIDPRICE", "STOCH", "STOCHF", "WILLR", "CCI", "ROC", "PPO", "APO",
    "ULTOSC",
    "MFI", "AROON", "LINEARREG", "LINEARREG_SLOPE", "LINEARREG_INTERCEPT", "TSF", "STDDEV", "VAR", "BETA", "CORREL",
    "MAX",
    "MIN",
  ]

  @Test("prices a billion times as high leave no trace a hundred bars after they left the window", arguments: windowed)
  func trace(_ name: String) throws {
    let call = try IndicatorCall(#require(IndicatorCatalogue.entry(name)))
    let (before, after) = (MadeBars.random.series(seed: 8, count: 77), MadeBars.random.series(seed: 9, count: 300))
    var series = BarSeries()
    for index in 0..<before.count {
      let bar = before[index]
      series.append(
        Bar(
          time: bar.time, open: bar.open * 1e9, high: bar.high * 1e9, low: bar.low * 1e9, close: bar.close * 1e9,
          volume: bar.volume))
    }
    for index in 0..<after.count { series.append(after[index]) }
    for (whole, alone) in zip(call.run(series), call.run(after)) {
      for index in 150..<300 {
        let (figure, expected) = (whole[77 + index], alone[index])
        let close = abs(figure - expected) <= 1e-9 * Swift.max(abs(expected), 1e-3)
        #expect(close, "bar \(index): \(figure), without them \(expected)")
        if !close { return }
      }
    }
  }
}
