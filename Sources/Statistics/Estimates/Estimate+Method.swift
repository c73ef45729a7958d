extension Estimate {
  /// How an interval was made, by the word that stands in `summary.json`.
  package enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Wilson's score interval of a proportion.
    case wilson
    /// The exact interval of a proportion by Clopper and Pearson.
    case clopperPearson
    /// Wilson's interval or, where one of both counts is under ten, that of Clopper and Pearson: at each point of a curve.
    case proportion
    /// The same on the scale of the effective count of a mean loss or of a curve with censoring.
    case effectiveCount
    /// The score interval of a paired difference of shares (Tango).
    case tango
    /// Order statistics of the means of all pairs, by the law of signed ranks.
    case signedRank
    /// Bootstrap of a mean, bias-corrected and accelerated.
    case bootstrap
    /// Quantiles of a figure over resamples of a series in blocks (the stationary bootstrap of Politis and Romano).
    case stationaryBootstrap
    /// Quantiles of a figure over resamples of whole paths.
    case pathBootstrap
    /// Student's t of a trimmed mean with the variance of the winsorised sample (Tukey and McLaughlin).
    case trimmedMean
    /// Student's t of a mean over trainings and paths, with Satterthwaite's degrees.
    case twoLevel
    /// The hybrid score interval of a difference of shares of two samples (Newcombe).
    case newcombe
    /// Hoeffding's inequality for the mean of numbers between 0 and 1.
    case hoeffding
    /// Student's t interval of a mean after Hall's transformation, which takes its skewness out.
    case studentT
    /// Welch's t interval of a difference of means of two samples, after Hall's transformation.
    case welch
    /// Order statistics whose ranks come from the binomial law: distribution-free.
    case orderStatistics
    /// Student's t after Hall's transformation for a tail mean, with the variance of Acerbi–Tasche's estimator.
    case tailVariance
    /// The delta method for a ratio of two sums over paths, after Hall's transformation.
    case ratioDelta
    /// Greenwood's variance on the log(−log) scale of a survival probability.
    case greenwoodLogLog
    /// Greenwood's variance of a restricted mean.
    case greenwood
    /// The delta-method variance of a cumulative incidence on the log(−log) scale.
    case incidenceLogLog
    /// The times at which the pointwise intervals of a curve cross the level (Brookmeyer and Crowley).
    case brookmeyerCrowley
    /// The neighbouring points of a curve between which its pointwise intervals pass the level.
    case bracket
    /// The jackknife that leaves out one group of paths after the other, with Student's t.
    case groupJackknife
    /// Fisher's interval of a correlation, on the scale of atanh r.
    case fisher
  }
}
