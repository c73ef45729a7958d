/// Names of random streams: they say what a stream drives, and nothing else moves a draw.
enum StreamName {
  /// Uniforms for the equity of accounts with several positions.
  static let accountBridge = "account/bridge"

  /// Uniforms for the same after a moment at which an event turns.
  static func accountKnot(_ knot: String, of event: String) -> String { "account/knot/\(event)/\(knot)" }

  /// Normals of the gap at session openings.
  static func overnight(_ asset: String) -> String { ofAsset(asset, "overnight") }
  /// Normals from a sub-step's open to its close.
  static func diffusion(_ asset: String) -> String { ofAsset(asset, "diffusion") }
  /// Normals of the price when orders arrive, given both ends of the sub-step.
  static func arrival(_ asset: String) -> String { ofAsset(asset, "arrival") }
  /// Uniforms of the extremes.
  static func extremes(_ asset: String) -> String { ofAsset(asset, "extremes") }
  /// What an asset draws at a moment at which an event turns: its price there, then the extremes after it.
  static func knot(_ knot: String, of event: String, asset: String) -> String {
    ofAsset(asset, "knot/\(event)/\(knot)")
  }
  /// Uniforms that say on which legs extremes are drawn under an event's correlations.
  static let stressedExtremes = "dependence/extremes"
  /// Uniforms for the same after a moment at which an event turns.
  static func stressedExtremes(at knot: String, of event: String) -> String { "dependence/knot/\(event)/\(knot)" }
  /// Independent normals of the target that an event blends correlations towards.
  static func stressed(_ draw: StressedDraw, _ source: String, by event: String) -> String {
    ofEvent(event, "dependence/\(draw.rawValue)/\(source)")
  }
  /// The same at a moment at which some event turns.
  static func stressed(_ source: String, by event: String, at knot: String, of other: String) -> String {
    ofEvent(event, "dependence/knot/\(other)/\(knot)/\(source)")
  }
  /// Normals behind the χ² of Student's copula, which all assets share.
  static let mixing = "dependence/mixing"
  /// Normals of the log volume.
  static func volume(_ asset: String) -> String { ofAsset(asset, "volume") }

  /// Normals of an asset's variance, from a sub-step's open to its close.
  static func variance(_ asset: String) -> String { ofAsset(asset, "variance/diffusion") }
  /// The same over the gap.
  static func overnightVariance(_ asset: String) -> String { ofAsset(asset, "variance/overnight") }
  /// What every asset draws for variances where some asset has one of its own.
  static func variances(of asset: String) -> [String] { [variance(asset), overnightVariance(asset)] }

  /// What every asset draws, whatever its process.
  static func all(of asset: String) -> [String] {
    [overnight(asset), diffusion(asset), arrival(asset), extremes(asset), volume(asset)]
  }

  /// A stream of an asset's process, by the name that the process gives it.
  static func ofAsset(_ asset: String, _ name: String) -> String { "asset/\(asset)/\(name)" }
  /// A stream of an event, likewise.
  static func ofEvent(_ event: String, _ name: String) -> String { "event/\(event)/\(name)" }
  /// What an event draws for one asset, likewise.
  static func ofEvent(_ event: String, _ name: String, asset: String) -> String {
    ofAsset(asset, "event/\(event)/\(name)")
  }
  /// A stream of a history model, likewise.
  static func ofHistory(_ name: String) -> String { "history/\(name)" }
}
