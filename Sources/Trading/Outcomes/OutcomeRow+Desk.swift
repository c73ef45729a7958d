import Lanes

extension OutcomeRow {
  /// The outcome of a desk on one path of its tile, after the last step.
  ///
  /// - Parameters:
  ///   - path: 0 ..< 8 · groups.
  ///   - number: the path's number in the study.
  ///   - lastStep: the last step before the horizon.
  init(_ state: DeskState, desk: Int, path: Int, number: Int64, lastStep: Int) {
    let group = path / Lanes.count
    let lane = path % Lanes.count
    let startEquity = state.account.startEquity
    let record = state.records[group]
    let passages = state.passages[group]
    let ledger = state.ledgers[group]
    // At the horizon nothing is held any more; after ruin the account stood still.
    let finalEquity = state.account.accounts[group].cash[lane]
    let isRuined = passages.ruin[lane] >= 0
    // A ruined account never comes back to its peak: its spell lasts to the horizon.
    let spell = record.spellUnderWater[lane]
    let lastSpell = isRuined && spell > 0 ? spell + Double(lastStep) - passages.ruin[lane] : spell
    self.init(path: number, desk: Int32(desk))
    self[.weight] = 1
    self[.pair] = Double(number)
    self[.trainingSeed] = -1
    write(
      state.recovery[group].level95, lane, isRuined: isRuined, lastStep: lastStep,
      [.state95, .impairedStep95, .recoveryStep95, .censorStep95])
    write(
      state.recovery[group].level100, lane, isRuined: isRuined, lastStep: lastStep,
      [.state100, .impairedStep100, .recoveryStep100, .censorStep100])
    self[.cause] = passages.cause[lane]
    self[.ruinStep] = passages.ruin[lane]
    self[.liquidationStep] = passages.liquidation[lane]
    self[.zeroEquityStep] = passages.zeroEquity[lane]
    self[.equityBelowStep] = passages.equityBelow[lane]
    self[.drawdown20Step] = passages.drawdown20[lane]
    self[.drawdown30Step] = passages.drawdown30[lane]
    self[.startEquity] = startEquity
    self[.referenceEquity] = state.recovery[group].reference[lane]
    self[.minimumEquity] = record.minimum[lane]
    self[.finalEquity] = finalEquity
    self[.deficit] = record.deficit[lane]
    self[.maximumDrawdown] = record.maximumDrawdown[lane]
    self[.timeUnderWater] = max(record.longestUnderWater[lane], lastSpell)
    for window in CostWindow.allCases {
      let amounts = ledger[window]
      for term in CostTerm.allCases { self[term, window] = amounts[term][lane] }
      for notional in TradedNotional.allCases { self[notional, window] = amounts[notional][lane] }
    }
    self[.orders] = ledger.orders[lane]
    self[.shortfall] = ledger.paperGain[lane] - (finalEquity - startEquity)
    self[.unfinished] = record.unfinished[lane]
  }

  /// State, impairment, recovery and censoring of one level, into four columns.
  private mutating func write(
    _ level: RecoveryTracker.Level, _ lane: Int, isRuined: Bool, lastStep: Int, _ columns: [OutcomeFact]
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
    self[columns[0]] = Double(state.rawValue)
    self[columns[1]] = impaired
    self[columns[2]] = recovered
    self[columns[3]] = state == .unresolved ? Double(lastStep) : -1
  }
}
