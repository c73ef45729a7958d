extension BarShape {
  /// The National Stock Exchange of India: names with blanks, 02-Jan-2020, thousands with commas, newest first.
  static let nse = BarShape(name: "NSE India", mark: "columns PREV. CLOSE and ltp or vwap") { head in
    let names = Set(head.plainNames)
    guard names.contains("prev. close") || names.contains("prev close"), !names.isDisjoint(with: ["ltp", "vwap"]) else {
      return nil
    }
    var known = Knowledge()
    known.notes = ["Prices are not adjusted for splits or dividends."]
    return known
  }
}
