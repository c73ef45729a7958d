import Markets
import Statistics

extension PreviewPage.Recorded {
  /// Bars that every program has with it, for who names none: IBM by day, March 2000 to the end of February 2013.
  ///
  /// Made by `stresslab preview SCENARIO --beside fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv --asset IBM --json`
  /// at seed 1.
  package static let usual = PreviewPage.Recorded(
    name: "IBM by day, 2000–2013",
    facts: figures.compactMap { figure in
      StylisedFact.catalogue.first { $0.name == figure.name }.map { fact in
        FactEstimate(
          fact: fact,
          estimate: Estimate(
            value: figure.value, low: figure.low, high: figure.high, n: 3269, method: .stationaryBootstrap))
      }
    })

  private static let figures: [(name: String, value: Double, low: Double, high: Double)] = [
    ("linearAutocorrelation", 0.0455, 0.0395, 0.0950),
    ("lowerTail", 3.2192, 2.6999, 4.4726),
    ("upperTail", 3.0729, 2.4312, 3.6322),
    ("kurtosis", 7.4348, 4.1245, 11.1630),
    ("aggregation", 0.1178, 0.0896, 0.9587),
    ("clustering", 0.2621, 0.1916, 0.3011),
    ("slowDecay", 0.1780, 0.0535, 0.1780),
    ("leverage", -0.0374, -0.0605, -0.0119),
    ("gainLossAsymmetry", 1.0337, 0.9200, 1.1582),
    ("volumeVolatility", 0.4840, 0.4335, 0.5262),
  ]
}
