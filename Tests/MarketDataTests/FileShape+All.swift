import MarketData

private typealias Shape = FileShape

private func prices(_ bar: Bar, _ digits: Int = 2) -> [String] {
  [bar.open, bar.high, bar.low, bar.close].map { FileShape.number($0, digits) }
}

private func whole(_ x: Double) -> String { FileShape.number(x, 0) }

private let day: Int64 = 86_400_000

extension FileShape {
  /// All that are read.
  static let all: [FileShape] = exchanges + vendors + programs + plain

  private static func binance(_ name: String, _ unit: Int64) -> FileShape {
    FileShape(name: name, kind: "Binance dump") { bars in
      table(nil, bars) { bar in
        let quote = bar.volume * (bar.open + bar.close) / 2
        return ["\(bar.time * unit)"] + prices(bar, 6)
          + [
            number(bar.volume, 3), "\((bar.time + 3_600_000) * unit - 1)", number(quote), whole(bar.volume / 7),
            number(bar.volume / 2), number(quote / 2), "0",
          ]
      }
    }
  }

  private static let exchanges = [
    binance("Binance, milliseconds", 1), binance("Binance, microseconds", 1000),
    FileShape(name: "Kraken OHLCVT", kind: "Kraken OHLCVT") { bars in
      table(nil, bars) { ["\($0.time / 1000)"] + prices($0) + [number($0.volume, 3), whole($0.volume / 9)] }
    },
    FileShape(name: "CryptoDataDownload", kind: "CryptoDataDownload") { bars in
      "https://www.CryptoDataDownload.com\n"
        + table("unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount", bars.reversed()) {
          ["\($0.time)", time($0.time, "Y-M-D h:m:s"), "BTC/USDT"] + prices($0)
            + [number($0.volume), number($0.volume * ($0.open + $0.close) / 2), whole($0.volume / 11)]
        }
    },
    FileShape(name: "Coinbase", kind: "Coinbase candles") { bars in
      table("time,low,high,open,close,volume", bars.reversed()) {
        ["\($0.time / 1000)"] + [$0.low, $0.high, $0.open, $0.close].map { number($0) } + [number($0.volume, 3)]
      }
    },
    FileShape(name: "NSE India", kind: "NSE India", step: day, price: 1200) { bars in
      table(
        #""Date ","series ","OPEN ","HIGH ","LOW ","PREV. CLOSE ","ltp ","close ","vwap ","VOLUME ""#, bars.reversed()
      ) { bar in
        ([time(bar.time, "D-N-Y"), "EQ"]
          + [bar.open, bar.high, bar.low, bar.open, bar.close, bar.close, bar.low].map { thousands($0) }
          + [thousands(bar.volume, 0)]).map { "\"\($0)\"" }
      }
    },
  ]

  private static let vendors = [
    FileShape(name: "Yahoo Finance", kind: "Yahoo Finance", step: day) { bars in
      table("Date,Open,High,Low,Close,Adj Close,Volume", bars) {
        [time($0.time, "Y-M-D")] + prices($0, 6) + [number($0.close * 0.9, 6), whole($0.volume)]
      }
    },
    FileShape(name: "yfinance", kind: "yfinance", step: day) { bars in
      table("Price,Close,High,Low,Open,Volume\nTicker,AAPL,AAPL,AAPL,AAPL,AAPL\nDate,,,,,", bars) { bar in
        [time(bar.time, "Y-M-D")] + [bar.close, bar.high, bar.low, bar.open].map { number($0, 6) } + [whole(bar.volume)]
      }
    },
    FileShape(name: "Alpha Vantage", kind: "Alpha Vantage", step: day) { bars in
      table("timestamp,open,high,low,close,volume", bars.reversed()) {
        [time($0.time, "Y-M-D")] + prices($0, 4) + [whole($0.volume)]
      }
    },
    FileShape(name: "Stooq, tickers", kind: "Stooq", step: day) { bars in
      table("<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>", bars) {
        ["AAPL.US", "D", time($0.time, "YMD"), "000000"] + prices($0) + [whole($0.volume), "0"]
      }
    },
    FileShape(name: "Stooq, dates", kind: "bars with named columns", step: day) { bars in
      table("Date,Open,High,Low,Close,Volume", bars) { [time($0.time, "Y-M-D")] + prices($0) + [whole($0.volume)] }
    },
    FileShape(name: "HistData.com", kind: "HistData.com", step: 60_000, volume: .none) { bars in
      table(nil, bars, separator: ";") { [time($0.time - 5 * 3_600_000, "YMD hms")] + prices($0, 6) + ["0"] }
    },
    FileShape(name: "investing.com", kind: "investing.com", step: day, price: 1300) { bars in
      "\u{FEFF}"
        + table(#""Date","Price","Open","High","Low","Vol.","Change %""#, bars.reversed()) { bar in
          ([time(bar.time, "M/D/Y")] + [bar.close, bar.open, bar.high, bar.low].map { thousands($0) }
            + [number(bar.volume / 1000) + "K", "-0.31%"]).map { "\"\($0)\"" }
        }
    },
    FileShape(name: "Polygon", kind: "Polygon flat file") { bars in
      table("ticker,volume,open,close,high,low,window_start,transactions", bars) {
        ["AAPL", whole($0.volume)] + [$0.open, $0.close, $0.high, $0.low].map { number($0) }
          + ["\($0.time)000000", whole($0.volume / 5)]
      }
    },
    FileShape(name: "FirstRate Data", kind: "bars without a header") { bars in
      table(nil, bars) { [time($0.time, "Y-M-D h:m:s")] + prices($0) + [whole($0.volume)] }
    },
  ]

