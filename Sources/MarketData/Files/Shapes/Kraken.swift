extension BarShape {
  /// Kraken's OHLCVT files: seven columns without a header, times in seconds, trades last.
  static let kraken = BarShape(
    name: "Kraken OHLCVT", mark: "no header, seven columns, the first a count of seconds, the last whole numbers"
  ) { head in
    guard head.isHeaderless, head.first.count == 7, [9, 10].contains(head.first[0].utf8.count),
      head.first[0].utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    var known = Knowledge()
    known.names = ["time", "open", "high", "low", "close", "volume", "trades"]
    known.proof = { HeaderlessProof.problems($0, $1) + HeaderlessProof.fractions($0, 6, "trades") }
    known.notes = ["Kraken leaves out bars in which nothing was traded."]
    return known
  }
}
