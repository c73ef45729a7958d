import Lanes

extension DeskBooks {
  /// The outcome on one path of the tile, after the last step.
  ///
  /// - Parameters:
  ///   - path: 0 ..< 8 · groups.
  ///   - number: the path's number in the study.
  func outcome(path: Int, number: Int64) -> OutcomeRow {
    let group = path / Lanes.count
    let lane = path % Lanes.count
    let books = account.accounts[group]
    let passages = passages[group]
    let isRuined = passages.ruin[lane] >= 0
    var row = OutcomeRow(path: number, desk: Int32(deskIndex))
    row[.weight] = 1
    row[.pair] = Double(number)
    row[.trainingSeed] = -1
    writeRecovery(
      &row, recovery[group].level95, lane, isRuined: isRuined,
      [.state95, .impairedStep95, .recoveryStep95, .censorStep95])
    writeRecovery(
      &row, recovery[group].level100, lane, isRuined: isRuined,
      [.state100, .impairedStep100, .recoveryStep100, .censorStep100])
    row[.cause] = passages.cause[lane]
    row[.ruinStep] = passages.ruin[lane]
    row[.liquidationStep] = passages.liquidation[lane]
    row[.zeroEquityStep] = passages.zeroEquity[lane]
    row[.equityBelowStep] = passages.equityBelow[lane]
    row[.drawdown20Step] = passages.drawdown20[lane]
    row[.drawdown30Step] = passages.drawdown30[lane]
    row[.startEquity] = terms.startEquity
    row[.referenceEquity] = recovery[group].reference[lane]
    row[.minimumEquity] = books.minimum[lane]
    row[.finalEquity] = finalEquity[group][lane]
    row[.deficit] = books.deficit[lane]
    row[.maximumDrawdown] = books.maximumDrawdown[lane]
    row[.timeUnderWater] = books.longestUnderWater[lane]
    for window in CostWindow.allCases {
      let amounts = account.ledgers[group][window]
      for term in CostTerm.allCases { row[term, window] = amounts[term][lane] }
      for notional in TradedNotional.allCases { row[notional, window] = amounts[notional][lane] }
    }
    row[.orders] = books.orders[lane]
    row[.shortfall] = books.paperGain[lane] - (finalEquity[group][lane] - terms.startEquity)
    return row
  }

  /// State, impairment, recovery and censoring of one level, into four columns.
  private func writeRecovery(
    _ row: inout OutcomeRow, _ level: RecoveryTracker.Level, _ lane: Int, isRuined: Bool,
    _ columns: [OutcomeFact]
  ) {
    let impaired = level.impaired[lane]
    let recovered = level.recovered[lane]
    let state: RecoveryState =
      if recovered >= 0 {
        .recovered
      } else if isRuined {
        .ruined
      } else if impaired >= 0 {
        .unresolved
      } else {
        .unimpaired
      }
    row[columns[0]] = Double(state.rawValue)
    row[columns[1]] = impaired
    row[columns[2]] = recovered
    row[columns[3]] = state == .unresolved ? Double(description.clock.steps - 1) : -1
  }
}
