/// Every chart of a report. A new chart is one file and one line here.
package enum ChartCatalogue {
  /// Drawn once for each scenario and severity.
  package static let panel: [ChartEntry<PanelScene>] = [
    ChartEntry(
      "survival-of-the-panel", "survival of every desk, with and without the event", rank: .leading,
      SurvivalForestChart.init)
  ]

  /// Drawn for each asset of each scenario; the first also without the event, beside it.
  package static let market: [ChartEntry<MarketScene>] = [
    ChartEntry("price", "price fan in clock time, the event marked", rank: .leading, PriceChart.init),
    ChartEntry("price-through-the-event", "price in event time", rank: .usual, EventTimeChart.price),
    ChartEntry("half-spread", "half-spread in event time", rank: .leading, EventTimeChart.halfSpread),
    ChartEntry("depth", "depth of the book in event time", rank: .leading, EventTimeChart.depth),
    ChartEntry("volume", "traded volume in event time", rank: .leading, EventTimeChart.volume),
  ]

  /// Drawn for each desk; the first also without the event, beside it.
  package static let desk: [ChartEntry<DeskScene>] = [
    ChartEntry("equity", "equity fan in clock time, the event marked", rank: .leading, EquityChart.init),
    ChartEntry("survival", "share of paths not ruined, against time", rank: .leading, SurvivalChart.init),
    ChartEntry("recovery", "recovered and ruined since the impairment", rank: .leading, RecoveryChart.init),
    ChartEntry("drawdown", "maximum drawdown across paths", rank: .leading, DrawdownChart.init),
    ChartEntry("return", "return over the horizon across paths", FinalReturnChart.init),
    ChartEntry("loss", "survival at any loss", LossChart.init),
    ChartEntry("cost", "cost by term, calm and in the event", rank: .leading, CostChart.init),
    ChartEntry("worst-path", "the worst path with its trades", rank: .usual, WorstPathChart.init),
  ]
}
