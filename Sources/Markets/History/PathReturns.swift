import Lanes
import MarketData

/// What the log returns of a file of paths are over all its paths and rows.
struct PathReturns: Sendable {
  /// By asset: means across the gap and from open to close.
  let means: [(gap: Double, move: Double)]
  /// Correlations of the log returns from open to close; 0 where one of two never moves.
  let correlations: [[Double]]

  private init(means: [(gap: Double, move: Double)], correlations: [[Double]]) {
    self.means = means
    self.correlations = correlations
  }

  /// Of the rows but the first of each path, in which it starts.
  init(_ columns: [OutsidePaths.Columns], paths: Int, rows: Int) {
    let count = Double(max(paths * (rows - 1), 1))
    var gaps = columns.map { _ in 0.0 }
    var moves = columns.map { _ in 0.0 }
    var products = columns.map { _ in columns.map { _ in 0.0 } }
    for path in 0..<paths {
      let first = path * rows
      let all = columns.map { Self.moves($0, first, rows) }
      for asset in columns.indices {
        let close = columns[asset].close
        let move = all[asset].reduce(0, +)
        moves[asset] += move
        if columns[asset].open != nil {
          gaps[asset] += log(Lanes(close[first + rows - 1] / close[first]))[0] - move
        }
        for other in 0...asset {
          products[asset][other] += zip(all[asset], all[other]).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
    }
    let covariances = columns.indices.map { asset in
      columns.indices.map { other in
        products[max(asset, other)][min(asset, other)] / count - moves[asset] / count * (moves[other] / count)
      }
    }
    correlations = columns.indices.map { asset in
      columns.indices.map { other in
        if asset == other { return 1 }
        let scale = (max(0, covariances[asset][asset]) * max(0, covariances[other][other])).squareRoot()
        return scale > 0 ? max(-1, min(1, covariances[asset][other] / scale)) : 0
      }
    }
    means = zip(gaps, moves).map { ($0 / count, $1 / count) }
  }

  /// The same of the assets in another order.
  func reordered(_ order: [Int]) -> PathReturns {
    PathReturns(
      means: order.map { means[$0] }, correlations: order.map { asset in order.map { correlations[asset][$0] } })
  }

  /// Log returns from open to close, of all rows of a path but the first.
  private static func moves(_ columns: OutsidePaths.Columns, _ first: Int, _ rows: Int) -> [Double] {
    let (close, open) = (columns.close, columns.open)
    var moves: [Double] = []
    moves.reserveCapacity(rows)
    for start in stride(from: 1, to: rows, by: Lanes.count) {
      let change = log(
        Lanes { lane in
          let row = first + min(start + lane, rows - 1)
          return close[row] / (open?[row] ?? close[row - 1])
        })
      for lane in 0..<min(Lanes.count, rows - start) { moves.append(change[lane]) }
    }
    return moves
  }
}
