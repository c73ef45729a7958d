import Drawing
import Lab

extension EventTimeChart {
  /// The depth of the book through the event.
  static func depth(_ scene: MarketScene) -> (any Chart)? {
    guard scene.severity > 0 else { return nil }
    return EventTimeChart(
      scene, scene.fans.depth, calm: scene.calm?.depth, name: "depth to 1\u{A0}%",
      axis: "units that move the price by 1\u{A0}%",
      unit: .number, findsLowest: true)
  }
}
