import Lanes
import MarketData

/// The 44 columns of `classic44`, each with its formula: the names and the order are those of the project that this one
/// re-creates, whose definitions of some are lost; the formulas here say which were taken.
enum Classic44 {
  /// A column in words.
  struct Feature: Sendable {
    let column: FeatureColumn
    /// How it is computed, and what it is measured in.
    let formula: String
  }

  /// The columns in their order.
  static let features: [Feature] = [bars, averages, bandsAndRanges, volumes, changes, windows, clocks].flatMap { $0 }

  private static let bars: [Feature] = [
    bar(.open, "open of the bar, price"),
    bar(.high, "high of the bar, price"),
    bar(.low, "low of the bar, price"),
    bar(.close, "close of the bar, price"),
    bar(.volume, "volume of the bar, as recorded"),
  ]

  private static let averages: [Feature] =
    [10, 20, 50].flatMap { average("SMA", smaDistance, $0) } + [10, 20, 50].flatMap { average("EMA", emaDistance, $0) }

  private static let bandsAndRanges: [Feature] = [
    named("RSI", "RSI_14", "RSI of 14 bars, 0…100"),
    named("BB_middle", "BBANDS_20_2_2_middle", "SMA of 20 closes, price"),
    named("BB_upper", "BBANDS_20_2_2_upper", "BB_middle + 2 population standard deviations of the 20 closes, price"),
    named("BB_lower", "BBANDS_20_2_2_lower", "BB_middle − 2 population standard deviations of the 20 closes, price"),
    own("BB_width", bandPlace, [20, 2, 2], 0, "(BB_upper − BB_lower) / BB_middle, fraction"),
    own(
      "BB_position", bandPlace, [20, 2, 2], 1,
      "(close − BB_lower) / (BB_upper − BB_lower), fraction; ½ where they are equal"),
    named("TR", "TRANGE", "true range: max(high, close before) − min(low, close before), price"),
    named("ATR", "ATR_14", "Wilder's average of 14 true ranges, price"),
    named("ATR_percent", "NATR_14", "100 · ATR / close, per cent"),
    own(
      "volatility", returnWindow, [20], 1, "sample standard deviation (n − 1) of 20 returns, per bar, not annualised"),
  ]

  private static let volumes: [Feature] = [
    own("volume_ma", volumeAverage, [20], 0, "SMA of 20 volumes"),
    own("volume_ma_ratio", volumeAverage, [20], 1, "volume / volume_ma; 1 where nothing was traded in 20 bars"),
    own("PVT", priceVolumeTrend, [], 0, "price-volume trend: sum of volume · returns from the second bar on"),
  ]

  private static let changes: [Feature] = [
    named("ROC_5", "ROC_5", "100 · (close / close 5 bars before − 1), per cent"),
    named("ROC_10", "ROC_10", "100 · (close / close 10 bars before − 1), per cent"),
    named("ROC_20", "ROC_20", "100 · (close / close 20 bars before − 1), per cent"),
    named("momentum", "MOM_10", "close − close 10 bars before, price"),
    own("returns", barReturn, [], 0, "close / close before − 1, fraction"),
    own("log_returns", barReturn, [], 1, "ln(close / close before), fraction"),
  ]

  private static let windows: [Feature] = [5, 10, 20].flatMap { window($0) }

  private static let clocks: [Feature] = [
    clock(.hour, "hour of the bar's time, UTC, 0…23"),
    clock(.dayOfWeek, "day of the week of the bar's time, UTC, 0 Monday … 6 Sunday"),
  ]

  /// The column of a name, or nil.
  static func feature(_ name: String) -> Feature? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: features.map { ($0.column.name, $0) })

  private static let bandPlace = IndicatorEntry.indicator(BandPlace<Double>.self, BandPlace<Lanes>.self)
  private static let returnWindow = IndicatorEntry.indicator(ReturnWindow<Double>.self, ReturnWindow<Lanes>.self)
  private static let logReturnWindow = IndicatorEntry.indicator(
    LogReturnWindow<Double>.self, LogReturnWindow<Lanes>.self)
  private static let volumeAverage = IndicatorEntry.indicator(VolumeAverage<Double>.self, VolumeAverage<Lanes>.self)
  private static let priceVolumeTrend = IndicatorEntry.indicator(
    PriceVolumeTrend<Double>.self, PriceVolumeTrend<Lanes>.self)
  private static let barReturn = IndicatorEntry.indicator(BarReturn<Double>.self, BarReturn<Lanes>.self)
  private static let smaDistance = IndicatorEntry.indicator(
    AverageDistance<SimpleMovingAverage<Double>>.self, AverageDistance<SimpleMovingAverage<Lanes>>.self)
  private static let emaDistance = IndicatorEntry.indicator(
    AverageDistance<ExponentialMovingAverage<Double>>.self, AverageDistance<ExponentialMovingAverage<Lanes>>.self)

  private static func bar(_ field: BarField, _ formula: String) -> Feature {
    Feature(column: FeatureColumn(field.rawValue, .bar(field)), formula: formula)
  }

  private static func clock(_ feature: ClockFeature, _ formula: String) -> Feature {
    Feature(column: FeatureColumn(feature.rawValue, .clock(feature)), formula: formula)
  }

  /// A column of TA-Lib's under another name.
  private static func named(_ name: String, _ column: String, _ formula: String) -> Feature {
    do {
      let column = try IndicatorColumn(column)
      return Feature(
        column: FeatureColumn(name, .indicator(column.call, output: column.output)), formula: formula)
    } catch {
      preconditionFailure("Invariant: \(column) is a column: \(error)")
    }
  }

  private static func own(
    _ name: String, _ entry: IndicatorEntry, _ parameters: [Double], _ output: Int, _ formula: String
  ) -> Feature {
    let call = IndicatorCall(entry, IndicatorParameters(checked: parameters))
    return Feature(column: FeatureColumn(name, .indicator(call, output: output)), formula: formula)
  }

  /// Deviation and mean of log returns.
  private static func window(_ bars: Int) -> [Feature] {
    let deviation = "sample standard deviation (n − 1) of \(bars) log_returns, per bar, not annualised"
    return [
      own("volatility_\(bars)d", logReturnWindow, [Double(bars)], 1, deviation),
      own("log_returns_ma_\(bars)d", logReturnWindow, [Double(bars)], 0, "mean of \(bars) log_returns, fraction"),
    ]
  }

  /// A moving average and the close's distance from it.
  private static func average(_ name: String, _ distance: IndicatorEntry, _ bars: Int) -> [Feature] {
    let average = "\(name)_\(bars)"
    return [
      named(average, average, "\(name) of \(bars) closes, price"),
      own("\(average)_dist", distance, [Double(bars)], 0, "close / \(average) − 1, fraction"),
    ]
  }
}
