import Documents
import MarketData

/// What moves the assets of a market when nothing happens to it: price processes, recorded rows, or whatever a history
/// model makes of its data.
package protocol Movement: Sendable {
  /// Whether the price is known between open and close; where not, orders fill at the open of the step they arrive in.
  var hasBridge: Bool { get }
  /// Whether nothing is drawn, so that every path is the same one.
  var isSameOnEveryPath: Bool { get }
  /// How many paths there are, where a file holds them; nil where there are as many as anybody asks for.
  var pathCount: Int? { get }
  /// When a step's bars were recorded, in milliseconds since 1970-01-01 UTC; nil where they were not, or not as one path.
  func recordedTime(ofStep step: Int) -> Int64?
  /// Correlations of the diffusive parts, in the order of the assets.
  func correlations(of assets: [AssetTerms]) -> [[Double]]
  /// Log move of each asset over that of the market, by name; 1 of those that are not named.
  ///
  /// - Throws: assets that have no market; fields are those of the scenario.
  func marketBetas(of assets: [AssetTerms]) throws(FormViolation) -> Named<Double>
  /// Whether agents are shown a signal of what comes, in the order of the assets.
  func showsSignals(of assets: [AssetTerms]) -> [Bool]
  /// How prices follow from what is drawn, in the order of the assets.
  func scales(of assets: [AssetTerms]) -> [PriceScale]
  /// Mean units of each asset that are traded in a day without events.
  func dailyVolumes(of assets: [AssetTerms], _ clock: Clock) -> [Double]
  /// Names of all streams that its engine draws from.
  func streamNames(of assets: [AssetTerms]) -> [String]
  /// What it leaves out, in sentences for the report.
  func limits(of assets: [AssetTerms], _ clock: Clock) -> [String]
  /// What is easier in it than in any real market, in words for a reader before any figure.
  func caveats(of assets: [AssetTerms]) -> [String]
  /// Files that it reads beside the document.
  var files: [String] { get }
  /// What is wrong with it in a market of these assets with this clock; fields are those of the scenario.
  func violations(for assets: [AssetTerms], _ clock: Clock) -> [FormViolation]
  /// The same movement for the same assets in another order: the new i-th is the old `order[i]`-th.
  func reordered(_ order: [Int]) -> Self
  /// What makes the steps of a tile; asked only where there are no violations.
  func makeEngine(_ site: EngineSite) -> any BarEngine
  /// Why GSL's samplers cannot draw it, too, in words; nil where they can.
  var referenceRefusal: String? { get }
  /// What makes the steps of a tile by GSL's samplers; asked only where nothing speaks against it.
  func makeReferenceEngine(_ site: EngineSite) -> any BarEngine
}

extension Movement {
  /// Paths differ.
  package var isSameOnEveryPath: Bool { false }
  /// As many as anybody asks for.
  package var pathCount: Int? { nil }
  /// 1 each.
  package func marketBetas(of assets: [AssetTerms]) throws(FormViolation) -> Named<Double> { Named() }
  /// They were not recorded.
  package func recordedTime(ofStep step: Int) -> Int64? { nil }
  /// They are shown none.
  package func showsSignals(of assets: [AssetTerms]) -> [Bool] { assets.map { _ in false } }
  /// Nothing is.
  package func caveats(of assets: [AssetTerms]) -> [String] { [] }
  /// Log prices move.
  package func scales(of assets: [AssetTerms]) -> [PriceScale] {
    assets.map { PriceScale(.logarithmic, start: $0.price) }
  }
  /// Fits every market.
  package func violations(for assets: [AssetTerms], _ clock: Clock) -> [FormViolation] { [] }
  /// Rows are recorded, not drawn.
  package var referenceRefusal: String? {
    "this market has recorded bars in place of processes: no step of them is drawn by a law that GSL's samplers could draw, too"
  }
  /// Never asked.
  package func makeReferenceEngine(_ site: EngineSite) -> any BarEngine {
    preconditionFailure("Invariant: a movement that GSL cannot draw is refused")
  }
}
