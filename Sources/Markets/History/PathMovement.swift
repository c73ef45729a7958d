import Documents
import Lanes
import MarketData

/// The rows of paths that another program made.
package struct PathMovement: Movement {
  private let model: PathReplay
  private let paths: OutsidePaths
  /// By asset of the market; all have the same ones.
  private let columns: [OutsidePaths.Columns]
  private let returns: PathReturns

  /// The columns are those of the assets, in their order.
  init(_ model: PathReplay, _ paths: OutsidePaths, columns: [OutsidePaths.Columns]) {
    self.init(model, paths, columns, PathReturns(columns, paths: paths.count, rows: paths.rows))
  }

  private init(
    _ model: PathReplay, _ paths: OutsidePaths, _ columns: [OutsidePaths.Columns], _ returns: PathReturns
  ) {
    self.model = model
    self.paths = paths
    self.columns = columns
    self.returns = returns
  }

  /// False: between open and close of a row nothing is known.
  package var hasBridge: Bool { false }

  package var pathCount: Int? { paths.count }

  /// Of the file's log returns from open to close, over all its paths; 0 where one of the two never moves.
  package func correlations(of assets: [AssetTerms]) -> [[Double]] { returns.correlations }

  /// The mean volume of a row, times the steps of a day; the document's `volumePerDay` where the rows have none.
  package func dailyVolumes(of assets: [AssetTerms], _ clock: Clock) -> [Double] {
    zip(assets, columns).map { asset, columns in
      columns.volume.map { mean($0) * clock.steps(days: 1) } ?? asset.liquidity.volumePerDay ?? 0
    }
  }

  /// None.
  package func streamNames(of assets: [AssetTerms]) -> [String] { [] }

  package var files: [String] { model.files }

  package func limits(of assets: [AssetTerms], _ clock: Clock) -> [String] {
    var limits = model.limits
    limits.append(
      columns[0].open != nil
        ? "Between the open and the close of a row nothing is known: orders fill at the open."
        : "The paths have no opens: each step opens at the close before it, and orders fill there.")
    let isBare = columns[0].high == nil || columns[0].low == nil
    if isBare { limits.append("Without highs and lows a step goes no further than from open to close.") }
    if columns[0].volume == nil {
      limits.append("The paths have no volumes: each step has its part of what the scenario says for a day.")
    }
    for (asset, columns) in zip(assets, columns) {
      if let column = columns.halfSpreadBps {
        limits.append(
          "The half-spread of \(asset.name) is the paths' own in each step, \(rounded(mean(column))) bps in the mean; the "
            + "scenario's \(rounded(asset.liquidity.halfSpreadBps)) bps are what agents take for calm.")
      }
      if let column = columns.depthTo1Percent {
        limits.append(
          "The depth of \(asset.name) is the paths' own in each step, \(rounded(mean(column))) in the mean; the scenario's "
            + "\(rounded(asset.liquidity.depthTo1Percent)) is what agents take for calm.")
      }
    }
    let left = paths.rows - 1 - clock.warmupSteps - clock.steps
    if left > 0 { limits.append("The last \(left == 1 ? "row" : "\(left) rows") of each path lie behind the horizon.") }
    return limits + scaling(of: assets, clock)
  }

  /// Which prices are run times a factor.
  private func scaling(of assets: [AssetTerms], _ clock: Clock) -> [String] {
    zip(assets, columns).compactMap { asset, columns in
      let starts = (0..<paths.count).map { columns.close[$0 * paths.rows + clock.warmupSteps] }
      guard let low = starts.min(), let high = starts.max(),
        max(abs(low / asset.price - 1), abs(high / asset.price - 1)) > 1e-9
      else { return nil }
      let there = low == high ? rounded(low) : "\(rounded(low)) to \(rounded(high))"
      return
        "The prices of \(asset.name) are the paths' own times one factor on each, so that it starts at "
        + "\(JSONWriter.number(asset.price)), where they have \(there)."
    }
  }

  /// Prices that would come to be no numbers.
  package func violations(for assets: [AssetTerms], _ clock: Clock) -> [FormViolation] {
    let run = clock.warmupSteps + clock.steps + 1
    return zip(assets, columns).compactMap { asset, columns in
      // As `PriceReach.furthest` has it of log prices.
      let path = (0..<paths.count).first { path in
        let start = columns.close[path * paths.rows + clock.warmupSteps]
        return (0..<run).contains { row in
          let ratio = columns.close[path * paths.rows + row] / start
          return !(ratio < 1e60 && ratio > 1e-60)
        }
      }
      return path.map {
        FormViolation(
          "history/file",
          "path \(paths.name(of: $0)) takes the price of \(quoted(asset.name)) beyond 1e60 times or under 1e-60 of what it is "
            + "at t = 0, and what is computed with it is no number any more")
      }
    }
  }

  package func reordered(_ order: [Int]) -> PathMovement {
    PathMovement(model, paths, order.map { columns[$0] }, returns.reordered(order))
  }

  package func makeEngine(_ site: EngineSite) -> any BarEngine {
    PathEngine(site, columns, paths: paths.count, rows: paths.rows, means: returns.means)
  }

  private func mean(_ column: [Double]) -> Double { column.reduce(0, +) / Double(column.count) }

  private func rounded(_ value: Double) -> String { JSONWriter.number(value.rounded(toDigits: 4)) }
}
