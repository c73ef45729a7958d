import Statistics

extension Estimate.Method {
  /// How a subtitle names the way an interval was made.
  var name: String {
    switch self {
    case .wilson: "Wilson"
    case .clopperPearson: "Clopper–Pearson"
    case .studentT: "Student’s t"
    case .orderStatistics: "order statistics"
    case .tailVariance: "Acerbi–Tasche"
    case .ratioDelta: "delta method"
    case .greenwoodLogLog: "Greenwood, log-log"
    case .greenwood: "Greenwood"
    case .incidenceLogLog: "delta method, log-log"
    case .brookmeyerCrowley: "Brookmeyer–Crowley"
    }
  }
}
