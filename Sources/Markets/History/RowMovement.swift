import Documents
import Lanes
import MarketData

/// Rows of recorded bars, chosen by a model.
package struct RowMovement: Movement {
  private let model: any RowModel
  /// The rows.
  package let record: RecordedHistory
  private let recordLimits: [String]
  /// The row of step 0, where it is the same on every path; else nil.
  package let startRow: Int?

  /// The rows are those of the assets, in their order.
  ///
  /// - Parameters:
  ///   - limits: what the report is to say of the record, in sentences.
  ///   - startRow: the row of step 0, where it is the same on every path.
  package init(
    _ model: any RowModel, _ record: RecordedHistory, limits: [String] = [], startRow: Int? = nil
  ) {
    self.model = model
    self.record = record
    recordLimits = limits
    self.startRow = startRow
  }

  /// Whether the model takes the same rows on every path.
  package var isSameOnEveryPath: Bool { startRow != nil }

  /// When the row of a step was recorded.
  package func recordedTime(ofStep step: Int) -> Int64? {
    startRow.flatMap { record.time.indices.contains($0 + step) ? record.time[$0 + step] : nil }
  }

  /// False: between open and close of a recorded bar nothing is known.
  package var hasBridge: Bool { false }

  /// Of the recorded log returns from open to close; 0 where one of the two never moves.
  package func correlations(of assets: [AssetTerms]) -> [[Double]] { record.intradayCorrelations }

  /// The mean volume of a recorded row, times the steps of a day; the document's `volumePerDay` where the rows have none.
  package func dailyVolumes(of assets: [AssetTerms], _ clock: Clock) -> [Double] {
    guard record.hasVolume else { return assets.map { $0.liquidity.volumePerDay ?? 0 } }
    return record.columns.map { $0.volume.reduce(0, +) / Double(record.count) * clock.steps(days: 1) }
  }

  package func streamNames(of assets: [AssetTerms]) -> [String] { model.streamNames.map(StreamName.ofHistory) }

  package func limits(of assets: [AssetTerms], _ clock: Clock) -> [String] {
    ["Between the open and the close of a recorded bar nothing is known: orders fill at the open."]
      + (record.hasVolume
        ? [] : ["The recorded bars have no volumes: each step has its part of what the scenario says for a day."])
      + recordLimits
      + model.limits + scaling(of: assets)
  }

  /// Which recorded prices are run times a factor.
  private func scaling(of assets: [AssetTerms]) -> [String] {
    zip(assets, startRow.map { record.closes(before: $0) } ?? []).compactMap { asset, close in
      guard abs(asset.price / close - 1) > 1e-9 else { return nil }
      return
        "The prices of \(asset.name) are the recorded ones times \(JSONWriter.number(asset.price / close)): it starts at "
        + "\(JSONWriter.number(asset.price)), where the file has \(JSONWriter.number(close))."
    }
  }

  package var files: [String] { model.files }

  /// Prices that would come to be no numbers.
  package func violations(for assets: [AssetTerms], _ clock: Clock) -> [FormViolation] {
    zip(assets, record.columns).compactMap { asset, columns in
      let returns = zip(columns.gap, columns.intraday).map { $0 + $1 }
      let reach = PriceReach(returns: returns, steps: clock.steps, warmupSteps: clock.warmupSteps)
      guard max(reach.after, reach.before) > PriceReach.furthest else { return nil }
      return FormViolation(
        "history",
        "the price of \(quoted(asset.name)) can pass 1e60 times its start in so many steps with the mean and deviation of its rows, "
          + "and what is computed with it is no number any more: a shorter length or other rows are needed")
    }
  }

  package func reordered(_ order: [Int]) -> RowMovement {
    RowMovement(model, record.reordered(order), limits: recordLimits, startRow: startRow)
  }

  package func makeEngine(_ site: EngineSite) -> any BarEngine { RowEngine(site, model, record) }
}

extension Movement where Self == RowMovement {
  /// Rows of recorded bars, chosen by a model.
  package static func history(_ model: any RowModel, _ record: RecordedHistory) -> RowMovement {
    RowMovement(model, record)
  }
}

extension RecordedHistory {
  /// Correlations of the log returns from open to close over the rows, in the order of the assets; 0 where one of them
  /// never moves.
  fileprivate var intradayCorrelations: [[Double]] {
    let deviations = columns.map { column in
      let mean = column.intraday.reduce(0, +) / Double(count)
      return column.intraday.map { $0 - mean }
    }
    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    return deviations.indices.map { first in
      deviations.indices.map { second in
        if first == second { return 1 }
        let scale = (product(deviations[first], deviations[first]) * product(deviations[second], deviations[second]))
          .squareRoot()
        return scale > 0 ? product(deviations[first], deviations[second]) / scale : 0
      }
    }
  }
}
