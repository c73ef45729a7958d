import Drawing
import Lab

extension EventTimeChart {
  /// The half-spread through the event.
  static func halfSpread(_ scene: MarketScene) -> (any Chart)? {
    guard scene.severity > 0 else { return nil }
    return EventTimeChart(
      scene, scene.fans.halfSpreadBps, calm: scene.calm?.halfSpreadBps, name: "half-spread", axis: "half-spread, bps",
      unit: .basisPoints, findsLowest: false)
  }
}