  private static let programs = [
    FileShape(name: "MetaTrader 5", kind: "MetaTrader 5 export") { bars in
      table("<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>", bars, separator: "\t") {
        [time($0.time, "Y.M.D"), time($0.time, "h:m:s")] + prices($0) + [whole($0.volume), "0", "3"]
      }
    },
    FileShape(name: "MetaTrader 5, days", kind: "MetaTrader 5 export", step: day) { bars in
      table("<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>", bars, separator: "\t") {
        [time($0.time, "Y.M.D")] + prices($0) + ["7", whole($0.volume), "3"]
      }
    },
    FileShape(name: "MetaTrader 4", kind: "MetaTrader 4 export") { bars in
      table(nil, bars) { [time($0.time, "Y.M.D"), time($0.time, "h:m")] + prices($0) + [whole($0.volume)] }
    },
    FileShape(name: "Dukascopy, GMT", kind: "Dukascopy") { bars in
      table("Gmt time,Open,High,Low,Close,Volume", bars) {
        [time($0.time, "D.M.Y h:m:s.000")] + prices($0) + [number($0.volume, 4)]
      }
    },
    FileShape(name: "Dukascopy, local", kind: "Dukascopy") { bars in
      table("Local time,Open,High,Low,Close,Volume", bars) {
        [time($0.time + 3_600_000, "D.M.Y h:m:s.000") + " GMT+0100"] + prices($0) + [number($0.volume, 4)]
      }
    },
    FileShape(name: "pandas", kind: "pandas, an index without a name", step: day) { bars in
      table(",open,high,low,close,volume", bars) { [time($0.time, "Y-M-D")] + prices($0) + [number($0.volume, 1)] }
    },
    FileShape(name: "Interactive Brokers", kind: "Interactive Brokers") { bars in
      table("date,open,high,low,close,volume,average,barCount", bars) {
        [time($0.time - 5 * 3_600_000, "YMD  h:m:s") + " US/Eastern"] + prices($0)
          + [whole($0.volume), number($0.low, 3), "17"]
      }
    },
  ]

  private static func epoch(_ name: String, _ count: @escaping @Sendable (Int64) -> String) -> FileShape {
    FileShape(name: name, kind: "bars with named columns") { bars in
      table("time,open,high,low,close,volume", bars) { [count($0.time)] + prices($0) + [whole($0.volume)] }
    }
  }

  private static let plain = [
    epoch("seconds") { "\($0 / 1000)" }, epoch("milliseconds") { "\($0)" }, epoch("microseconds") { "\($0)000" },
    epoch("nanoseconds") { "\($0)000000" }, epoch("compact, to the minute") { time($0, "YMDhm") },
    epoch("compact, to the second") { time($0, "YMDhms") },
    epoch("names of months and half days") { "\"\(halfDays($0))\"" },
    epoch("dates with slashes, the year first") { time($0, "Y/M/D h:m") },
    FileShape(name: "decimal commas", kind: "bars with named columns", step: day, price: 1300) { bars in
      table("Date;Open;High;Low;Close;Volume", bars, separator: ";") { bar in
        [time(bar.time, "D.M.Y")]
          + [bar.open, bar.high, bar.low, bar.close].map {
            thousands($0).replacing(",", with: "_").replacing(".", with: ",").replacing("_", with: ".")
          } + [whole(bar.volume)]
      }
    },
    FileShape(name: "tabs, decimal commas, no header", kind: "bars without a header", step: day) { bars in
      table(nil, bars, separator: "\t") {
        [time($0.time, "Y-M-D")] + prices($0).map { $0.replacing(".", with: ",") } + [whole($0.volume)]
      }
    },
    FileShape(name: "Excel's line of separators", kind: "bars with named columns", step: day) { bars in
      "sep=;\n"
        + table("Date;Open;High;Low;Close;Volume", bars, separator: ";") {
          [time($0.time, "Y-M-D")] + prices($0) + [whole($0.volume)]
        }
    },
  ]

  private static func halfDays(_ milliseconds: Int64) -> String {
    let hour = Int(time(milliseconds, "h")) ?? 0
    return time(milliseconds, "N D, Y ") + "\(hour % 12 == 0 ? 12 : hour % 12):00 \(hour < 12 ? "AM" : "PM")"
  }
}
