/// Every chart of a report. A new chart is one file and one line here.
package enum ChartCatalogue {
  /// Drawn once for each scenario and severity.
  package static let panel: [ChartEntry<PanelScene>] = [
    ChartEntry(
      "survival-of-the-panel", "survival of every desk, with and without the event", isLeading: true,
      SurvivalForestChart.init)
  ]

  /// Drawn for each asset of each scenario; the first also without the event, beside it.
  package static let market: [ChartEntry<MarketScene>] = [
    ChartEntry("price", "price fan in clock time, the event marked", isLeading: true, PriceChart.init),
    ChartEntry("price-through-the-event", "price in event time", EventTimeChart.price),
    ChartEntry("half-spread", "half-spread in event time", isLeading: true, EventTimeChart.halfSpread),
    ChartEntry("depth", "depth of the book in event time", isLeading: true, EventTimeChart.depth),
    ChartEntry("volume", "traded volume in event time", isLeading: true, EventTimeChart.volume),
  ]

  /// Drawn for each desk; the first also without the event, beside it.
  package static let desk: [ChartEntry<DeskScene>] = [
    ChartEntry("equity", "equity fan in clock time, the event marked", isLeading: true, EquityChart.init),
    ChartEntry("survival", "share of paths not ruined, against time", isLeading: true, SurvivalChart.init),
    ChartEntry("recovery", "recovered and ruined since the impairment", isLeading: true, RecoveryChart.init),
    ChartEntry("drawdown", "maximum drawdown across paths", isLeading: true, DrawdownChart.init),
    ChartEntry("return", "return over the horizon across paths", FinalReturnChart.init),
    ChartEntry("loss", "survival at any loss", LossChart.init),
    ChartEntry("cost", "cost by term, calm and in the event", isLeading: true, CostChart.init),
    ChartEntry("worst-path", "the worst path with its trades", WorstPathChart.init),
  ]
}
