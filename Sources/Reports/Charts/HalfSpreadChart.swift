import Drawing
import Lab

extension EventTimeChart {
  /// The half-spread through the event.
  static func halfSpread(_ scene: MarketScene) -> (any Chart)? {
    guard scene.severity > 0, let fan = scene.fans[.halfSpread] else { return nil }
    return EventTimeChart(
      scene, fan, calm: scene.calm?[.halfSpread], name: "half-spread", axis: "half-spread, bps",
      unit: .basisPoints)
  }
}
