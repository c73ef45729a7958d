/// Every chart of a report. A new chart is one file and one line here.
enum ChartCatalogue {
  /// Drawn once for each scenario and severity.
  static let panel: [ChartEntry<PanelScene>] = [
    ChartEntry("shortfall-of-the-panel", rank: .leading, ShortfallChart.init),
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

  /// Drawn for each asset of each scenario: the first in the report, and without the event on the page of the market with
  /// the others.
  static let market: [ChartEntry<MarketScene>] = [
    ChartEntry("price", rank: .usual, PriceChart.init),
    ChartEntry("price-through-the-event", rank: .usual, EventTimeChart.price),
  ]

  /// Drawn for each asset likewise; the first that there is stands in the report, beside the price.
  static let liquidity: [ChartEntry<MarketScene>] = [
    ChartEntry("depth", rank: .usual, EventTimeChart.depth),
    ChartEntry("half-spread", rank: .usual, EventTimeChart.halfSpread),
    ChartEntry("volume", rank: .usual, EventTimeChart.volume),
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
    ChartEntry("leverage", rank: .usual, LeverageChart.init),
    ChartEntry("cost", rank: .usual, CostChart.init),
  ]

  /// Drawn for each desk's worst path, and for the worst of the panel.
  static let worstPath: [ChartEntry<DeskScene>] = [
    ChartEntry("filmstrip", rank: .usual, FilmstripChart.init),
    ChartEntry("worst-path", rank: .usual, WorstPathChart.init),
  ]

  /// Drawn for each agent in each scenario: its risk profiles side by side.
  static let agent: [ChartEntry<AgentScene>] = [
    ChartEntry("profiles", AgentChart.init)
  ]
}
