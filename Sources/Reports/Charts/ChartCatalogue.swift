/// Every chart of a report. A new chart is one file and one line here.
enum ChartCatalogue {
  /// Drawn once for each scenario and severity.
  static let panel: [ChartEntry<PanelScene>] = [
    ChartEntry("survival-of-the-panel", rank: .leading, SurvivalDumbbellChart.init),
    ChartEntry("trade-off", rank: .usual, TradeOffChart.init),
  ]

  /// Drawn for each scenario for which a ladder of severities was run.
  static let ladder: [ChartEntry<LadderScene>] = [
    ChartEntry("survival-by-severity", rank: .usual, SeverityChart.init)
  ]

  /// Drawn for the drawn parameters that matter most in each scenario at each severity; the first of them in full.
  static let sensitivity: [ChartEntry<SensitivityScene>] = [
    ChartEntry("survival-by-draw", rank: .usual, SensitivityChart.init)
  ]

  /// Drawn for each asset of each scenario; the first also without the event, beside it.
  static let market: [ChartEntry<MarketScene>] = [
    ChartEntry("price", rank: .leading, PriceChart.init),
    ChartEntry("price-through-the-event", rank: .usual, EventTimeChart.price),
    ChartEntry("half-spread", rank: .leading, EventTimeChart.halfSpread),
    ChartEntry("depth", rank: .leading, EventTimeChart.depth),
    ChartEntry("volume", rank: .leading, EventTimeChart.volume),
    ChartEntry("range", rank: .usual, EventTimeChart.range),
  ]

  /// Drawn for each desk; the first also without the event, beside it.
  static let desk: [ChartEntry<DeskScene>] = [
    ChartEntry("equity", rank: .leading, EquityChart.init),
    ChartEntry("survival", rank: .leading, SurvivalChart.init),
    ChartEntry("recovery", rank: .leading, RecoveryChart.init),
    ChartEntry("drawdown", rank: .leading, DrawdownChart.init),
    ChartEntry("return", FinalReturnChart.init),
    ChartEntry("loss", LossChart.init),
    ChartEntry("cost", rank: .usual, CostChart.init),
    ChartEntry("worst-path", rank: .usual, WorstPathChart.init),
  ]

  /// Drawn for the path on which a desk ended worst.
  static let worstPath: [ChartEntry<DeskScene>] = [
    ChartEntry("filmstrip", rank: .usual, FilmstripChart.init)
  ]
}
