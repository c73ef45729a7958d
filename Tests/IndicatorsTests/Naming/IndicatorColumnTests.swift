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

  @Test("a name with all parameters is the name with what is left out, and names itself again")
  func whole() throws {
    for (short, whole) in [
      ("BBANDS_upper", "BBANDS_20_2_2_upper"), ("STOCHRSI_d", "STOCHRSI_14_5_3_d"), ("PPO_12_26", "PPO_12_26_sma"),
      ("SAR", "SAR_0.02_0.2"), ("FAMA", "FAMA_0.5_0.05"), ("T3_5", "T3_5_0.7"), ("HT_TRENDLINE", "HT_TRENDLINE"),
      ("PLUS_DI", "PLUS_DI_14"), ("LINEARREG_SLOPE", "LINEARREG_SLOPE_14"), ("AROON_down", "AROON_14_down"),
    ] {
      let (a, b) = (try IndicatorColumn(short), try IndicatorColumn(whole))
      #expect(a.call == b.call && a.output == b.output && a.call.columnName(a.output) == whole)
    }
  }

  @Test("no name is a trap: each gives a column or an error")
  func fuzz() {
    let pieces =
      IndicatorCatalogue.entries.map(\.name) + ["_", "__", "1", "2", "0", "-1", "1e9", ".", "0.5", "é", " ", "k"]
      + ["99999999999999999999", "ema", "upper", "nan", "inf", "0x10", "…", "🂡", "signal", "100000", "4.0"]
    var state: UInt64 = 7
    var read = 0
    for round in 0..<6_000 {
      var name = ""
      for _ in 0...(round % 4) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        name += (name.isEmpty || (state >> 20) % 4 == 0 ? "" : "_") + pieces[Int(state >> 33) % pieces.count]
      }
      do throws(IndicatorColumnError) {
        let column = try IndicatorColumn(name)
        #expect(column.lookBack >= 0)
        read += 1
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    #expect(read > 100)
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
    Wrong(name: "SMA_20_30", message: "SMA takes 1 parameter (period), found 2"),
    Wrong(
      name: "MACD_1_2_3_4", message: "MACD, fast: 1 is outside 2…100000"),
    Wrong(name: "MACD_3_4_5_6", message: "MACD takes at most 3 parameters (fast, slow, signal), found 4"),
    Wrong(name: "TYPPRICE_3", message: "TYPPRICE takes no parameters, found 1"),
    Wrong(name: "T3_5_1.5", message: "T3, factor: 1.5 is outside 0…1"),
    Wrong(name: "RSI_0", message: "RSI, period: 0 is outside 2…100000"),
    Wrong(
      name: "LINEARREG_SLOP_14",
      message: #""LINEARREG_SLOP_14": "SLOP" is neither a parameter nor an output column"#),
    Wrong(
      name: "LINEAREG_SLOPE_14", message: #"unknown indicator "LINEAREG_SLOPE_14"; did you mean "LINEARREG_SLOPE_14"?"#),
    Wrong(name: "STOCH", message: #""STOCH" has several output columns: add one of _k, _d"#),
    Wrong(name: "BBANDS_20", message: #""BBANDS_20" has several output columns: add one of _upper, _middle, _lower"#),
    Wrong(
      name: "PPO_12_26_emma",
      message: #""PPO_12_26_emma": "emma" is neither a parameter nor an output column; did you mean "ema"?"#),
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
