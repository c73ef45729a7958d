extension BarShape {
  /// Yahoo Finance: a second close, adjusted for dividends too; days without prices are `null`.
  static let yahoo = BarShape(name: "Yahoo Finance", mark: "columns Close and Adj Close") { head in
    let names = head.plainNames
    guard names.contains("close"), names.contains("adj close") else { return nil }
    return Knowledge()
  }
}
