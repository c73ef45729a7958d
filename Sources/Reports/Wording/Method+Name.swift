import Statistics

extension Estimate.Method {
  /// How a subtitle names the way an interval was made.
  var name: String {
    switch self {
    case .wilson: "Wilson"
    case .clopperPearson: "Clopper–Pearson"
    case .proportion: "Wilson; Clopper–Pearson under ten"
    case .effectiveCount: "effective count"
    case .tango: "Tango"
    case .signedRank: "signed ranks"
    case .bootstrap: "bootstrap, BCa"
    case .stationaryBootstrap: "stationary bootstrap"
    case .pathBootstrap: "bootstrap of whole paths"
    case .trimmedMean: "Tukey–McLaughlin"
    case .twoLevel: "Student’s t over trainings and paths"
    case .newcombe: "Newcombe"
    case .hoeffding: "Hoeffding"
    case .studentT: "Student’s t after Hall"
    case .welch: "Welch’s t after Hall"
    case .orderStatistics: "order statistics"
    case .tailVariance: "Acerbi–Tasche, after Hall"
    case .ratioDelta: "delta method, after Hall"
    case .greenwoodLogLog: "Greenwood, log-log"
    case .greenwood: "Greenwood"
    case .incidenceLogLog: "delta method, log-log"
    case .brookmeyerCrowley: "Brookmeyer–Crowley"
    case .bracket: "pointwise intervals inverted"
    case .groupJackknife: "jackknife over groups of paths"
    case .fisher: "Fisher’s z of a correlation"
    }
  }
}
