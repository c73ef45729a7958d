import Drawing
import Lab

extension EventTimeChart {
  /// The depth of the book through the event.
  static func depth(_ scene: MarketScene) -> (any Chart)? {
    guard scene.severity > 0, let fan = scene.fans[.depth] else { return nil }
    return EventTimeChart(
      scene, fan, calm: scene.calm?[.depth], name: "depth to 1\u{A0}%",
      axis: "units that move the price by 1\u{A0}%",
      unit: .number)
  }
}
