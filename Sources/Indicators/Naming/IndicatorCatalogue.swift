import Lanes

/// The indicators that a column can name; a new indicator is one file and one line here.
package enum IndicatorCatalogue {
  /// Every indicator, in the order of TA-Lib's groups.
  package static let entries: [IndicatorEntry] = [
    // Overlap studies
    .indicator(SimpleMovingAverage<Double>.self, SimpleMovingAverage<Lanes>.self),
    .indicator(ExponentialMovingAverage<Double>.self, ExponentialMovingAverage<Lanes>.self),
    .indicator(WeightedMovingAverage<Double>.self, WeightedMovingAverage<Lanes>.self),
    .indicator(DoubleExponentialMovingAverage<Double>.self, DoubleExponentialMovingAverage<Lanes>.self),
    .indicator(TripleExponentialMovingAverage<Double>.self, TripleExponentialMovingAverage<Lanes>.self),
    .indicator(TriangularMovingAverage<Double>.self, TriangularMovingAverage<Lanes>.self),
    .indicator(KaufmanAdaptiveMovingAverage<Double>.self, KaufmanAdaptiveMovingAverage<Lanes>.self),
    .indicator(TillsonMovingAverage<Double>.self, TillsonMovingAverage<Lanes>.self),
    .indicator(AdaptiveMovingAverage<Double>.self, AdaptiveMovingAverage<Lanes>.self),
    .indicator(FollowingAdaptiveMovingAverage<Double>.self, FollowingAdaptiveMovingAverage<Lanes>.self),
    .indicator(BollingerBands<Double>.self, BollingerBands<Lanes>.self),
    .indicator(HilbertTrendline<Double>.self, HilbertTrendline<Lanes>.self),
    .indicator(Midpoint<Double>.self, Midpoint<Lanes>.self),
    .indicator(MidpointPrice<Double>.self, MidpointPrice<Lanes>.self),
    .indicator(ParabolicStopAndReverse<Double>.self, ParabolicStopAndReverse<Lanes>.self),
    // Momentum
    .indicator(MovingAverageConvergenceDivergence<Double>.self, MovingAverageConvergenceDivergence<Lanes>.self),
    .indicator(RelativeStrengthIndex<Double>.self, RelativeStrengthIndex<Lanes>.self),
    .indicator(StochasticOscillator<Double>.self, StochasticOscillator<Lanes>.self),
    .indicator(FastStochasticOscillator<Double>.self, FastStochasticOscillator<Lanes>.self),
    .indicator(StochasticRelativeStrength<Double>.self, StochasticRelativeStrength<Lanes>.self),
    .indicator(WilliamsPercentRange<Double>.self, WilliamsPercentRange<Lanes>.self),
    .indicator(CommodityChannelIndex<Double>.self, CommodityChannelIndex<Lanes>.self),
    .indicator(ChandeMomentumOscillator<Double>.self, ChandeMomentumOscillator<Lanes>.self),
    .change(RateOfChange<Double>.self, RateOfChange<Lanes>.self),
    .change(RateOfChangeFraction<Double>.self, RateOfChangeFraction<Lanes>.self),
    .change(Momentum<Double>.self, Momentum<Lanes>.self),
    .indicator(PercentagePriceOscillator<Double>.self, PercentagePriceOscillator<Lanes>.self),
    .indicator(AbsolutePriceOscillator<Double>.self, AbsolutePriceOscillator<Lanes>.self),
    .indicator(TripleExponentialOscillator<Double>.self, TripleExponentialOscillator<Lanes>.self),
    .indicator(UltimateOscillator<Double>.self, UltimateOscillator<Lanes>.self),
    .indicator(MoneyFlowIndex<Double>.self, MoneyFlowIndex<Lanes>.self),
    .indicator(Aroon<Double>.self, Aroon<Lanes>.self),
    .indicator(AroonOscillator<Double>.self, AroonOscillator<Lanes>.self),
    .indicator(AverageDirectionalIndex<Double>.self, AverageDirectionalIndex<Lanes>.self),
    .indicator(AverageDirectionalRating<Double>.self, AverageDirectionalRating<Lanes>.self),
    .indicator(DirectionalMovementIndex<Double>.self, DirectionalMovementIndex<Lanes>.self),
    .indicator(PlusDirectionalIndicator<Double>.self, PlusDirectionalIndicator<Lanes>.self),
    .indicator(MinusDirectionalIndicator<Double>.self, MinusDirectionalIndicator<Lanes>.self),
    .indicator(PlusDirectionalMovement<Double>.self, PlusDirectionalMovement<Lanes>.self),
    .indicator(MinusDirectionalMovement<Double>.self, MinusDirectionalMovement<Lanes>.self),
    .indicator(BalanceOfPower<Double>.self, BalanceOfPower<Lanes>.self),
    // Volatility
    .indicator(AverageTrueRange<Double>.self, AverageTrueRange<Lanes>.self),
    .mapped(NormalizedAverageTrueRange<Double>.self, NormalizedAverageTrueRange<Lanes>.self),
    .indicator(TrueRangeIndicator<Double>.self, TrueRangeIndicator<Lanes>.self),
    // Volume
    .indicator(OnBalanceVolume<Double>.self, OnBalanceVolume<Lanes>.self),
    .indicator(AccumulationDistribution<Double>.self, AccumulationDistribution<Lanes>.self),
    .indicator(AccumulationDistributionOscillator<Double>.self, AccumulationDistributionOscillator<Lanes>.self),
    // Statistics
    .indicator(LinearRegression<Double>.self, LinearRegression<Lanes>.self),
    .indicator(LinearRegressionSlope<Double>.self, LinearRegressionSlope<Lanes>.self),
    .mapped(LinearRegressionAngle<Double>.self, LinearRegressionAngle<Lanes>.self),
    .indicator(LinearRegressionIntercept<Double>.self, LinearRegressionIntercept<Lanes>.self),
    .indicator(TimeSeriesForecast<Double>.self, TimeSeriesForecast<Lanes>.self),
    .indicator(StandardDeviation<Double>.self, StandardDeviation<Lanes>.self),
    .indicator(Variance<Double>.self, Variance<Lanes>.self),
    .indicator(Beta<Double>.self, Beta<Lanes>.self),
    .indicator(Correlation<Double>.self, Correlation<Lanes>.self),
    // Cycles
    .indicator(HilbertCyclePeriod<Double>.self, HilbertCyclePeriod<Lanes>.self),
    // Prices
    .indicator(TypicalPrice<Double>.self, TypicalPrice<Lanes>.self),
    .indicator(MedianPrice<Double>.self, MedianPrice<Lanes>.self),
    .indicator(AveragePrice<Double>.self, AveragePrice<Lanes>.self),
    .indicator(WeightedClosePrice<Double>.self, WeightedClosePrice<Lanes>.self),
    .indicator(Maximum<Double>.self, Maximum<Lanes>.self),
    .indicator(Minimum<Double>.self, Minimum<Lanes>.self),
  ]

  /// The indicator of a name, or nil.
  package static func entry(_ name: String) -> IndicatorEntry? { byName[name] }

  /// The most words that a name has, as in `LINEARREG_INTERCEPT`.
  static let mostWords = entries.map { $0.name.split(separator: "_").count }.max() ?? 1

  private static let byName: [String: IndicatorEntry] = {
    precondition(Set(entries.map(\.name)).count == entries.count, "Invariant: names of indicators are unique")
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
  }()
}
