import GRDB
import Trading

extension ResultsStore {
  /// The outcomes of some paths of some desks as bit patterns, in (path, clone, desk) order.
  func outcomes(of paths: Range<Int64>, desks: Range<Int>) throws(StoreProblem) -> [UInt64] {
    let isReal = columns.map { $0.type == .real }
    return try words(
      """
      SELECT \(columns.map(\.name).joined(separator: ", ")) FROM outcomes
      WHERE path >= \(paths.lowerBound) AND path < \(paths.upperBound)
        AND desk >= \(desks.lowerBound) AND desk < \(desks.upperBound) ORDER BY path, clone, desk
      """, isReal: isReal)
  }

  /// What the closes of some paths of some desks add up to, likewise.
  func performance(of paths: Range<Int64>, desks: Range<Int>) throws(StoreProblem) -> [UInt64] {
    let columns = StoredColumn.performance
    return try words(
      """
      SELECT \(columns.map(\.name).joined(separator: ", ")) FROM performance
      WHERE path >= \(paths.lowerBound) AND path < \(paths.upperBound)
        AND desk >= \(desks.lowerBound) AND desk < \(desks.upperBound) ORDER BY path, desk
      """, isReal: columns.map { $0.type == .real })
  }

  /// What some paths drew, path by path.
  func draws(of paths: Range<Int64>, parameters: Range<Int>) throws(StoreProblem) -> [UInt64] {
    try words(
      """
      SELECT value FROM draws
      WHERE path >= \(paths.lowerBound) AND path < \(paths.upperBound)
        AND parameter >= \(parameters.lowerBound) AND parameter < \(parameters.upperBound) ORDER BY path, parameter
      """, isReal: [true])
  }

  private func words(_ sql: String, isReal: [Bool]) throws(StoreProblem) -> [UInt64] {
    try read { db in
      var words: [UInt64] = []
      try StoredRow.each(sql, in: db) { row in
        for (column, isReal) in isReal.enumerated() {
          words.append(row.word(Int32(truncatingIfNeeded: column), isReal: isReal))
        }
      }
      return words
    }
  }

  /// The path on which each desk ended worst, by the desk's number: the smallest final equity; of several, the first.
  func worstPaths() throws(StoreProblem) -> [Int: Int64] {
    var worst: [Int: (equity: Double, path: Int64)] = [:]
    try readOutcomes(["path", "desk", OutcomeColumn.fact(.finalEquity).name]) { words in
      let equity = Double(bitPattern: words[2])
      if equity < worst[Int(words[1])]?.equity ?? .infinity {
        worst[Int(words[1])] = (equity, Int64(bitPattern: words[0]))
      }
    }
    return worst.mapValues(\.path)
  }
}

extension OutcomeBatch {
  /// The rows as a store gives them back, which keeps no sign of a zero.
  func withoutSignsOfZeros(_ stored: [StoredColumn]) -> [UInt64] {
    let isReal = stored.map { $0.type == .real }
    return words.enumerated().map { place, word in
      isReal[place % columns] && Double(bitPattern: word) == 0 ? 0 : word
    }
  }
}
