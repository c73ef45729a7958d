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
}
