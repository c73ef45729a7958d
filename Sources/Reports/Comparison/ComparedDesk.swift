import Documents
import Lab

/// A desk of the baseline with what each candidate has of it.
struct ComparedDesk: Sendable {
  /// As the page calls it: agent and risk profile.
  let name: String
  /// Scenario and severity.
  let market: Market
  /// By candidate; nil where that has no such desk. At least one is there.
  let comparisons: [DeskComparison?]

  /// A market of the baseline.
  struct Market: Sendable, Hashable {
    let scenario: String
    let severity: Double

    var title: String { "\(scenario), severity \(JSONWriter.number(severity))" }
  }

  /// One that is there.
  var known: DeskComparison { comparisons.compactMap(\.self)[0] }

  /// All desks that the baseline shares with any candidate, in the order of the first that has them.
  static func all(_ candidates: [ComparisonPage.Candidate]) -> [ComparedDesk] {
    var names: [String] = [], found: [String: [DeskComparison?]] = [:]
    for (number, candidate) in candidates.enumerated() {
      for desk in candidate.comparison.desks {
        if found[desk.name] == nil {
          names.append(desk.name)
          found[desk.name] = Array(repeating: nil, count: candidates.count)
        }
        found[desk.name]?[number] = desk
      }
    }
    return names.compactMap { name in
      guard let comparisons = found[name], let known = comparisons.compactMap(\.self).first else { return nil }
      return ComparedDesk(
        name: "\(known.agent) · \(known.risk)",
        market: Market(scenario: known.scenario, severity: known.severity), comparisons: comparisons)
    }
  }

  /// The desks by market, in their order.
  static func markets(_ desks: [ComparedDesk]) -> [(title: String, desks: [ComparedDesk])] {
    var markets: [Market] = []
    for desk in desks where !markets.contains(desk.market) { markets.append(desk.market) }
    return markets.map { market in (market.title, desks.filter { $0.market == market }) }
  }
}
