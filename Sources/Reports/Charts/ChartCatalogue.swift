/// Every chart of a report. A new chart is one file and one line here.
package enum ChartCatalogue {
  /// Drawn once for each scenario and severity.
  package static let panel: [ChartEntry<PanelScene>] = [
    ChartEntry("survival-of-the-panel", "survival of every desk, with and without the event", SurvivalForestChart.init)
  ]

  /// Drawn for each asset of each scenario, at each severity; those marked nil at severity 0 only under stress.
  package static let market: [ChartEntry<MarketScene>] = [
    ChartEntry("price", "price fan in clock time, the event marked", PriceChart.init),
    ChartEntry("price-through-the-event", "price in event time", isLeading: false, EventTimeChart.price),
    ChartEntry("half-spread", "half-spread in event time", EventTimeChart.halfSpread),
    ChartEntry("depth", "depth of the book in event time", EventTimeChart.depth),
    ChartEntry("volume", "traded volume in event time", EventTimeChart.volume),
  ]

  /// Drawn for each desk.
  package static let desk: [ChartEntry<DeskScene>] = [
    ChartEntry("equity", "equity fan in clock time, the event marked", EquityChart.init),
    ChartEntry("survival", "share of paths not ruined, against time", SurvivalChart.init),
    ChartEntry("recovery", "recovered and ruined since the impairment", RecoveryChart.init),
    ChartEntry("drawdown", "maximum drawdown across paths", DrawdownChart.init),
    ChartEntry("return", "return over the horizon across paths", isLeading: false, FinalReturnChart.init),
    ChartEntry("loss", "survival at any loss", isLeading: false, LossChart.init),
    ChartEntry("cost", "cost by term, calm and in the event", CostChart.init),
    ChartEntry("worst-path", "the worst path with its trades", isLeading: false, WorstPathChart.init),
  ]
}
