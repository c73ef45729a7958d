import Documents

/// The observations that a trained agent can have; a new one is one file and one line here.
package enum Observations {
  /// Every observation by its tag.
  package static let catalogue = Catalogue<any Observation>(
    "observations",
    .entry("return", ReturnObservation.form, "log return over some bars, in deviations of its volatility") { $0 },
    .entry("range", RangeObservation.form, "log(high/low) of the bar, in deviations of its volatility") { $0 },
    .entry("indicator", IndicatorObservation.form, "a column of `stresslab list indicators`, in its own unit") { $0 },
    .entry("signal", SignalObservation.form, "what the market shows of the signal in an asset's drift, 1/year") { $0 },
    .entry("halfSpread", HalfSpreadObservation.form, "half of the spread, basis points") { $0 },
    .entry("depth", DepthObservation.form, "log of the depth over that of calm times") { $0 },
    .entry("volume", VolumeObservation.form, "log of the step's volume over the mean of calm times") { $0 },
    .entry("timeOfDay", TimeOfDayObservation.form, "share of the session, or day, that is over; above 0, up to 1") {
      $0
    },
    .entry("halted", HaltedObservation.form, "1 where trading stands still, else 0") { $0 },
    .entry("stale", StaleObservation.form, "1 where the venue says that its feed is stale, else 0") { $0 },
    .entry("position", PositionObservation.form, "weight of the position, and of what is on its way") { $0 },
    .entry("leverage", LeverageObservation.form, "gross leverage of what is held") { $0 },
    .entry("unrealisedProfit", UnrealisedProfitObservation.form, "profit of the open position, of equity") { $0 },
    .entry("drawdown", DrawdownObservation.form, "fall of equity from its peak at closes, 0…1") { $0 },
    .entry(
      "distanceToLiquidation", LiquidationDistanceObservation.form,
      "fall of equity up to the maintenance margin, of equity, 0…1; 1 when flat"
    ) { $0 },
    .entry("timeLeft", TimeLeftObservation.form, "share of the horizon that is left for orders, 1 at t = 0") { $0 },
    .entry("remaining", RemainingObservation.form, "share left of the position that the account starts with") { $0 },
    .entry("timeInTrade", TradeTimeObservation.form, "log(1 + steps since the position was opened or turned)") { $0 },
    .entry("sharpeState", SharpeStateObservation.form, "what the reward differentialSharpe remembers of returns") { $0 },
  )
}
