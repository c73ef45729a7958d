extension Estimate {
  /// How an interval was made, by the word that stands in `summary.json`.
  package enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Wilson's score interval of a proportion.
    case wilson
    /// The exact interval of a proportion by Clopper and Pearson.
    case clopperPearson
    /// Student's t interval of a mean.
    case studentT
    /// Order statistics whose ranks come from the binomial law: distribution-free.
    case orderStatistics
    /// The normal law of a tail mean, with the variance of Acerbi–Tasche's estimator.
    case tailVariance
    /// The delta method for a ratio of two sums over paths.
    case ratioDelta
    /// Greenwood's variance on the log(−log) scale of a survival probability.
    case greenwoodLogLog
    /// Greenwood's variance of a restricted mean.
    case greenwood
    /// The delta-method variance of a cumulative incidence on the log(−log) scale.
    case incidenceLogLog
    /// The times at which the pointwise intervals of a curve cross the level (Brookmeyer and Crowley).
    case brookmeyerCrowley
  }
}
