import Documents
import Trading

/// What the market shows of the signal in the drift of each asset, 1/year.
package struct SignalObservation: Observation {
  static let form = Form<SignalObservation>(make: { SignalObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "signal(\($0))" } }

  package func complaint(_ market: MarketTerms, assets: [Int]) -> String? {
    let silent = assets.filter { !market.showsSignals[$0] }.map { quoted(market.assets[$0]) }
    return silent.isEmpty ? nil : "the market shows no signal of \(silent.joined(separator: ", "))"
  }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    AssetNumbers(site) { market, _, place in market.signals[place.index] }
  }
}
