extension BarShape {
  /// What the Python package yfinance gives, written by pandas: three rows of names, by kind of price, ticker and index.
  static let yfinance = BarShape(
    name: "yfinance", mark: "three rows of names that begin with Price, Ticker and Date or Datetime"
  ) { head in
    guard head.first.first == "Price", head.rows.count >= 2, head.rows[0].first == "Ticker",
      let time = head.rows[1].first, time == "Date" || time == "Datetime"
    else { return nil }
    var known = Knowledge()
    let tickers = Set(head.rows[0].dropFirst())
    guard tickers.count == 1 else {
      known.refusal =
        "the file is of yfinance with \(tickers.count) tickers side by side: write a file for each, or one row for each "
        + "ticker by .stack(level=\"Ticker\")"
      return known
    }
    known.names = ["Date"] + head.first.dropFirst()
    known.headerRows = 3
    known.notes = [
      "yfinance adjusts its prices for splits and dividends unless it is told not to, which the file does not say."
    ]
    return known
  }
}
