extension BarShape {
  /// Stooq's files with tickers: a header in angle brackets, compact dates, date and time apart.
  static let stooq = BarShape(name: "Stooq", mark: "a header with <TICKER>, <PER> and <DATE>") { head in
    let names = Set(head.first.map { $0.uppercased() })
    guard names.isSuperset(of: ["<TICKER>", "<PER>", "<DATE>"]) else { return nil }
    var known = Knowledge()
    known.notes = ["Stooq adjusts its prices for splits, and those of many files for dividends."]
    return known
  }
}
