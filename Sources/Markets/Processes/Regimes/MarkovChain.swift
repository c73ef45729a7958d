/// Long-run shares of a Markov chain in discrete time.
enum MarkovChain {
  /// π with πP = π and Σπ = 1, by elimination with row exchanges; nil where there is more than one.
  ///
  /// - Parameter shares: P, `[from][to]`; each row adds up to 1.
  static func stationary(_ shares: [[Double]]) -> [Double]? {
    let n = shares.count
    // (Pᵀ − 1)π = 0, the last equation replaced by Σπ = 1.
    var rows = (0..<n).map { to in (0..<n).map { from in shares[from][to] - (from == to ? 1 : 0) } + [0] }
    rows[n - 1] = Array(repeating: 1, count: n + 1)
    for column in 0..<n {
      guard let pivot = (column..<n).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 1e-12
      else { return nil }
      rows.swapAt(column, pivot)
      for row in 0..<n where row != column && rows[row][column] != 0 {
        let factor = rows[row][column] / rows[column][column]
        for place in column...n { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return (0..<n).map { max(rows[$0][n] / rows[$0][$0], 0) }
  }
}
