import Drawing
import Lab

extension EventTimeChart {
  /// How far the price goes within a step, through the event: what volatility looks like in bars.
  static func range(_ scene: MarketScene) -> (any Chart)? {
    guard scene.severity > 0, let fan = scene.fans[.range] else { return nil }
    return EventTimeChart(
      scene, fan, calm: scene.calm?[.range], name: "range of a step",
      axis: scene.fans.mayBeNegative ? "range of a step, % of the starting price" : "range of a step, % of its low",
      unit: .percent)
  }
}
