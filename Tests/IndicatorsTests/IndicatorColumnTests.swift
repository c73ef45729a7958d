import Indicators
import Testing

@Suite("Names of columns")
struct IndicatorColumnTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    let name, message: String
    var testDescription: String { name }
  }

  @Test("parameters and outputs are read from the name, and what is left out takes its default")
  func names() throws {
    let column = try IndicatorColumn("SMA_20")
    #expect(column.call.entry.name == "SMA" && column.call.parameters.values == [20] && column.lookBack == 19)
    #expect(try IndicatorColumn("SMA").call.parameters.values == [30])
    #expect(try IndicatorColumn("MACD").call == IndicatorColumn("MACD_12_26_9_hist").call)
    #expect(try IndicatorColumn("MACD_5").call.parameters.values == [5, 26, 9])
    #expect(try IndicatorColumn("MACD_signal").output == 1)
    #expect(try IndicatorColumn("MACD_8_17_9_hist").call.columnName(2) == "MACD_8_17_9_hist")
  }

  static let wrong = [
    Wrong(name: "SMMA_20", message: #"unknown indicator "SMMA_20"; did you mean "SMA_20"?"#),
    Wrong(name: "sma_20", message: #"unknown indicator "sma_20"; did you mean "SMA_20"?"#),
    Wrong(name: "MACDsignal", message: #"unknown indicator "MACDsignal"; did you mean "MACD_signal"?"#),
    Wrong(
      name: "nonsense",
      message: #"unknown indicator "nonsense"; `stresslab list indicators` names them all"#),
    Wrong(name: "", message: #"unknown indicator ""; `stresslab list indicators` names them all"#),
    Wrong(name: "SMA_1", message: "SMA, period: 1 is outside 2…100000"),
    Wrong(name: "SMA_100001", message: "SMA, period: 100001 is outside 2…100000"),
    Wrong(name: "SMA_99999999999999", message: "SMA, period: 99999999999999 is outside 2…100000"),
    Wrong(
      name: "SMA_" + String(repeating: "9", count: 400),
      message: "SMA, period: \(String(repeating: "9", count: 400)) is not a finite number"),
    Wrong(name: "SMA_2.5", message: "SMA, period: 2.5 is not a whole number"),
    Wrong(name: "SMA_20_30", message: "SMA takes at most 1 (period) parameters, found 2"),
    Wrong(
      name: "MACD_1_2_3_4", message: "MACD, fast: 1 is outside 2…100000"),
    Wrong(name: "MACD_3_4_5_6", message: "MACD takes at most 3 (fast, slow, signal) parameters, found 4"),
    Wrong(name: "SMA_", message: #""SMA_": "" is neither a parameter nor an output column"#),
    Wrong(name: "SMA_-3", message: #""SMA_-3": "-3" is neither a parameter nor an output column"#),
    Wrong(name: "SMA_1e3", message: #""SMA_1e3": "1e3" is neither a parameter nor an output column"#),
    Wrong(name: "SMA_nan", message: #""SMA_nan": "nan" is neither a parameter nor an output column"#),
    Wrong(
      name: "MACD_sginal",
      message: #""MACD_sginal": "sginal" is neither a parameter nor an output column; did you mean "signal"?"#),
    Wrong(name: "MACD_signal_9", message: #""MACD_signal_9": "signal" must come last"#),
  ]

  @Test("a wrong name is answered with what was found, what was expected and the nearest name", arguments: wrong)
  func refused(_ wrong: Wrong) {
    do {
      let column = try IndicatorColumn(wrong.name)
      Issue.record("\(column.call.columnName(0)) was read")
    } catch {
      #expect(error.description == wrong.message)
    }
  }
}
