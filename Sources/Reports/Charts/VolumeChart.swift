import Drawing
import Lab

extension EventTimeChart {
  /// The traded volume through the event.
  static func volume(_ scene: MarketScene) -> (any Chart)? {
    guard scene.severity > 0, let fan = scene.fans[.volume] else { return nil }
    return EventTimeChart(
      scene, fan, calm: scene.calm?[.volume], name: "volume per step", axis: "units traded per step",
      unit: .number)
  }
}
